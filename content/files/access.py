"""The one rule for files: shown to a reader somewhere, or worked on by him; else not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.permissions import policy_registry

from content.audience import Audience
from content.models import Entry, FileUse

from .addresses import File

#: What the rooms above show to everybody outside of entries (a logo).
shown_by_the_site: list[Callable[[File], bool]] = []

_WORK = ("choose", "change", "delete")


def is_shown_to(file: File, audience: Audience) -> bool:
    """Whether ``audience`` sees the file in some entry that it may see now: one query."""
    seen = Entry.objects.visible_to(audience).order_by().values("pk")
    uses = FileUse.objects.filter(kind=file.kind, file_id=file.id, level__lte=audience.level)
    return uses.filter(entry__in=seen).exists()


def is_public(file: File) -> bool:
    """Whether anybody may fetch it."""
    return is_shown_to(file, Audience.PUBLIC) or any(shows(file) for shows in shown_by_the_site)


def may_fetch(file: File, user: Any) -> bool:
    """Whether ``user`` may, who is not just anybody: as a reader, or as one who works with it."""
    audience = Audience.of(user)
    if audience is not Audience.PUBLIC and is_shown_to(file, audience):
        return True
    if not works_with_files(user):
        return False
    item = file.read()
    policy = policy_registry.get_by_type(type(item))
    return bool(policy.user_has_any_permission_for_instance(user, _WORK, item))


def works_with_files(user: Any) -> bool:
    """Whether ``user`` gets to see files in the admin at all, used or not."""
    return bool(user is not None and user.has_perm("wagtailadmin.access_admin"))
