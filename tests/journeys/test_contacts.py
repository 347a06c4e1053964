"""A contact carries what its writer has done, and ends their intents."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from search.journeys import Journey
from search.journeys.contacts import create_contact
from search.journeys.models import Contact, Event, JourneySettings, Search, Vote

from .making import event, search

pytestmark = pytest.mark.django_db
ANN = Journey("ann-0123456789abcdef")


def test_a_contact_lists_what_was_searched_and_ends_the_intents() -> None:
    now = timezone.now()
    search("old question", created=now - timedelta(hours=30))
    search("refund policy", created=now - timedelta(minutes=5))
    search("refund time", created=now - timedelta(minutes=4))
    search("someone else", client="bob-0123456789abcdef")
    contact = create_contact(ANN, "Call 13800138000 about my refund", "ann@example.com", "en")
    assert [s["query"] for s in contact.searched] == ["refund policy", "refund time"]
    assert contact.message == "Call 13800138000 about my refund"
    ended = Search.objects.filter(contact=contact).values_list("query", flat=True)
    assert set(ended) == {"refund policy", "refund time"}


def test_words_searched_twice_are_handed_over_once() -> None:
    now = timezone.now()
    for minutes, words in ((9, "refund"), (8, "parcel"), (7, "refund")):
        search(words, created=now - timedelta(minutes=minutes))
    contact = create_contact(ANN, "Where is it?", "ann@example.com", "en")
    assert [s["query"] for s in contact.searched] == ["parcel", "refund"]


def test_a_contact_without_consent_carries_nothing() -> None:
    contact = create_contact(Journey("", consent=False), "Help", "a@b.cn", "en")
    assert (contact.searched, contact.read) == ([], [])


def test_retention_removes_what_is_old_and_keeps_votes_without_their_person() -> None:
    JourneySettings.objects.create(retention_days=30, contact_retention_days=60)
    old, now = timezone.now() - timedelta(days=40), timezone.now()
    search("old", created=old)
    search("new", created=now)
    event("read", object_id=1, created=old)
    event("vote", object_id=1, helpful=False, comment="too long", created=old)
    Contact.objects.create(message="m", reply_to="r", locale="en", created=old)
    out = StringIO()
    call_command("apply_retention", stdout=out)
    assert "Removed 1 searches, 2 events and 0 contacts; 1 votes" in out.getvalue()
    assert [s.query for s in Search.objects.all()] == ["new"]
    assert not Event.objects.exists()
    assert (Vote.objects.get().client_id, Vote.objects.get().comment) == ("", "")
