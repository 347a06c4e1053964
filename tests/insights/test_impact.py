"""What a gap costs a week, by when it is due, what is said of it, and what its owner is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from search.insights import states
from search.insights.figures import impact, recount
from search.insights.metrics.intervals import poisson
from search.insights.models import Gap, GapEvidence
from tests.journeys.making import search

from .making import member

pytestmark = pytest.mark.django_db


def _gap(people_by_week: list[int]) -> Gap:
    """So many people in each of the last weeks, the latest first."""
    for week, people in enumerate(people_by_week):
        for number in range(people):
            query_id = search("warranty", f"person-{week}-{number:012d}")
            when = timezone.now() - timedelta(days=7 * week + 3)
            GapEvidence.objects.filter(query_id=query_id).update(created=when)
    gap = Gap.objects.get()
    recount([gap.pk])
    gap.refresh_from_db()
    return gap


def test_people_a_week_is_the_mean_of_four_weeks() -> None:
    gap = _gap([3, 1, 0, 2])
    assert gap.week_people == 6
    assert gap.people_a_week == pytest.approx(6 / gap.weeks)
    assert gap.weeks == pytest.approx(24 / 7, abs=0.01)


def test_a_gap_of_today_counts_as_one_week() -> None:
    search("warranty")
    assert Gap.objects.get().people_a_week == 1


@pytest.mark.parametrize(
    ("n", "low", "high"), [(0, 0, 3.69), (1, 0.025, 5.57), (5, 1.62, 11.67), (19, 11.44, 29.67)]
)
def test_the_interval_is_that_of_the_exact_tables(n: int, low: float, high: float) -> None:
    assert poisson(n) == pytest.approx((low, high), abs=0.03)


def test_many_need_no_interval() -> None:
    assert impact(40, 4).low is None


def test_the_queue_begins_with_what_most_people_meet_now(client) -> None:
    client.force_login(member("Writers"))
    search("warranty")
    for number in range(3):
        search("refund", f"person-{number:012d}")
    listed = client.get(reverse("insights:gaps")).content.decode()
    assert 0 < listed.index("refund") < listed.index("warranty")


def test_who_is_given_a_gap_is_told_without_what_was_searched_for(
    django_capture_on_commit_callbacks,
) -> None:
    search("warranty")
    gap, writer, manager = Gap.objects.get(), member("Writers"), member("Managers")
    with django_capture_on_commit_callbacks(execute=True):
        states.assign(gap, writer, manager)
    with django_capture_on_commit_callbacks(execute=True):
        states.ignore(gap, manager)
        states.reopen(gap)
    assert [letter.to for letter in mail.outbox] == [[writer.email]] * 2
    assert all("warranty" not in letter.subject + letter.body for letter in mail.outbox)
    assert all(reverse("insights:gap", args=[gap.pk]) in letter.body for letter in mail.outbox)


def test_who_takes_a_gap_is_not_told(django_capture_on_commit_callbacks) -> None:
    search("warranty")
    writer = member("Writers")
    with django_capture_on_commit_callbacks(execute=True):
        states.take(Gap.objects.get(), writer)
    assert mail.outbox == []


def test_comments_and_due_dates_are_kept_with_their_author(client) -> None:
    search("warranty")
    gap, writer = Gap.objects.get(), member("Writers")
    client.force_login(writer)
    yesterday = timezone.localdate() - timedelta(days=1)
    for action, values in (
        ("comment", {"comment": "Ask the workshop."}),
        ("due", {"due": yesterday.isoformat()}),
        ("due", {"due": "soon"}),
        ("comment", {"comment": " "}),
    ):
        client.post(reverse("insights:gap_action", args=[gap.pk, action]), values)
    gap.refresh_from_db()
    assert gap.due == yesterday
    assert [(step.action, step.user) for step in gap.history.all()[:2]] == [
        ("due", writer),
        ("commented", writer),
    ]
    page = client.get(reverse("insights:gap", args=[gap.pk])).content.decode()
    assert "Ask the workshop." in page
    assert "overdue" in client.get(reverse("insights:gaps")).content.decode()


def test_who_may_only_look_does_not_comment(client) -> None:
    search("warranty")
    gap = Gap.objects.get()
    client.force_login(member("Agents"))
    client.post(reverse("insights:gap_action", args=[gap.pk, "comment"]), {"comment": "Hello"})
    assert not gap.history.filter(action="commented").exists()
