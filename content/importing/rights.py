"""What somebody may import in the admin: live where they may publish, else as drafts for review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.models import Entry

from .places import CallError, Places
from .running import Planned


def may_import(user: Any) -> bool:
    """Whether ``user`` may add pages anywhere."""
    return page_permission_policy.user_has_permission(user, "add")


def may_publish(user: Any, planned: Sequence[Planned], made: Iterable[str]) -> bool:
    """Whether all of an import may go live; else it comes in as drafts.

    ``made`` names categories (``locale/path``) that it would make, which go live at once. Raises
    PermissionDenied where ``user`` may not add or change what ``planned`` would, CallError where
    only the means for drafts are missing.
    """
    made = sorted(made)
    parents = _parents(planned, made)
    entries = _changed(planned)
    places = [page.permissions_for_user(user) for page in parents]
    changed = [entry.permissions_for_user(user) for entry in entries]
    if not all(r.can_add_subpage() for r in places) or not all(r.can_edit() for r in changed):
        raise PermissionDenied
    if all(r.can_publish_subpage() for r in places) and all(r.can_publish() for r in changed):
        return True
    if made:
        missing = _(
            "Only those who may publish can make categories, and these are missing: %(names)s."
        )
        raise CallError(missing % {"names": ", ".join(made)})
    locked = [e.title for e, r in zip(entries, changed, strict=True) if r.page_locked()]
    if locked:
        why = _("These entries are locked, perhaps because they are in review: %(names)s.")
        raise CallError(why % {"names": ", ".join(locked)})
    return False


def _parents(planned: Iterable[Planned], made: Iterable[str]) -> list[Page]:
    parents: dict[int, Page] = {p.parent.pk: p.parent for p in planned if p.parent is not None}
    places = Places(dry=True)
    for code in {name.split("/")[0] for name in made}:
        front = places.front(code)
        if front is None:
            raise PermissionDenied
        parents[front.pk] = front
    return list(parents.values())


def _changed(planned: Iterable[Planned]) -> list[Entry]:
    ids = [p.existing.page_id for p in planned if p.existing and p.state == "changed"]
    return list(Entry.objects.filter(pk__in=ids))
