"""An alert in words, for readers of one audience and in the language in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext as _

from content.audience import Audience
from content.models import Category
from search.insights.metrics.metric import Unit
from search.insights.reports import tables

from .measures import CHANNELS, MEASURES
from .models import Alert, AlertRule, Condition, Delivery

Words = dict[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One condition: what it asks, what it found, and the groups that it names."""

    joined: str
    asks: str
    found: str
    holds: bool | None
    groups: list[str]


def lines(found: Iterable[Mapping[str, Any]], reader: Audience) -> list[Line]:
    """Conditions with what they measured; words of groups only where ``reader`` may see them."""
    rows = list(found)
    words = group_words([group for row in rows for group in row["groups"]], reader)
    return [
        Line(
            joined=_joined(row["joined"]) if number else "",
            asks=asks(row),
            found=_found(row),
            holds=row["holds"],
            groups=[_group(row["measure"], group, words) for group in row["groups"]],
        )
        for number, row in enumerate(rows)
    ]


def _group(measure: str, group: Mapping[str, Any], words: Words) -> str:
    name = words.get((group["of"], group["id"])) or _("A group whose words you may not see")
    return f"{name}: {_value(measure, group['value'])}"


def _joined(value: str) -> str:
    return str(Condition.Joined(value).label)


def asks(row: Mapping[str, Any]) -> str:
    """“No-answer rate over 24 hours is above 30 %”."""
    named = {
        "figure": MEASURES[row["measure"]].name if row["measure"] in MEASURES else row["measure"],
        "period": Condition.Hours(row["hours"]).label,
        "side": Condition.Operator(row["operator"]).label,
    }
    if row["comparison"] == Condition.Comparison.VALUE:
        threshold = _value(row["measure"], row["threshold"])
        return _("%(figure)s over %(period)s %(side)s %(threshold)s") % {
            **named, "threshold": threshold,
        }  # fmt: skip
    threshold = _change(row["measure"], row["threshold"])
    return _("%(figure)s over %(period)s: the change %(side)s %(threshold)s") % {
        **named, "threshold": threshold,
    }  # fmt: skip


