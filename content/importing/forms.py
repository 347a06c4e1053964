"""The form of the admin's import page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from content.audience import Audience
from content.models import Category

from .tables import TABLES

MAX_MEGABYTES = 10


class CategoryField(forms.ModelChoiceField):
    """Categories with their language."""

    def label_from_instance(self, obj: Any) -> str:
        """Indented by depth, so that the list reads as a tree."""
        return f"{obj.locale.language_code} · {'— ' * (obj.depth - 3)}{obj.title}"


class ImportForm(forms.Form):
    """A table of questions, and where it goes."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX or JSON, at most 10 MB. Columns: question, answer, phrasings, category, "
            "audience, locale."
        ),
    )
    category = CategoryField(
        label=_("Category"),
        queryset=Category.objects.select_related("locale").order_by("locale_id", "path"),
        help_text=_("For questions whose row names no category."),
    )
    audience = forms.ChoiceField(
        label=_("Audience"),
        choices=Audience.choices,
        help_text=_("For questions whose row names no audience."),
    )

    def clean_file(self) -> UploadedFile:
        """Only tables, and no larger than a request may handle."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in TABLES:
            raise forms.ValidationError(_("Choose a CSV, XLSX or JSON file."))
        if file.size > MAX_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than 10 MB; import it with the command.")
            )
        return file

    def shown_name(self) -> str:
        """The file's own name, safe to show and to remember."""
        name = Path(self.cleaned_data["file"].name)
        return f"{slugify(name.stem, allow_unicode=True)[:80] or 'table'}{name.suffix.lower()}"
