"""Search tuning > Synonyms > Import: a file is read, its effect is shown, then it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from content.audience import Audience
from search.index.tuning import synonym_files
from search.index.tuning.loading import synonym_rule
from search.index.tuning.models import Synonym
from search.index.tuning.synonym_files import MOST_BYTES, Reading

from .effect import effect, in_force


class SynonymFileForm(forms.Form):
    """A file, or the text of one that has been read already."""

    file = forms.FileField(label=_("CSV file"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The text of the file, whichever way it came."""
        values = super().clean() or {}
        file = values.get("file")
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            text = file.read().decode("utf-8-sig") if file else values.get("text", "")
        except UnicodeDecodeError:
            message = _("The file is not in UTF-8. Save it as “CSV UTF-8” and try again.")
            raise forms.ValidationError(message) from None
        if not text.strip():
            raise forms.ValidationError(_("Choose a file that is not empty."))
        return values | {"text": text}


class ImportSynonymsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Two steps: what is in the file and what it would change; then save."""

    template_name = "tuning/import_synonyms.html"
    page_title = _("Import synonyms")
    header_icon = "upload"
    permission_policy = ModelPermissionPolicy(Synonym)
    permission_required = "add"
    form_class = SynonymFileForm

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Synonyms > Import."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("tuning_synonyms:index"), "label": _("Synonyms")},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: SynonymFileForm) -> HttpResponse:
        """Save what has been shown and has no errors; else show it."""
        text = form.cleaned_data["text"]
        reading = synonym_files.read(text)
        if "save" in self.request.POST and reading.rows and not reading.errors:
            return self._save(reading)
        context = self.get_context_data(form=form, reading=reading, text=text)
        if reading.rows and not reading.errors:
            before = in_force()
            rules = tuple(
                replace(synonym_rule(row), id=-n) for n, row in enumerate(reading.rows, 1)
            )
            after = replace(before, synonyms=before.synonyms + rules)
            context["effect"] = effect(before, after, Audience.of(self.request.user))
        return self.render_to_response(context)

    def _save(self, reading: Reading) -> HttpResponse:
        with transaction.atomic():
            for row in reading.rows:
                row.save()
                log(instance=row, action="wagtail.create", user=self.request.user)
        number = len(reading.rows)
        said = ngettext("%(n)d synonym was imported.", "%(n)d synonyms were imported.", number)
        messages.success(self.request, said % {"n": number})
        return redirect("tuning_synonyms:index")