def _found(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return _("nothing to measure (n %(n)s)") % {"n": row["n"]}
    value = _value(row["measure"], row["value"])
    if row["comparison"] == Condition.Comparison.VALUE:
        return _("%(value)s (n %(n)s)") % {"value": value, "n": row["n"]}
    before = "–" if row["before"] is None else _value(row["measure"], row["before"])
    change = "–" if row["change"] is None else _change(row["measure"], row["change"])
    return _("%(value)s after %(before)s: %(change)s (n %(n)s)") % {
        "value": value,
        "before": before,
        "change": change,
        "n": row["n"],
    }


def _value(measure: str, value: float) -> str:
    metric = MEASURES.get(measure)
    if metric is None:
        return tables.decimal(value, 1)
    per = 100 if metric.unit in (Unit.RATE, Unit.NET) else 1
    return tables.spoken(metric, value / per)


def _change(measure: str, value: float) -> str:
    metric = MEASURES.get(measure)
    number = tables.signed(value, 1)
    if metric is not None and metric.unit is Unit.COUNT:
        return _("%(number)s %%") % {"number": number}
    if metric is not None and metric.unit is Unit.RATE:
        return _("%(number)s points") % {"number": number}
    return tables.signed(value, 2)


def group_words(groups: Iterable[Mapping[str, Any]], reader: Audience) -> Words:
    """What groups are called, by ("gap" or "question", primary key).

    A gap is left out where nobody asked it in words that ``reader`` may see; frequent questions
    have no audience, and are for those who see everything.
    """
    wanted: dict[str, set[int]] = {"gap": set(), "question": set()}
    for group in groups:
        wanted[group["of"]].add(group["id"])
    return _gaps(wanted["gap"], reader) | _questions(wanted["question"], reader)


def _gaps(wanted: set[int], reader: Audience) -> Words:
    from search.insights.models import GapEvidence, Reason

    if not wanted:
        return {}
    seen = [audience.value for audience in reader.visible()]
    asked = GapEvidence.objects.filter(gap__in=wanted, audience__in=seen).order_by()
    if reader is not Audience.INTERNAL:
        asked = asked.exclude(reason=Reason.ASKED)
    same = asked.filter(query=F("gap__question")).values_list("gap", "query").distinct()
    named = {("gap", gap): query for gap, query in same}
    for gap, query in asked.values_list("gap", "query"):
        named.setdefault(("gap", gap), query)
    return named


def _questions(wanted: set[int], reader: Audience) -> Words:
    from search.insights.models import QuestionGroup

    if not wanted or reader is not Audience.INTERNAL:
        return {}
    groups = QuestionGroup.objects.filter(pk__in=wanted)
    return {("question", pk): name for pk, name in groups.values_list("pk", "name")}


def narrowing(rule: AlertRule) -> dict[str, Any]:
    """What the figures of a rule are narrowed to, as an alert keeps it."""
    return {
        "locale": rule.locale,
        "channel": rule.channel,
        "category": rule.category_id or 0,
        "audience": rule.audience,
    }


def narrowed(given: Mapping[str, Any], reader: Audience) -> list[str]:
    """The same in words; a category's only where ``reader`` sees an entry in it."""
    words = []
    if value := given.get("locale"):
        words.append(str(dict(settings.LANGUAGES).get(value, value)))
    if value := given.get("channel"):
        words.append(str(dict(CHANNELS).get(value, value)))
    if value := given.get("audience"):
        words.append(str(Audience(value).label))
    if value := given.get("category"):
        seen = Category.objects.all()
        if reader is not Audience.INTERNAL:
            seen = seen.visible_to(reader)
        title = seen.filter(pk=value).values_list("title", flat=True).first()
        words.append(title or _("A category that you may not see"))
    return words


def name(alert: Alert, reader: Audience) -> str:
    """What the rule is called, where ``reader`` may know."""
    return alert.name if reader.sees(alert.words_for) else _("An alert")


def address(alert: Alert) -> str:
    """Where it opens, in full."""
    return f"{settings.BASE_URL}{reverse('alerts:alert', args=[alert.pk])}"


def subject(alert: Alert, event: str, reader: Audience) -> str:
    """Of a mail."""
    texts = {
        Delivery.Event.OPENED: _("%(site)s: %(level)s: %(name)s"),
        Delivery.Event.ENDED: _("%(site)s: no longer holds: %(name)s"),
        Delivery.Event.RETURNED: _("%(site)s: holds again: %(name)s"),
        Delivery.Event.REMINDED: _("%(site)s: follow-up: %(name)s"),
    }
    return texts[Delivery.Event(event)] % {
        "site": settings.WAGTAIL_SITE_NAME,
        "level": alert.get_level_display(),
        "name": name(alert, reader),
    }


def body(alert: Alert, reader: Audience) -> str:
    """Of a mail, whatever it tells: how the alert stands."""
    text = [name(alert, reader), ""]
    text.append(_("Begun: %(time)s") % {"time": _time(alert.begun)})
    if alert.ended:
        text.append(_("No longer holds since: %(time)s") % {"time": _time(alert.ended)})
    text.append(_("State: %(state)s") % {"state": alert.get_state_display()})
    if alert.owner:
        text.append(_("Owner: %(owner)s") % {"owner": alert.owner})
    if words := narrowed(alert.narrowed, reader):
        text.append(_("Only: %(narrowed)s") % {"narrowed": " · ".join(words)})
    text.append("")
    for line in lines(alert.found, reader):
        text.append(f"- {line.joined + ' ' if line.joined else ''}{line.asks}: {line.found}")
        text += [f"    {group}" for group in line.groups]
    if alert.notes and reader.sees(alert.words_for):
        text += ["", alert.notes]
    return "\n".join([*text, "", address(alert)])


def _time(at: Any) -> str:
    return date_format(localtime(at, get_default_timezone()), "SHORT_DATETIME_FORMAT")
