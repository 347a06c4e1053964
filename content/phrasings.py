"""Phrasings that other rooms add to an entry, or take off again, as versions of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from content.models import Entry, Phrasing


class EntryIsLocked(Exception):
    """Somebody has locked the entry; nothing was changed."""


def add_phrasing(entry: Entry, text: str, *, agents_only: bool, user: Any, action: str) -> bool:
    """Give ``entry`` another phrasing in a new version by ``user``; returns whether it is live.

    It is published where the user may publish and nobody's unpublished draft would go with it;
    else it waits in the draft. Raises `EntryIsLocked`, or `PermissionDenied` where the user may
    not edit the entry. ``action`` is what the entry's history says.
    """

    def add(page: Entry) -> None:
        page.phrasings.add(
            Phrasing(text=text, agents_only=agents_only, sort_order=page.phrasings.count())
        )

    return _new_version(entry, add, user, action, text)


def remove_phrasing(entry: Entry, text: str, *, user: Any, action: str) -> bool:
    """Take the phrasing off in a new version, as `add_phrasing` adds it."""

    def remove(page: Entry) -> None:
        for phrasing in list(page.phrasings.all()):
            if phrasing.text == text:
                page.phrasings.remove(phrasing)

    return _new_version(entry, remove, user, action, text)


def _new_version(
    entry: Entry, change: Callable[[Entry], None], user: Any, action: str, text: str
) -> bool:
    with transaction.atomic():
        page = Entry.objects.select_for_update().get(pk=entry.pk).get_latest_revision_as_object()
        may = page.permissions_for_user(user)
        if may.page_locked():
            raise EntryIsLocked(str(page))
        if not may.can_edit():
            raise PermissionDenied
        drafted = page.has_unpublished_changes or page.current_workflow_state is not None
        change(page)
        revision = page.save_revision(user=user, clean=False)
        publishes = page.live and not drafted and may.can_publish()
        if publishes:
            revision.publish(user=user)
        log(instance=page, action=action, user=user, revision=revision, data={"text": text})
    return publishes
