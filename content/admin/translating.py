"""Translating a page takes along the shelves above it that the language does not have yet."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.forms import CheckboxInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.contrib.simple_translation.forms import SubmitTranslationForm
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Page

from content.translating import shelves_without, translate_shelves


class _TranslationForm(SubmitTranslationForm):
    """Wagtail's form with every language open to choice."""

    def __init__(self, page: Page, *args: Any, **kwargs: Any) -> None:
        super().__init__(page, *args, **kwargs)
        locales = self.fields["locales"]
        missing = [one for one in locales.queryset if shelves_without(page, one)]
        locales.widget.disabled_values = []
        locales.help_text = ""
        if missing:
            named = ", ".join(str(one.get_display_name()) for one in missing)
            locales.help_text = _(
                "The categories above this page are not there yet in: %(locales)s. They are "
                "translated along, as drafts; publish them before this page."
            ) % {"locales": named}
        self.show_submit = True
        if len(locales.queryset) > 1:
            self.fields["select_all"].widget = CheckboxInput(
                attrs={"data-action": "w-bulk#toggleAll", "data-w-bulk-target": "all"}
            )


class TranslatePageView(SubmitPageTranslationView):
    """Wagtail's view, which refuses where a parent has no translation."""

    def get_form(self) -> SubmitTranslationForm:
        """The form, filled in where it was sent."""
        data = self.request.POST if self.request.method == "POST" else None
        return _TranslationForm(self.object, data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shelves from the top down, then the page; all or nothing."""
        form = self.get_form()
        if not form.is_valid():
            return super().post(request, **kwargs)
        with transaction.atomic():
            made = [
                shelf
                for locale in form.cleaned_data["locales"]
                for shelf in translate_shelves(self.object, locale, request.user)
            ]
            answer = super().post(request, **kwargs)
        tell_of_shelves(request, made)
        return answer


def tell_of_shelves(request: HttpRequest, made: list[Page]) -> None:
    """Say which shelves were translated along."""
    if made:
        text = ngettext(
            "Translated along, as a draft to be published first: %(titles)s",
            "Translated along, as drafts to be published first: %(titles)s",
            len(made),
        )
        titles = ", ".join(shelf.get_admin_display_title() for shelf in made)
        messages.warning(request, text % {"titles": titles})
