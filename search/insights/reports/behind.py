"""The tables of rows behind a number, one shape for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.models import Entry
from search.insights.metrics.declared import METRICS
from search.insights.metrics.facts import Fact
from search.insights.metrics.facts.asked import COLUMNS
from search.journeys.models import Contact
from search.journeys.templatetags.journeys import audience_name, channel_name

from .tables import Cell, Column, Table

_OUTCOMES = {
    "no_results": _("no results"),
    "no_answer": _("no answer"),
    "no_click": _("no click"),
    "clicked": _("clicked"),
    "reformulated": _("reworded"),
    "rescued": _("rescued"),
    "contacted": _("then contacted"),
    "deflected": _("no contact after"),
    "solved": _("used, solved"),
    "unsolved": _("used, not solved"),
    "flagged": _("flagged “not found”"),
}
_TIME = Column("time", _("Time"))
_WHERE = (Column("locale", _("Language")), Column("channel", _("Channel")))
_ENTRY = Column("entry", _("Entry"))
_COLUMNS: dict[str, Sequence[Column]] = {
    "intents": (
        _TIME,
        Column("text", _("What was asked")),
        Column("searches", _("Searches"), numeric=True),
        Column("outcome", _("What came of it")),
        *_WHERE,
        Column("audience", _("Audience")),
    ),
    "reads": (_TIME, _ENTRY, Column("version", _("Version"), numeric=True), *_WHERE),
    "votes": (
        _TIME,
        _ENTRY,
        Column("version", _("Version"), numeric=True),
        Column("section", _("Section")),
        Column("vote", _("Helped")),
        Column("reason", _("Reason")),
        _WHERE[0],
    ),
    "forms": (_TIME, _ENTRY, Column("outcome", _("What came of it")), _WHERE[0]),
    "contacts": (
        _TIME,
        Column("contact", _("Contact")),
        _ENTRY,
        Column("outcome", _("What came of it")),
        Column("answers", _("Answers")),
        _WHERE[0],
    ),
    "asked": (
        _TIME,
        Column("text", _("What was asked")),
        Column("group", _("Frequent question")),
        Column("state", _("Coverage then")),
        Column("entry", _("Entry today")),
        *_WHERE,
    ),
}


def table(source: str, facts: Sequence[Fact], audiences: Iterable[str], contacts: bool) -> Table:
    """Facts of one source as rows; titles only of entries for these audiences.

    ``contacts`` says whether contacts may be opened.
    """
    wanted = {fact.shown["entry"] for fact in facts if fact.shown.get("entry")}
    titles = dict(
        Entry.objects.filter(pk__in=wanted, audience__in=list(audiences)).values_list("pk", "title")
    )
    make = _CELLS[source]
    rows = [_common(fact, titles) | make(fact, contacts) for fact in facts]
    return Table(
        "rows",
        _("Rows behind it"),
        _COLUMNS[source],
        rows,
        _("No rows: nothing was counted, or the records have been removed since."),
    )


def _common(fact: Fact, titles: dict[int, str]) -> dict[str, Cell]:
    entry = fact.shown.get("entry")
    title = titles.get(entry or 0, f"#{entry}" if entry else "")
    at = localtime(fact.at)
    return {
        "time": Cell(date_format(at, "SHORT_DATETIME_FORMAT"), at.replace(tzinfo=None)),
        "locale": Cell(str(dict(settings.LANGUAGES).get(fact.locale, fact.locale))),
        "channel": Cell(channel_name(fact.channel)),
        "audience": Cell(audience_name(fact.audience)),
        "entry": Cell(
            title,
            url=reverse("wagtailadmin_pages:edit", args=[entry]) if entry in titles else "",
            lang=fact.locale,
        ),
    }


def _intent(fact: Fact, contacts: bool) -> dict[str, Cell]:
    said = [str(label) for name, label in _OUTCOMES.items() if fact.adds.get(name)]
    return {
        "text": Cell(fact.shown["text"], lang=fact.locale),
        "searches": Cell(str(fact.adds["searches"]), fact.adds["searches"]),
        "outcome": Cell(" · ".join(said)),
    }


def _read(fact: Fact, contacts: bool) -> dict[str, Cell]:
    version = fact.reading[1] if fact.reading else 0
    return {"version": Cell(str(version or "–"), version or "")}


def _vote(fact: Fact, contacts: bool) -> dict[str, Cell]:
    section = fact.reading[2] if fact.reading else ""
    return _read(fact, contacts) | {
        "section": Cell(section),
        "vote": Cell(gettext("Yes") if fact.shown["helpful"] else gettext("No")),
        "reason": Cell(fact.shown["reason"]),
    }


def _form(fact: Fact, contacts: bool) -> dict[str, Cell]:
    if fact.shown["sent"]:
        said = gettext("message sent")
    else:
        said = (
            gettext("marked solved")
            if fact.adds.get("forms_solved")
            else gettext("left, or wrote later")
        )
    return {"outcome": Cell(said)}


def _contact(fact: Fact, contacts: bool) -> dict[str, Cell]:
    pk = fact.shown["id"]
    answers = [f"{measure.upper()} {value}" for measure, value in fact.shown["ratings"].items()]
    if pk is None:
        solved = {1: _("solved"), 0: _("not solved")}.get(fact.adds.get("fcr_solved", -1), "")
        return {
            "contact": Cell(fact.shown["imported"]),
            "outcome": Cell(str(solved)),
            "answers": Cell(" · ".join(answers)),
        }
    state = Contact.State.CLOSED if fact.adds.get("closed") else Contact.State.OPEN
    said = [str(state.label)]
    said += [str(METRICS[key].name) for key in ("known", "new", "unknown") if fact.adds.get(key)]
    return {
        "contact": Cell(f"#{pk}", pk, url=reverse("contacts:edit", args=[pk]) if contacts else ""),
        "outcome": Cell(" · ".join(said)),
        "answers": Cell(" · ".join(answers)),
    }


def _asked(fact: Fact, contacts: bool) -> dict[str, Cell]:
    state = next(state for state, column in COLUMNS.items() if fact.adds.get(column))
    return {
        "text": Cell(fact.shown["text"], lang=fact.locale),
        "group": Cell(
            fact.shown["name"],
            url=reverse("questions:group", args=[fact.shown["group"]]),
            lang=fact.locale,
        ),
        "state": Cell(str(state.label)),
    }


_CELLS: dict[str, Callable[[Fact, bool], dict[str, Cell]]] = {
    "intents": _intent,
    "reads": _read,
    "votes": _vote,
    "forms": _form,
    "contacts": _contact,
    "asked": _asked,
}
