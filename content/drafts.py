"""Drafts that other rooms ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from content.models import Category, FaqEntry, Phrasing

_TITLE = FaqEntry._meta.get_field("title").max_length or 255
_TEXT = Phrasing._meta.get_field("text").max_length or 255


@transaction.atomic
def create_faq_draft(
    *,
    title: str,
    phrasings: Iterable[str],
    locale: Locale | str,
    category: Category,
    owner: Any = None,
) -> FaqEntry:
    """A FAQ entry that is not live, with a version to edit, last in ``category``.

    Raises ``ValueError`` where ``category`` is not in ``locale`` or ``title`` is empty.
    """
    code = locale if isinstance(locale, str) else locale.language_code
    if category.locale.language_code != code:
        raise ValueError(f"The category “{category}” is not in the language {code}.")
    if not (title := " ".join(title.split())[:_TITLE]):
        raise ValueError("A draft needs a title.")
    entry = FaqEntry(
        title=title,
        draft_title=title,
        locale=category.locale,
        live=False,
        has_unpublished_changes=True,
        owner=owner,
        responsible=owner,
    )
    others = dict.fromkeys(" ".join(text.split())[:_TEXT] for text in phrasings)
    entry.phrasings = [
        Phrasing(text=text, sort_order=order)
        for order, text in enumerate(text for text in others if text and text != title)
    ]
    category.add_child(instance=entry)
    entry.save_revision(user=owner, clean=False, log_action="wagtail.create")
    return entry
