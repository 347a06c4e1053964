"""Tells the owner of a gap by e-mail that it is theirs, or open again.

The letter names the gap by its number: what people searched for stays behind the sign-in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from django_tasks import task
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from .models import Gap

#: Gaps that one letter names.
LISTED = 20


def tell_owner(gap: Gap, news: str) -> None:
    """Send the letter once what happened is stored; ``news`` is "assigned" or "reopened"."""
    owner, pk = gap.owner, gap.pk
    if owner is not None and owner.is_active and owner.email:
        transaction.on_commit(lambda: send.enqueue(pk, owner.pk, news))


def tell_owner_of(owner: Any, gaps: Sequence[Gap]) -> None:
    """One letter for all gaps that came to ``owner`` together."""
    if len(gaps) == 1:
        tell_owner(gaps[0], "assigned")
    elif owner.is_active and owner.email:
        ids = [gap.pk for gap in gaps]
        transaction.on_commit(lambda: send_many.enqueue(ids, owner.pk))


@task()
def send_many(gap_ids: list[int], owner_id: int) -> None:
    """Write to the owner of those that are theirs still; the first ones with their addresses."""
    gaps = list(Gap.objects.filter(pk__in=gap_ids, owner_id=owner_id).order_by("-people", "pk"))
    owner = get_user_model().objects.filter(pk=owner_id).first()
    if owner is None or not gaps:
        return
    profile = UserProfile.get_for_user(owner)
    with override(profile.get_preferred_language()):
        said = ngettext(
            "%(number)d gap has been assigned to you.",
            "%(number)d gaps have been assigned to you.",
            len(gaps),
        ) % {"number": len(gaps)}
        base = settings.WAGTAILADMIN_BASE_URL
        listed = [base + reverse("insights:gap", args=[gap.pk]) for gap in gaps[:LISTED]]
        every = base + reverse("insights:gaps") + f"?owner={owner_id}"
        send_mail(said, "\n".join([said, "", *listed, "", every, ""]), [owner.email])


@task()
def send(gap_id: int, owner_id: int, news: str) -> None:
    """Write to the owner in their language; not where the gap is somebody else's by now."""
    gap = Gap.objects.filter(pk=gap_id, owner_id=owner_id).select_related("owner").first()
    if gap is None or gap.owner is None:
        return
    profile = UserProfile.get_for_user(gap.owner)
    with override(profile.get_preferred_language()):
        said = (
            gettext("Gap %(number)d has been assigned to you.")
            if news == "assigned"
            else gettext("Gap %(number)d, which is yours, is open again.")
        ) % {"number": gap.pk}
        met = gettext("%(people)d people have met it so far.") % {"people": gap.people}
        address = settings.WAGTAILADMIN_BASE_URL + reverse("insights:gap", args=[gap.pk])
        send_mail(said, f"{said} {met}\n\n{address}\n", [gap.owner.email])
