"""Forms of rules, conditions and webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .measures import ASKED, is_grouped

#: Groups offered to choose from: those with most people, those most asked.
OFFERED = 200
SHORTEST_SECRET = 24


class RuleForm(WagtailAdminModelForm):
    """People are those who may see alerts; owners those who may work on them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from . import access

        super().__init__(*args, **kwargs)
        if "people" in self.fields:
            self.fields["people"].queryset = access.readers()  # type: ignore[attr-defined]
        if "owner" in self.fields:
            self.fields["owner"].queryset = access.owners()  # type: ignore[attr-defined]
            if self.instance.pk is None and self.for_user is not None:
                self.fields["owner"].initial = self.for_user.pk

    def clean(self) -> dict[str, Any]:
        """Groups are not kept by category."""
        cleaned = super().clean() or {}
        conditions = self.formsets.get("conditions")
        rows = conditions.cleaned_data if conditions and conditions.is_valid() else ()
        errors = []
        if any(is_grouped(row.get("measure", "")) for row in rows):
            errors.append(_("Groups are not counted by category."))
        if any(row.get("hours", 24) < 24 for row in rows):
            errors.append(_("Categories are counted by day: measure over 24 hours or more."))
        if cleaned.get("category") and errors:
            self.add_error("category", [ValidationError(text) for text in errors])
        if cleaned.get("audience") and any(row.get("measure") == ASKED.key for row in rows):
            text = _("Of frequent questions it is not known who may see what.")
            self.add_error("audience", ValidationError(text))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """What was changed is decided anew."""
        if self.has_changed():
            self.instance.decided = None
            self.instance.holds = False
        return super().save(commit)


class ConditionForm(WagtailAdminModelForm):
    """Offers the groups that matter most, and the one that is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from search.insights.models import Gap, QuestionGroup

        super().__init__(*args, **kwargs)
        self._offer("gap", Gap.objects.filter(joined_into=None).order_by("-people", "pk"))
        asked = QuestionGroup.objects.filter(state="open", merged_into=None)
        self._offer("question", asked.order_by("-questions_count", "pk"))

    def _offer(self, name: str, groups: QuerySet[Any]) -> None:
        if name not in self.fields:
            return
        most = list(groups.values_list("pk", flat=True)[:OFFERED])
        chosen = self.data.get(self.add_prefix(name)) or getattr(self.instance, f"{name}_id")
        if str(chosen or "").isdecimal() and len(str(chosen)) < 18:
            most.append(int(chosen))
        offered = groups.model.objects.filter(pk__in=most)
        self.fields[name].queryset = offered  # type: ignore[attr-defined]


class WebhookForm(WagtailAdminModelForm):
    """The secret is written, never read; left empty, it stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.CharField(
            label=self.fields["secret"].label,
            help_text=self.fields["secret"].help_text,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            min_length=SHORTEST_SECRET,
            max_length=200,
            required=self.instance.pk is None,
        )
        self._kept = self.instance.secret
        self.initial.pop("secret", None)
        self.fields["secret"] = field
        if self.instance.pk is not None:
            field.help_text = _("Leave it empty to keep the one there is. It is never shown.")

    def clean_secret(self) -> str:
        """The new one, or the one that was there."""
        return self.cleaned_data["secret"] or self._kept
