"""Those in charge hear by mail of what does not work, and of its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.troubles import telling
from cms.troubles.finding import KINDS, found, sentence
from cms.troubles.models import Trouble
from cms.worker.models import JobRun
from content.roles import ADMINISTRATORS
from search.index.models import OutboxRow
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(index, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    telling._told_here.clear()
    user = get_user_model().objects.create_user
    ada = user("ada", "ada@example.com")
    ada.groups.add(Group.objects.get(name=ADMINISTRATORS))
    lin = user("lin", "lin@example.com", is_superuser=True)
    UserProfile.objects.create(user=lin, preferred_language="zh-hans")
    user("writer", "writer@example.com")
    user("gone", "gone@example.com", is_superuser=True, is_active=False)


def make_late() -> None:
    factories.article("Kettle")
    OutboxRow.objects.update(created=timezone.now() - timedelta(minutes=9))


def a_minute_later() -> None:
    Trouble.objects.update(since=timezone.now() - timedelta(minutes=1))
    telling.tell()


def test_nothing_is_said_while_all_works(people):
    telling.tell()
    assert not mail.outbox
    assert not Trouble.objects.exists()


def test_what_lasts_is_told_once_to_each_administrator_in_his_language(people):
    make_late()
    telling.tell()
    assert not mail.outbox
    a_minute_later()
    telling.tell()
    texts = {message.bcc[0]: message.subject + message.body for message in mail.outbox}
    assert set(texts) == {"ada@example.com", "lin@example.com"}
    assert len(mail.outbox) == 2
    assert "for 9 minutes" in texts["ada@example.com"]
    assert "分钟" in texts["lin@example.com"]
    assert all(not message.to for message in mail.outbox)


def test_it_is_told_again_after_a_day_and_when_it_is_over(people, index):
    make_late()
    telling.tell()
    a_minute_later()
    mail.outbox.clear()
    Trouble.objects.update(told=timezone.now() - timedelta(hours=25))
    telling._told_here.clear()
    telling.tell()
    assert "for 9 minutes" in mail.outbox[0].body
    mail.outbox.clear()
    index.drain()
    telling.tell()
    assert "No change waits" in mail.outbox[0].body + mail.outbox[1].body
    assert not Trouble.objects.exists()


def test_what_was_short_is_nobodys_concern(people, index):
    make_late()
    telling.tell()
    index.drain()
    telling.tell()
    assert not mail.outbox
    assert not Trouble.objects.exists()


def test_what_could_not_be_sent_is_sent_later(people, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    make_late()
    telling.tell()
    a_minute_later()
    assert Trouble.objects.get().told is None
    settings.EMAIL_BACKEND = working
    telling.tell()
    assert len(mail.outbox) == 2


def test_a_database_that_takes_nothing_makes_one_mail_and_not_one_a_minute(people, monkeypatch):
    def refuse(*given, **named):
        raise OperationalError("database or disk is full")

    make_late()
    monkeypatch.setattr(QuerySet, "bulk_create", refuse)
    for _minute in range(3):
        telling.tell()
    assert len(mail.outbox) == 2


def test_a_folder_that_cannot_be_written_is_found(people, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "unmounted"
    assert "read_only" in found()


def test_a_set_aside_change_and_a_failed_job_are_found(people):
    factories.article("Kettle")
    OutboxRow.objects.update(set_aside=timezone.now())
    JobRun.objects.create(name="compare", last_run=timezone.now(), failure="Traceback …")
    assert found() == {"set_aside": {"number": 1}, "job:compare": {"job": "compare"}}


def test_every_kind_has_its_sentence():
    named = {"minutes": 1, "waiting": 1, "number": 1, "free": 1, "job": "x"}
    assert all(sentence(kind, named) for kind in KINDS)
