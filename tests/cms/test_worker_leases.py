"""A scheduled job runs once, whoever is there to run it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cms.worker import leases, loops
from cms.worker.jobs import Job, all_jobs
from cms.worker.models import JobRun

pytestmark = pytest.mark.django_db


def job(run=lambda: None, every: int | str = 60) -> Job:
    return Job("count sheep", every, run)


def overdue(one: Job) -> None:
    leases.announce([one])
    JobRun.objects.update(last_run=timezone.now() - timedelta(days=2))


def test_a_new_job_is_first_due_one_period_from_now():
    leases.announce([job()])
    now = timezone.now()
    assert leases.due([job()], now) == []
    assert [j.name for j in leases.due([job()], now + timedelta(seconds=61))] == ["count sheep"]


def test_of_two_workers_one_gets_the_job():
    overdue(job())
    now = timezone.now()
    assert leases.claim(job(), "first", now)
    assert not leases.claim(job(), "second", now)


def test_another_worker_takes_over_when_the_first_has_died():
    overdue(job())
    now = timezone.now()
    assert leases.claim(job(), "first", now)
    assert leases.claim(job(), "second", now + leases.LEASE + timedelta(seconds=1))


def test_a_living_worker_keeps_its_long_job():
    overdue(job())
    now = timezone.now() - timedelta(seconds=50)
    assert leases.claim(job(), "first", now)
    leases.renew("first")
    assert not leases.claim(job(), "second", now + leases.LEASE + timedelta(seconds=1))


def test_a_job_given_back_is_not_due_until_its_time_comes_again():
    overdue(job())
    now = timezone.now()
    leases.claim(job(), "first", now)
    leases.release(job(), "first", now)
    assert leases.due([job()], now + timedelta(seconds=30)) == []
    assert leases.due([job()], now + timedelta(seconds=61))


def test_a_stopping_worker_leaves_its_job_to_the_next_one():
    overdue(job())
    leases.claim(job(), "first", timezone.now())
    leases.abandon("first")
    assert leases.claim(job(), "second", timezone.now())


def test_a_daily_job_is_due_after_its_hour_and_not_before():
    daily = job(every="03:10")
    before, after = datetime(2026, 3, 5, 3, 9, tzinfo=UTC), datetime(2026, 3, 5, 3, 11, tzinfo=UTC)
    assert daily.latest_due(before) == datetime(2026, 3, 4, 3, 10, tzinfo=UTC)
    assert daily.latest_due(after) == datetime(2026, 3, 5, 3, 10, tzinfo=UTC)


def test_a_failing_job_says_why_and_is_given_back(caplog):
    def fail() -> None:
        raise ValueError("no sheep")

    broken = job(fail)
    overdue(broken)
    table = loops.Timetable("first", [broken])
    assert leases.claim(broken, "first", timezone.now())
    table.run(broken)
    row = JobRun.objects.get()
    assert row.failure == "ValueError: no sheep"
    assert row.leased_until is None
    assert "count sheep" in caplog.text


def test_every_room_s_jobs_have_names_of_their_own():
    names = [each.name for each in all_jobs()]
    assert len(names) == len(set(names)) >= 5
