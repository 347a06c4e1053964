"""A draft of a page in another language, with the shelves above it that the language lacks."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page


def shelves_without(page: Page, locale: Locale) -> list[Page]:
    """The pages above ``page`` that have no translation in ``locale``, from the top down."""
    above = page.get_ancestors().filter(depth__gt=1).order_by("depth")
    keys = [one.translation_key for one in above]
    there = set(
        Page.objects.filter(locale=locale, translation_key__in=keys).values_list(
            "translation_key", flat=True
        )
    )
    return [one.specific for one in above if one.translation_key not in there]


def translate_shelves(page: Page, locale: Locale, user: Any) -> list[Page]:
    """Drafts of those, made now; call it in a transaction."""
    return [_copied(shelf, locale, user) for shelf in shelves_without(page, locale)]


@transaction.atomic
def translation_draft(page: Page, locale: Locale, user: Any) -> tuple[Page, list[Page]]:
    """The page in ``locale``: the one there is, or a draft; and the shelves drafted for it.

    Asks for no permission.
    """
    if there := page.get_translation_or_none(locale):
        return there.specific, []
    shelves = translate_shelves(page, locale, user)
    return _copied(page.specific, locale, user), shelves


def _copied(page: Page, locale: Locale, user: Any) -> Page:
    action = CopyPageForTranslationAction(page=page, locale=locale, user=user)
    return action.execute(skip_permission_checks=True)
