"""The questions after a contact: off by default, each optional, kept once, and counted."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from search.insights.metrics import counting
from search.insights.metrics.models import ALL, Bucket
from search.journeys import Journey
from search.journeys.contacts import create_contact
from search.journeys.models import Contact, JourneySettings, Rating
from search.journeys.ratings import rate, token_of
from tests import factories


@pytest.fixture
def contact(db):
    factories.front_page()
    return create_contact(Journey("ann-0123456789abcdef"), "My lid broke", "a@example.com", "en")


def sent(client) -> str:
    """Sends a message; the page that confirms it."""
    form = {"message": "zzz", "reply_to": "a@example.com", "offered": "on"}
    return client.post("/en/contact/", form, follow=True).content.decode()


def test_nothing_is_asked_unless_the_settings_say_so(client, index):
    factories.front_page()
    assert "How did it go?" not in sent(client)
    address = f"/en/contact/rating/{token_of(Contact.objects.get())}/"
    assert client.get(address).status_code == 404


def test_after_sending_what_can_be_said_by_then_is_asked(client, index):
    factories.front_page()
    JourneySettings.objects.create(ask_ces=True, ask_solved=True)
    page = sent(client)
    assert "How easy was it" in page
    assert "Did our first answer solve it?" not in page


def test_answers_are_kept_once_may_be_left_out_and_corrected(client, contact):
    JourneySettings.objects.create(ask_csat=True, ask_nps=True, ask_solved=True)
    address = f"/en/contact/rating/{token_of(contact)}/"
    assert "Did our first answer solve it?" in client.get(address).content.decode()
    assert "Thank you" in client.post(address, {"csat": "4"}).content.decode()
    client.post(address, {"csat": "2", "solved": "0"})
    assert dict(Rating.objects.values_list("measure", "value")) == {"csat": 2, "solved": 0}
    counting.count_due()
    sums = Bucket.objects.filter(period="day", category=ALL).aggregate(
        answers=Sum("csat_answers"), satisfied=Sum("csat_satisfied"), first=Sum("fcr_answers")
    )
    assert sums == {"answers": 1, "satisfied": 0, "first": 1}


def test_an_answer_off_the_scale_and_a_forged_address_are_refused(client, contact):
    JourneySettings.objects.create(ask_csat=True)
    address = f"/en/contact/rating/{token_of(contact)}/"
    assert client.post(address, {"csat": "6"}).status_code == 422
    assert client.post(address, {"nps": "9"}).status_code == 200
    assert not Rating.objects.exists()
    assert client.get("/en/contact/rating/1:forged/").status_code == 404
    with pytest.raises(ValueError, match="between 1 and 5"):
        rate(contact, {"csat": 6})


def test_a_manager_closes_a_contact_and_links_what_answered_it(client, contact):
    entry = factories.faq("Lids")
    client.force_login(factories.user("mona", group="Managers"))
    JourneySettings.objects.create(ask_solved=True)
    address = f"/admin/insights/contacts/edit/{contact.pk}/"
    assert token_of(contact).split(":")[0] in client.get(address).content.decode()
    given = {"state": "closed", "solved_first": "true", "entry": entry.pk}
    assert client.post(address, given).status_code == 302
    contact.refresh_from_db()
    assert (contact.state, contact.entry_id, contact.solved_first) == ("closed", entry.pk, True)
    assert contact.message == "My lid broke"
    counting.count_due()
    bucket = Bucket.objects.get(period="day", category=ALL, contacts=1)
    assert (bucket.closed, bucket.linked, bucket.new, bucket.fcr_solved) == (1, 1, 1, 1)


def test_writers_do_not_read_what_customers_wrote_to_a_person(client, contact):
    client.force_login(factories.user("wanda", group="Writers"))
    assert client.get(f"/admin/insights/contacts/edit/{contact.pk}/").status_code != 200
