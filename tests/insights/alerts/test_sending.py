"""Who is told what, when, and what happens when nobody takes it."""

import logging
from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from search.insights.alerts import sending, states, watching
from search.insights.alerts.models import (
    Alert,
    AlertRule,
    AlertSettings,
    AlertStep,
    Delivery,
    Webhook,
)
from search.insights.alerts.quiet import next_allowed
from search.insights.metrics.models import Bucket
from search.insights.models import Gap, GapEvidence
from tests import factories
from tests.insights.alerts.making import ago, condition, failing, person, rule
from tests.insights.alerts.test_webhooks import SECRET, private, receiver  # noqa: F401
from tests.journeys.making import search

pytestmark = pytest.mark.django_db


def opened() -> Alert:
    failing(1, 50)
    return decide()


def decide() -> Alert:
    AlertRule.objects.update(decided=None)
    watching.watch()
    return Alert.objects.latest("pk")


def due_now() -> None:
    Delivery.objects.filter(state="waiting").update(due=timezone.now())
    sending.send_due()


def webhook(url: str, **fields) -> Webhook:
    return Webhook.objects.create(name="Pager", url=url, secret=SECRET, **fields)


def test_owner_people_and_roles_are_told_once_each():
    owner, named = person("mona"), person("paul", "Writers")
    person("rita", "Reviewers")
    person("gone", "Reviewers", is_active=False)
    mute = factories.user("mute", group="Reviewers")
    mute.email = ""
    mute.save()
    roles = Group.objects.filter(name__in=["Reviewers", "Managers"])
    rule(owner=owner, people=[named], roles=roles)
    opened()
    assert sending.send_due() == 3
    assert sorted(address for message in mail.outbox for address in message.to) == [
        "mona@example.com",
        "paul@example.com",
        "rita@example.com",
    ]
    assert sending.send_due() == 0
    body = mail.outbox[0].body
    assert "No-answer rate over 1 hour is above 30.0 %: 50.0 % (n 100)" in body
    assert "/admin/insights/alerts/" in body


def test_without_mail_only_the_owner_is_written_to():
    rule(owner=person("mona"), people=[person("paul")], by_mail=False)
    opened()
    sending.send_due()
    assert [message.to for message in mail.outbox] == [["mona@example.com"]]


def test_each_reads_it_in_their_language():
    from wagtail.users.models import UserProfile

    owner = person("mona")
    UserProfile.objects.update_or_create(user=owner, defaults={"preferred_language": "zh-hans"})
    rule(owner=owner)
    opened()
    sending.send_due()
    assert "无答案率" in mail.outbox[0].body


def test_words_for_few_stay_with_few(shelf):
    """An agent's question, and a rule's name for insiders, in no mail and no webhook of others."""
    for number in range(3):
        search(
            "goodwill voucher limits", total=0, client=f"agent-{number}", who="agent",
            channel="desk", audience="agents",
        )  # fmt: skip
    GapEvidence.objects.update(created=ago(1))
    manager = person("mona")
    person("ann", "Agents")
    customer = person("carl", "")
    made = rule(
        condition("group_intents", 2, minimum=1, gap=Gap.objects.get()),
        owner=manager, roles=[Group.objects.get(name="Agents")], name="Secret affair",
        notes="Ask the board",
    )  # fmt: skip
    made.people = [customer]
    made.save()
    alert = decide()
    sending.send_due()
    texts = {message.to[0].partition("@")[0]: message for message in mail.outbox}
    assert set(texts) == {"mona", "ann", "carl"}
    for name, words, own in (("mona", True, True), ("ann", True, False), ("carl", False, False)):
        text = texts[name].subject + texts[name].body
        assert ("goodwill voucher" in text) == words, name
        assert ("Secret affair" in text) == own, name
        assert ("Ask the board" in text) == own, name
    assert "whose words you may not see" in texts["carl"].body
    from search.insights.alerts.webhooks import payload

    for audience, words, own in (
        ("public", False, False), ("agents", True, False), ("internal", True, True),
    ):  # fmt: skip
        row = Delivery(alert=alert, event="opened", webhook=Webhook(audience=audience))
        sent = payload.of(row).decode()
        assert ("goodwill voucher" in sent) == words
        assert ("Secret affair" in sent) == own


def test_a_mail_server_that_is_away_is_tried_again(settings):
    rule(owner=person("mona"))
    opened()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sending.send_due()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.due > timezone.now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sending.send_due() == 0, "not before its pause is over"
    due_now()
    assert len(mail.outbox) == 1
    assert Delivery.objects.get().state == "sent"


