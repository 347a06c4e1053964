"""Wagtail's chooser of pages, with its words in the reader's language.

Wagtail joins the model's name to the words when the class of a form is made, once for everybody.
"""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminPageChooser


class PageChooser(AdminPageChooser):
    """What may be chosen is known from the field's label."""

    def __init__(self, target_models: Any = None, **kwargs: Any) -> None:
        super().__init__(target_models=target_models, **kwargs)
        self.choose_one_text = AdminPageChooser.choose_one_text

    def get_instance(self, value: Any) -> Any:
        """The page; None where ``value`` is no page's number, so that the form can be shown."""
        try:
            return super().get_instance(value)
        except (ValueError, OverflowError):
            return None


def _of_target(field: ForeignKey) -> dict[str, AdminPageChooser]:
    return {"widget": PageChooser(target_models=[field.remote_field.model])}


def register() -> None:
    """Have every form's field that refers to a page use it."""
    register_form_field_override(ForeignKey, to="wagtailcore.Page", override=_of_target)
