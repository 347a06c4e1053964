"""The way to a person: answers first, then the message with what was searched and read."""

import pytest

from search.journeys.models import Contact, Event

from .building import small_site

pytestmark = pytest.mark.django_db
MESSAGE = {"message": "When will the refund arrive?", "reply_to": "eva@example.com"}


@pytest.fixture
def site(index):
    return small_site()


def test_without_a_script_answers_are_offered_before_the_message_is_sent(client, site):
    page = client.post("/en/contact/", MESSAGE).content.decode()
    assert "Send anyway" in page
    assert "How long does a" in page
    assert not Contact.objects.exists()


def test_a_message_that_nothing_here_is_near_to_is_sent_without_asking_back(client, site):
    client.post("/en/contact/", {**MESSAGE, "message": "Qqqq wwww xxxx"})
    assert Contact.objects.get().message == "Qqqq wwww xxxx"


HOSTILE = [
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>",
    "'; DROP TABLE journeys_contact; -- %s {{ 7|add:7 }} {% url 'x' %}",
    "\u202egnp.exe\u200b\ufeff \U0001f525" + "é" * 3000,
    "\r\nBcc: everybody@example.com\r\n\r\n",
]


@pytest.mark.parametrize("message", HOSTILE)
def test_a_hostile_message_is_kept_as_written_and_shown_as_text(client, site, message):
    response = client.post("/en/contact/", {**MESSAGE, "message": message, "reply_to": "no"})
    assert response.status_code == 422
    assert "<script>window" not in response.content.decode()
    client.get("/en/search/", {"q": message[:500]})
    response = client.post("/en/contact/", {**MESSAGE, "message": message, "offered": "1"})
    kept = Contact.objects.get().message
    assert kept.split() == message.split()
    confirmed = client.get(response.url).content.decode()
    assert "<script>window" not in confirmed
    assert "onerror='" not in confirmed


@pytest.mark.parametrize(
    "spoilt",
    [
        {"message": "a\0b"},
        {"message": "x" * 5001},
        {"message": " \n "},
        {"reply_to": "eva@example.com\nBcc: x@example.com"},
        {"reply_to": "e" * 300 + "@example.com"},
    ],
)
def test_what_cannot_be_stored_is_refused_in_words(client, site, spoilt):
    response = client.post("/en/contact/", {**MESSAGE, "offered": "1", **spoilt})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("text", ["", " ", "\0", "%", "\ud83d", "a" * 5000, "<b>refund</b>"])
def test_whatever_is_being_written_is_answered(client, site, text):
    text = text.encode("utf-8", "surrogatepass")
    response = client.get("/en/contact/answers/", {"q": text})
    assert response.status_code == 200
    assert b"<b>refund" not in response.content


def test_the_message_is_stored_with_the_journey_and_confirmed(client, site):
    client.get("/en/search/?q=refund parcel")
    response = client.post("/en/contact/", {**MESSAGE, "offered": "1"})
    contact = Contact.objects.get()
    assert contact.message == MESSAGE["message"]
    assert [s["query"] for s in contact.searched] == ["refund parcel"]
    confirmed = client.get(response.url).content.decode()
    assert "refund parcel" in confirmed
    assert "eva@example.com" in confirmed


def test_nobody_reads_the_confirmation_of_another(client, site):
    assert client.get("/en/contact/sent/1/").status_code == 404


def test_mistakes_are_named_and_nothing_is_lost(client, site):
    page = client.post("/en/contact/", {"message": "Help me", "reply_to": "nowhere"})
    assert page.status_code == 422
    assert "Help me" in page.content.decode()
    assert 'aria-invalid="true"' in page.content.decode()


def test_a_robot_that_fills_every_field_is_answered_and_ignored(client, site):
    client.post("/en/contact/", {**MESSAGE, "offered": "1", "website": "http://spam.example"})
    assert not Contact.objects.exists()


def test_too_many_messages_are_refused_for_an_hour(client, site):
    for _ in range(11):
        response = client.post("/en/contact/", {**MESSAGE, "offered": "1"})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert MESSAGE["message"] in response.content.decode()
    assert Contact.objects.count() == 10


def test_answers_to_an_unfinished_message_come_as_a_piece_of_page(client, site):
    page = client.get("/en/contact/answers/?q=refund").content.decode()
    assert "How long does a" in page
    assert "<html" not in page


def test_an_offered_answer_that_helped_is_counted(client, site):
    client.post("/en/contact/solved/", {"entry": site.faq.pk})
    assert Event.objects.get(action_name="used_solved").channel == "contact"
