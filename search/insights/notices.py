"""Tells the owner of a gap by e-mail that it is theirs, or open again.

The letter names the gap by its number: what people searched for stays behind the sign-in.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from django_tasks import task
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from .models import Gap


def tell_owner(gap: Gap, news: str) -> None:
    """Send the letter once what happened is stored; ``news`` is "assigned" or "reopened"."""
    owner, pk = gap.owner, gap.pk
    if owner is not None and owner.is_active and owner.email:
        transaction.on_commit(lambda: send.enqueue(pk, owner.pk, news))


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
