"""Views of Wagtail that show the effect of a change first and make it at the second word."""

from __future__ import annotations

import hashlib
from typing import Any

from django.forms import BaseModelForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic

from content.audience import Audience
from search.index.tuning.conflicts import conflicts
from search.index.tuning.loading import pin_rule
from search.index.tuning.models import Pin

from .effect import Effect, effect, in_force
from .proposing import with_row, without_row

#: What of a form does not say what is to be saved.
_ASIDE = ("csrfmiddlewaretoken", "seen")


class ShowsEffectFirst:
    """Saves what has been shown: where the form has changed since, its effect is shown again."""

    template_name = "tuning/form.html"
    request: Any
    shown: Effect | None = None

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        """Show what would change, or save it where just that has been shown."""
        said = self._said()
        if self.request.POST.get("seen") == said:
            return super().form_valid(form)  # type: ignore[misc]
        self.form = form
        before = in_force()
        row = form.save(commit=False)
        self.shown = effect(before, with_row(before, row), Audience.of(self.request.user))
        context = self.get_context_data(form=form, effect=self.shown, seen=said)  # type: ignore[attr-defined]
        if isinstance(row, Pin):
            context["conflicts"] = conflicts(pin_rule(row), before.pins)
        context["submit_button_label"] = _("Save")
        return self.render_to_response(context)  # type: ignore[attr-defined]

    def _said(self) -> str:
        fields = sorted((k, v) for k, v in self.request.POST.lists() if k not in _ASIDE)
        return hashlib.sha256(repr(fields).encode()).hexdigest()


class TuningCreateView(ShowsEffectFirst, generic.CreateView):
    """A new row."""

    submit_button_label = _("Show the effect")
    submit_button_active_label = _("Searching…")


class TuningEditView(ShowsEffectFirst, generic.EditView):
    """A row that is there."""

    submit_button_label = _("Show the effect")
    submit_button_active_label = _("Searching…")


class TuningDeleteView(generic.DeleteView):
    """Asks whether to delete a row, and shows what that would change."""

    template_name = "tuning/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The question and the effect."""
        before = in_force()
        after = without_row(before, self.object)
        shown = effect(before, after, Audience.of(self.request.user))
        return super().get_context_data(effect=shown, **kwargs)
