"""Makes contacts: the message, and what its writer had searched and read, so nobody repeats it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from content.models import Entry

from . import changes, recorder, signals
from .journey import Journey
from .models import Contact, Event, Search

REMEMBERED = timedelta(hours=24)
#: Intents that were still warm when the person turned to a person.
ENDED = timedelta(minutes=30)
_LISTED = 50


def create_contact(journey: Journey, message: str, reply_to: str, locale: str) -> Contact:
    """Store a message with the searches and reads of the last 24 hours, and end their intents.

    The message is kept as written: it is for the person who answers. Sends ``contact_made``.
    """
    recorder.flush()
    now = journey.at or timezone.now()
    with transaction.atomic():
        contact = Contact.objects.create(
            client_id=journey.client_id,
            kind=journey.kind,
            message=message,
            reply_to=reply_to,
            locale=locale,
            created=now,
        )
        if journey.recorded and journey.kind == "customer":
            contact.searched = _searched(journey, contact)
            contact.read = _read(journey, contact)
            contact.save(update_fields=["searched", "read"])
            _end_intents(journey, contact)
    signals.contact_made.send_robust(sender=Contact, contact=contact)
    return contact


def _searched(journey: Journey, contact: Contact) -> list[dict]:
    """The latest searches in order; of several with the same words, the last."""
    rows = Search.objects.filter(
        client_id=journey.client_id,
        updated__gt=contact.created - REMEMBERED,
        updated__lte=contact.created,
    ).exclude(channel="contact")
    latest = {s.query: s for s in reversed(rows.order_by("-updated")[: 2 * _LISTED])}
    in_order = sorted(latest.values(), key=lambda s: s.updated)
    return [
        {
            "query_id": str(s.query_id),
            "query": s.query,
            "answered": s.answered,
            "created": s.created.isoformat(),
        }
        for s in in_order[-_LISTED:]
    ]


def _read(journey: Journey, contact: Contact) -> list[dict]:
    reads = Event.objects.filter(
        client_id=journey.client_id,
        action_name="read",
        created__gt=contact.created - REMEMBERED,
        created__lte=contact.created,
    ).order_by("created")
    latest = {e.object_id: e.created for e in reads if e.object_id}
    titles = dict(Entry.objects.filter(pk__in=latest).values_list("pk", "title"))
    return [
        {"id": pk, "title": titles[pk], "created": at.isoformat()}
        for pk, at in list(latest.items())[-_LISTED:]
        if pk in titles
    ]


def _end_intents(journey: Journey, contact: Contact) -> None:
    warm = Search.objects.filter(
        client_id=journey.client_id,
        updated__gt=contact.created - ENDED,
        updated__lte=contact.created,
        contact=None,
    )
    ended = Search.objects.filter(intent_id__in=set(warm.values_list("intent_id", flat=True)))
    changes.note(ended.values_list("created", flat=True))
    ended.update(contact=contact, settled=True)