def test_a_webhook_hears_of_begin_and_end(receiver, private):  # noqa: F811
    import json

    rule(webhooks=[webhook(receiver.url, audience="internal")])
    opened()
    sending.send_due()
    Bucket.objects.update(no_answer=0)
    decide()
    sending.send_due()
    bodies = [json.loads(body) for _path, _headers, body in receiver.taken]
    assert [body["type"] for body in bodies] == ["alert.opened", "alert.ended"]
    found = bodies[0]["data"]
    assert found["name"] == "No answers"
    assert found["conditions"][0]["value"] == 50.0
    assert bodies[1]["data"]["ended"]
    ids = [headers["webhook-id"] for _path, headers, _body in receiver.taken]
    assert len(set(ids)) == 2


def test_a_failing_webhook_is_tried_longer_and_longer_then_given_up(
    receiver,  # noqa: F811
    private,  # noqa: F811
    caplog,
):
    caplog.set_level(logging.DEBUG)
    receiver.status = 500
    rule(webhooks=[webhook(receiver.url)])
    alert = opened()
    pauses = []
    for _ in range(len(sending.PAUSES)):
        due_now()
        row = Delivery.objects.get()
        assert row.state == "waiting"
        pauses.append(row.due - timezone.now())
    assert pauses == sorted(pauses)
    due_now()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("given_up", len(sending.PAUSES) + 1)
    ids = {headers["webhook-id"] for _path, headers, _body in receiver.taken}
    assert ids == {str(row.pk)}, "the receiver can tell that it is the same message"
    step = AlertStep.objects.get(alert=alert, action="unsent")
    for text in (caplog.text, step.note, row.error):
        assert SECRET not in text
        assert "key=1" not in text


def test_a_message_whose_worker_died_is_sent_by_another(receiver, private):  # noqa: F811
    rule(webhooks=[webhook(receiver.url)])
    opened()
    Delivery.objects.update(attempts=1, due=sending.lease())
    assert sending.send_due() == 0
    due_now()
    assert Delivery.objects.get().state == "sent"


def test_a_private_address_is_given_up_at_once(receiver):  # noqa: F811
    rule(webhooks=[webhook(receiver.url)])
    opened()
    sending.send_due()
    assert Delivery.objects.get().state == "given_up"
    assert receiver.taken == []


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 10, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (at(21, 59), at(21, 59)),
        (at(22), at(7) + timedelta(days=1)),
        (at(23, 30), at(7) + timedelta(days=1)),
        (at(3), at(7)),
        (at(7), at(7)),
        (at(12), at(12)),
    ],
)
def test_quiet_hours_reach_over_midnight(now, allowed):
    quiet = AlertSettings(quiet_from=time(22), quiet_to=time(7))
    assert next_allowed(now, "warning", True, quiet) == allowed
    assert next_allowed(now, "critical", True, quiet) == now
    assert next_allowed(now, "warning", False, quiet) == now
    quiet.critical_passes = False
    assert next_allowed(now, "critical", True, quiet) == allowed


def test_quiet_hours_are_the_sites(settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    timezone.get_default_timezone.cache_clear()
    try:
        quiet = AlertSettings(quiet_from=time(22), quiet_to=time(7))
        assert next_allowed(at(14), "notice", True, quiet) == at(23)
        assert next_allowed(at(13, 59), "notice", True, quiet) == at(13, 59)
    finally:
        settings.TIME_ZONE = "UTC"
        timezone.get_default_timezone.cache_clear()


def test_what_was_over_before_morning_is_told_in_one_message():
    now = timezone.localtime(timezone.now(), timezone.get_default_timezone())
    begin = (now - timedelta(hours=1)).time()
    AlertSettings.objects.create(quiet_from=begin, quiet_to=(now + timedelta(hours=1)).time())
    rule(owner=person("mona"))
    opened()
    assert sending.send_due() == 0
    Bucket.objects.update(no_answer=0)
    decide()
    AlertSettings.objects.update(quiet_from=None, quiet_to=None)
    due_now()
    assert len(mail.outbox) == 1
    assert "No longer holds since" in mail.outbox[0].body
    assert "State: Closed" in mail.outbox[0].body


def test_whoever_has_left_is_not_written_to():
    owner = person("mona")
    rule(owner=owner)
    opened()
    owner.is_active = False
    owner.save()
    sending.send_due()
    assert mail.outbox == []
    assert Delivery.objects.get().state == "dropped"


def test_the_end_is_told_to_whoever_heard_of_the_beginning():
    owner = person("mona")
    rule(owner=owner)
    alert = opened()
    sending.send_due()
    states.acknowledge(alert, owner)
    Bucket.objects.update(no_answer=0)
    decide()
    sending.send_due()
    assert ["no longer holds" in message.subject for message in mail.outbox] == [False, True]
