"""What a page of figures can be narrowed to; everything stands in the address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from content.audience import Audience
from content.models import Category
from search.insights.metrics.calendar import today
from search.insights.metrics.reading import Scope

DAYS = 30
#: As far back as a page reaches, in days.
FARTHEST = 3 * 366
FIRST_YEAR = 2000
_CHANNELS = [
    ("site", _("Site")),
    ("suggest", _("While typing")),
    ("desk", _("Desk")),
    ("contact", _("Contact form")),
    ("api", _("API")),
]
_KINDS = [("", _("Customers")), ("agent", _("Agents"))]


def _categories() -> list[tuple[str, str]]:
    rows = Category.objects.order_by("path").values_list("pk", "title", "depth", "locale_id")
    shelves = [(str(pk), "– " * max(0, depth - 3) + title) for pk, title, depth, _l in rows]
    return [("", str(_("All"))), *shelves]


class ScopeForm(forms.Form):
    """The fields that ``names`` lists; without dates, the last 30 days with today."""

    first = forms.DateField(label=_("From"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=_("To"), required=False, widget=AdminDateInput)
    kind = forms.ChoiceField(label=_("Whose searches"), required=False, choices=_KINDS)
    locale = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All")), *settings.LANGUAGES]
    )
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[("", _("All")), *_CHANNELS]
    )
    audience = forms.ChoiceField(label=_("Audience"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, data: QueryDict, names: tuple[str, ...], seen: list[str]) -> None:
        given = {name: data.get(name, "") for name in ("first", "last", *names)}
        last = today()
        given["last"] = given["last"] or (
            last.isoformat() if not given["first"] else max(last.isoformat(), given["first"])
        )
        given["first"] = given["first"] or _days_before(given["last"])
        super().__init__(given)
        for name in set(self.fields) - set(given):
            del self.fields[name]
        if "audience" in self.fields:
            named = [(a.value, a.label) for a in Audience if a.value in seen]
            self.fields["audience"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]
        if "category" in self.fields:
            self.fields["category"].choices = _categories()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The range must have a beginning before its end, and be no longer than three years."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            raise ValidationError(_("“From” is after “To”."))
        if first and last and (last - first).days >= FARTHEST:
            raise ValidationError(_("Three years at most."))
        if (first and first.year < FIRST_YEAR) or (last and last > today() + timedelta(days=366)):
            raise ValidationError(_("These days are too far away."))
        return cleaned

    def scope(self, kind: str = "customer") -> Scope:
        """What is asked for; the last 30 days where it makes no sense."""
        if not self.is_valid():
            return Scope(today() - timedelta(days=DAYS - 1), today(), kind)
        asked = self.cleaned_data
        return Scope(
            first=asked["first"] or today() - timedelta(days=DAYS - 1),
            last=asked["last"] or today(),
            kind=asked.get("kind") or kind,
            locale=asked.get("locale", ""),
            channel=asked.get("channel", ""),
            audience=asked.get("audience", ""),
            category=int(asked.get("category") or 0),
        )


def _days_before(last: str) -> str:
    try:
        return (date.fromisoformat(last) - timedelta(days=DAYS - 1)).isoformat()
    except (ValueError, OverflowError):
        return (today() - timedelta(days=DAYS - 1)).isoformat()


def query(scope: Scope, **more: Any) -> str:
    """The scope as it stands in an address, with ``more`` beside it."""
    data = {"first": scope.first.isoformat(), "last": scope.last.isoformat()}
    for name in ("locale", "channel", "audience", "category"):
        if value := getattr(scope, name):
            data[name] = value
    data |= {name: value for name, value in more.items() if value is not None}
    return urlencode(data)
