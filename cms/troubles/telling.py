"""Tells administrators by mail what does not work: after a minute of it, daily, and when over."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.users.models import UserProfile

from content.roles import ADMINISTRATORS

from .finding import Found, found, sentence
from .models import Trouble

log = logging.getLogger(__name__)

#: What is over sooner is nobody's concern; what lasts is told again so often.
LASTS, AGAIN = timedelta(seconds=50), timedelta(days=1)

#: Where the database takes nothing any more, this process remembers what it has told.
_told_here: dict[str, datetime] = {}


def tell() -> None:
    """Look, remember, and write to those in charge; what could not be sent is sent next time."""
    now, present = timezone.now(), found()
    known = {trouble.kind: trouble for trouble in Trouble.objects.all()}
    for kind in _told_here.keys() - present.keys():
        del _told_here[kind]
    new = [Trouble(kind=kind, since=now) for kind in present if kind not in known]
    try:
        Trouble.objects.bulk_create(new, ignore_conflicts=True)
        due = [known[kind] for kind in present if kind in known and _is_due(known[kind], now)]
    except DatabaseError:
        log.warning("Troubles cannot be written down", exc_info=True)
        due = [trouble for trouble in (*known.values(), *new) if trouble.kind in present]
    due = [trouble for trouble in due if now - _told_here.get(trouble.kind, now - AGAIN) >= AGAIN]
    over = [trouble for kind, trouble in known.items() if kind not in present]
    ended = [trouble for trouble in over if trouble.told]
    if (due or ended) and not _send(
        {trouble.kind: present[trouble.kind] for trouble in due}, ended
    ):
        return
    _remember(due, over, now)


def _is_due(trouble: Trouble, now: datetime) -> bool:
    return now - trouble.told >= AGAIN if trouble.told else now - trouble.since >= LASTS


def _remember(told: list[Trouble], over: list[Trouble], now: datetime) -> None:
    # In any case: of an update that finds no row the database does not say that it takes nothing.
    _told_here.update((trouble.kind, now) for trouble in told)
    try:
        Trouble.objects.filter(kind__in=[trouble.kind for trouble in told]).update(told=now)
        Trouble.objects.filter(kind__in=[trouble.kind for trouble in over]).delete()
    except DatabaseError:
        log.warning("What was told cannot be written down", exc_info=True)


def _send(troubles: Found, ended: list[Trouble]) -> bool:
    """Whether the mail is on its way to everybody, each in his language."""
    sent = True
    for language, addresses in _in_charge().items():
        with override(language):
            lines = [f"- {sentence(kind, named)}" for kind, named in troubles.items()]
            good = [f"- {_over(trouble)}" for trouble in ended]
            message = EmailMessage(
                _subject(len(lines)),
                "\n".join([*lines, *good, "", f"{settings.BASE_URL}/admin/"]),
                bcc=sorted(addresses),
            )
        try:
            message.send()
        except Exception:  # the backends raise what they like
            log.exception("Those in charge could not be written to; this is tried again")
            sent = False
    return sent


def _subject(number: int) -> str:
    if not number:
        return _("%(site)s: works again") % {"site": settings.WAGTAIL_SITE_NAME}
    text = ngettext(
        "%(site)s: something does not work", "%(site)s: %(n)s things do not work", number
    )
    return text % {"site": settings.WAGTAIL_SITE_NAME, "n": number}


def _over(trouble: Trouble) -> str:
    since = timezone.localtime(trouble.since)
    kind, _sep, job = trouble.kind.partition(":")
    names: dict[str, Any] = {
        "engine": _("The search engine answers again"),
        "late": _("No change waits for the search index any more"),
        "set_aside": _("No change is set aside any more"),
        "rebuild": _("The search index is made with the settings in force"),
        "meaning": _("Texts can be turned into vectors again"),
        "cache": _("The cache works again"),
        "disk": _("There is room on the disk again"),
        "read_only": _("The folder of the site’s data can be written again"),
        "job": _("The job “%(job)s” has run") % {"job": job},
    }
    return _("%(what)s. The trouble began at %(time)s.") % {
        "what": names[kind],
        "time": f"{since:%Y-%m-%d %H:%M}",
    }


def _in_charge() -> dict[str, set[str]]:
    """Addresses by language: active administrators, and ``ADMINS`` of the settings."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    people: Iterable[Any] = (
        get_user_model()
        .objects.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATORS), is_active=True)
        .exclude(email="")
        .distinct()
    )
    for person in people:
        language = UserProfile.get_for_user(person).get_preferred_language()
        found[language].add(person.email)
    for _name, address in settings.ADMINS:
        found[settings.LANGUAGE_CODE].add(address)
    return found
