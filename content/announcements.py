"""Announces what changed: turns the signals of Django and Wagtail into ``entries_changed``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page

from .models import Article, Category, Entry, FaqEntry, FrontPage, Product, Snippet
from .rendering.materials import blocks_of
from .signals import entries_changed

#: What saving a draft writes on the page: nothing that readers see.
_DRAFT_FIELDS = frozenset(
    {
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "has_unpublished_changes",
        "go_live_at",
        "expire_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
_AT_ONCE = 500


def announce(ids: Iterable[int], families: Iterable[Any] = ()) -> None:
    """Send ``entries_changed`` for these entries and for the translations of these families.

    Call it inside the transaction that made the change.
    """
    changed = set(ids)
    families = list(families)
    for start in range(0, len(families), _AT_ONCE):
        some = families[start : start + _AT_ONCE]
        changed.update(Entry.objects.filter(translation_key__in=some).values_list("pk", flat=True))
    if changed:
        entries_changed.send(sender=Entry, ids=frozenset(changed))


def announce_below(page: Page) -> None:
    """Announce every entry below ``page``, and ``page`` itself where it is one."""
    below = Entry.objects.descendant_of(page, inclusive=True)
    rows = list(below.values_list("pk", "translation_key"))
    announce((pk for pk, _family in rows), (family for _pk, family in rows))


@receiver(post_save, sender=Article)
@receiver(post_save, sender=FaqEntry)
@receiver(post_save, sender=Entry)
def _entry_saved(
    instance: Entry, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    if update_fields is not None and (
        set(update_fields) <= _DRAFT_FIELDS - ({"expire_at"} if instance.live else set())
    ):
        return
    if created and not instance.live:
        return
    announce([instance.pk], [instance.translation_key])


@receiver(post_delete, sender=Entry)
def _entry_deleted(instance: Entry, **kwargs: Any) -> None:
    announce([instance.pk], [instance.translation_key])


@receiver(post_save, sender=Page)
@receiver(post_save, sender=Category)
@receiver(post_save, sender=FrontPage)
def _shelf_saved(
    instance: Page, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    # Wagtail moves a page by saving it as a plain ``Page``, inside the move's transaction.
    if created or (update_fields is not None and set(update_fields) <= _DRAFT_FIELDS):
        return
    announce_below(instance)


@receiver(post_save, sender=Product)
def _product_saved(instance: Product, created: bool, **kwargs: Any) -> None:
    if not created:
        announce(Entry.objects.filter(products=instance).values_list("pk", flat=True))


@receiver(post_save, sender=Snippet)
@receiver(post_delete, sender=Snippet)
def _snippet_changed(instance: Snippet, **kwargs: Any) -> None:
    announce(entries_using(instance))


def entries_using(snippet: Snippet) -> list[int]:
    """Ids of the entries whose live text holds ``snippet``, in any of its languages.

    Reads the bodies themselves: an index of references that is late must not let a text stay
    that has just been closed to customers.
    """
    family = Q(translation_key=snippet.translation_key)
    wanted = {snippet.pk, *Snippet.objects.filter(family).values_list("pk", flat=True)}
    holding = (
        Entry.objects.annotate(stored=Cast("body", TextField()))
        .filter(stored__contains='"snippet"')
        .only("pk", "body")
    )
    return [
        entry.pk
        for entry in holding.iterator(chunk_size=_AT_ONCE)
        if _holds(blocks_of(entry.body), wanted)
    ]


def _holds(blocks: list[dict[str, Any]], wanted: set[int]) -> bool:
    return any(
        (block["type"] == "snippet" and block["value"] in wanted)
        or (block["type"] == "agents_only" and _holds(block["value"] or [], wanted))
        for block in blocks
    )
