"""Search tuning > Try a search: one question, twice, side by side, each hit explained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from content.audience import Audience
from content.models import Confidence
from search.engine.protocol import EngineFailed
from search.index import tuning
from search.index.tuning.models import Pin, Synonym
from search.lookup.languages import current_language
from search.lookup.query import LONGEST, Query
from search.lookup.results import Hit, Results
from search.lookup.service import search

from .effect import in_force


class SideForm(forms.Form):
    """As whom, in which language and with what one side searches."""

    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    audience = forms.ChoiceField(label=_("Audience"))
    tuned = forms.BooleanField(label=_("With synonyms and pins"), required=False)
    spelling = forms.BooleanField(label=_("With spelling correction"), required=False)
    signals = forms.BooleanField(label=_("With signals"), required=False)

    def __init__(self, *args: Any, reader: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(a.value, a.label) for a in reader.visible()]
        self.fields["audience"] = forms.ChoiceField(label=_("Audience"), choices=shown)


class QuestionForm(forms.Form):
    """What is asked on both sides."""

    q = forms.CharField(label=_("Question"), max_length=LONGEST, required=False)


#: Names of the steps that `explain` counts; one that is not here is shown as it is called.
STEPS = {
    "pinned": _("Pinned"),
    "exact": _("Title or phrasing is the question"),
    "by score": _("Found by score"),
    "total": _("Answers in all languages"),
    "by meaning alone": _("By meaning alone"),
    "weak": _("Shown under “Perhaps”"),
}


MEANT = {
    "synonym": _("Synonym:"),
    "spelling": _("Corrected:"),
    "script": _("By its sound:"),
    "language": _("In another language:"),
}


RESCUES = {
    "synonym": _("Synonyms"),
    "spelling": _("Spelling"),
    "script": _("Script or sound"),
    "meaning": _("Meaning"),
    "weak": _("Weak hits"),
    "language": _("Other language"),
}


SIGNALS = {
    "coec": _("Clicks ÷ expected clicks (COEC)"),
    "votes": _("Helpful rate"),
    "solved": _("Cases solved by agents"),
    "confidence": _("Confidence"),
    "verification": _("Verification"),
    "age": _("Age in days"),
}
_VALUES = {**dict(Confidence.choices), "verified": _("Verified"), "overdue": _("Overdue")}


@dataclass(frozen=True, slots=True)
class ExplainedSignal:
    """A signal of a hit: its name and value in words, and numbers as `explain` has them."""

    name: str
    value: str
    n: float
    weight: float
    effect: str


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A hit with what the explanation says of it; ``other`` is its rank on the other side."""

    rank: int
    hit: Hit
    said: dict[str, Any]
    pin: Pin | None
    other: int | None
    signals: tuple[ExplainedSignal, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its form, and what came of it. ``meant``: step, words, synonym's row."""

    form: SideForm
    results: Results | None = None
    hits: tuple[ExplainedHit, ...] = ()
    meant: tuple[tuple[str, str, int | None], ...] = ()
    steps: tuple[tuple[str, Any], ...] = ()
    rescue: str = ""
    failed: bool = False


class TrySearchView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Searches by the one service, with `explain`; nothing is recorded. Its address can be sent."""

    template_name = "tuning/try.html"
    page_title = _("Try a search")
    header_icon = "search"
    permission_policy = ModelPermissionPolicy(Synonym)
    permission_required = "change"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Try a search."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def reader(self) -> Audience:
        """Nobody tries as somebody who may see more than he."""
        return Audience.of(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both sides; those that are wanted are searched."""
        question = QuestionForm(self.request.GET or None)
        text = question.cleaned_data["q"].strip() if question.is_valid() else ""
        forms_ = [self._form(prefix) for prefix in ("a", "b")]
        tried = [self._try(text, form) if text and form.is_valid() else None for form in forms_]
        sides = [
            _side(form, one, other)
            for form, one, other in zip(forms_, tried, reversed(tried), strict=True)
        ]
        return super().get_context_data(question=question, text=text, sides=sides, **kwargs)

    def _form(self, prefix: str) -> SideForm:
        asked = self.request.GET if "q" in self.request.GET else None
        initial = {
            "locale": current_language(),
            "audience": Audience.PUBLIC if prefix == "a" else self.reader,
            "tuned": True,
            "spelling": True,
            "signals": True,
        }
        return SideForm(asked, prefix=prefix, initial=initial, reader=self.reader)

    @staticmethod
    def _try(text: str, form: SideForm) -> Results | EngineFailed:
        wanted = form.cleaned_data
        query = Query(
            text,
            Audience(wanted["audience"]),
            wanted["locale"],
            channel="test",
            spelling=wanted["spelling"],
            signals=wanted["signals"],
            explain=True,
            unhurried=True,
        )
        try:
            if wanted["tuned"]:
                return search(query)
            with tuning.trying(replace(in_force(), synonyms=(), pins=())):
                return search(query)
        except EngineFailed as error:
            return error


def _side(form: SideForm, one: Results | EngineFailed | None, other: object) -> Side:
    if one is None:
        return Side(form)
    if isinstance(one, EngineFailed):
        return Side(form, failed=True)
    theirs = (*other.hits, *other.perhaps) if isinstance(other, Results) else ()
    ranks = {hit.id: rank for rank, hit in enumerate(theirs, 1)}
    explained, query = one.explanation or {}, one.query
    expansions = in_force().expansions(query.text, query.locale, query.audience.level)
    said = {score["id"]: score for score in explained.get("scores", ())}
    pins = Pin.objects.in_bulk({s["pin"] for s in said.values() if s.get("pin")})
    hits = tuple(
        ExplainedHit(
            rank,
            hit,
            said.get(hit.id, {}),
            pins.get(said.get(hit.id, {}).get("pin")),
            ranks.get(hit.id),
            _signals(said.get(hit.id, {})),
        )
        for rank, hit in enumerate((*one.hits, *one.perhaps), 1)
    )
    rules = {(e.original, e.replacement): e.rule for e in expansions}
    meant = tuple(
        (
            str(MEANT.get(c.get("step", ""), MEANT["spelling"])),
            f"{c['original']} → {c['replacement']} ({c['weight']})",
            rules.get((c["original"], c["replacement"])),
        )
        for c in explained.get("corrections", ())
    )
    steps = tuple((str(STEPS.get(k, k)), v) for k, v in explained.get("steps", {}).items())
    rescue = str(RESCUES.get(one.rescue, one.rescue))
    return Side(form, one, hits, meant, steps, rescue)


def _signals(said: dict[str, Any]) -> tuple[ExplainedSignal, ...]:
    return tuple(
        ExplainedSignal(
            str(SIGNALS.get(name, name)),
            "–" if one["value"] is None else str(_VALUES.get(one["value"], one["value"])),
            one["n"],
            one["weight"],
            f"{one['effect']:+.3f}",
        )
        for name, one in said.get("signals", {}).items()
    )
