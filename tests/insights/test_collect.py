"""Failed searches become gaps, counted in people and intents."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.insights import collect, figures, states
from search.insights.models import Gap, GapEvidence, State
from search.journeys import Journey
from search.journeys.contacts import create_contact
from search.journeys.models import Search
from tests.journeys.making import event, search

pytestmark = pytest.mark.django_db


def who(number: int) -> str:
    return f"person-{number:012d}"


def test_a_search_without_an_answer_is_a_gap_at_once() -> None:
    search("warranty card lost")
    gap = Gap.objects.get()
    assert (gap.question, gap.people, gap.intents) == ("warranty card lost", 1, 1)
    assert (gap.no_answer, gap.state, gap.locale) == (1, State.OPEN, "en")
    assert gap.history.get().action == "opened"


def test_order_form_and_small_words_do_not_matter() -> None:
    search("lost my warranty card", who(1))
    search("Warranty cards lost?", who(2))
    search("I have lost the card of my warranty", who(3))
    gap = Gap.objects.get()
    assert (gap.people, gap.intents) == (3, 3)


def test_both_chinese_scripts_are_one_gap() -> None:
    search("保修卡丢失", who(1), locale="zh-hans")
    search("保修卡丟失", who(2), locale="zh-hant")
    search("保修卡丢失", who(3), locale="zh-hans")
    gap = Gap.objects.get()
    assert (gap.people, gap.locale, gap.question) == (3, "zh-hans", "保修卡丢失")


def test_people_and_intents_are_not_searches() -> None:
    for second in range(3):
        search("warranty card", created=timezone.now() - timedelta(seconds=60 - second * 20))
    gap = Gap.objects.get()
    assert (gap.people, gap.intents, gap.no_answer) == (1, 1, 3)


def test_typing_is_no_failure_until_it_stops() -> None:
    search("warr", prefix=True, channel="suggest")
    assert not Gap.objects.exists()
    search("warranty card lost", channel="site")
    assert [g.question for g in Gap.objects.all()] == ["warranty card lost"]


@pytest.mark.parametrize("kind", ["robot", "staff"])
def test_crawlers_and_staff_make_no_gaps(kind: str) -> None:
    search("warranty card", who=kind)
    assert not Gap.objects.exists()


@pytest.mark.parametrize("channel", ["replay", "test", "contact"])
def test_replays_tests_and_the_contact_form_make_no_gaps(channel: str) -> None:
    search("warranty card", channel=channel)
    assert not Gap.objects.exists()


def test_results_without_a_click_are_a_gap_after_half_an_hour() -> None:
    ago = timezone.now() - timedelta(minutes=31)
    search("warranty", who(1), answered=True, total=2, created=ago)
    search("refund", who(2), answered=True, total=2)
    clicked = search("delivery", who(3), answered=True, total=2, created=ago)
    event("click", clicked, client=who(3), object_id=1)
    assert collect.collect_unclicked() == 1
    assert collect.collect_unclicked() == 0
    assert Gap.objects.get().no_click == 1


def test_a_click_later_in_the_same_intent_makes_up_for_a_search_without() -> None:
    ago = timezone.now() - timedelta(minutes=40)
    search("warranty", answered=True, total=2, created=ago)
    better = search("warranty card", answered=True, total=2, created=ago + timedelta(seconds=20))
    event("click", better, object_id=1)
    assert collect.collect_unclicked() == 0


def test_a_search_that_ended_in_a_contact_is_a_gap() -> None:
    search("warranty", answered=True, total=2)
    create_contact(Journey("ann-0123456789abcdef"), "It broke", "a@b.cn", "en")
    assert Gap.objects.get().contact == 1


def test_an_agents_flag_is_a_gap_and_a_customers_is_not() -> None:
    asked = search("warranty", answered=True, total=2, who="agent", channel="desk")
    event("not_found", asked, who="agent", channel="desk")
    other = search("refund", who(2), answered=True, total=2)
    event("not_found", other, client=who(2))
    gap = Gap.objects.get()
    assert (gap.question, gap.flagged) == ("warranty", 1)
    assert GapEvidence.objects.get().kind == "agent"


def test_the_weeks_move_on() -> None:
    for days in (1, 2, 9):
        search("warranty", who(days), created=timezone.now() - timedelta(days=days))
    gap = Gap.objects.get()
    assert (gap.last_week, gap.previous_week, gap.trend) == (2, 1, 1)
    GapEvidence.objects.update(created=timezone.now() - timedelta(days=10))
    figures.recount_recent()
    gap.refresh_from_db()
    assert (gap.last_week, gap.previous_week, gap.trend) == (0, 3, -3)
    assert sum(bar.intents for bar in figures.weekly_bars(gap)) == 3


def test_a_closed_gap_that_finds_no_answer_again_is_open_again() -> None:
    search("warranty", who(1))
    gap = Gap.objects.get()
    states.move(gap, State.CLOSED, states.Action.CLOSED)
    search("warranty", who(2), created=timezone.now() + timedelta(seconds=1))
    gap.refresh_from_db()
    assert gap.state == State.OPEN
    assert gap.history.first().action == "reopened"


def test_an_ignored_gap_counts_on_and_stays_ignored() -> None:
    search("warranty", who(1))
    gap = Gap.objects.get()
    states.ignore(gap, None, "not ours")
    search("warranty", who(2))
    gap.refresh_from_db()
    assert (gap.state, gap.people) == (State.IGNORED, 2)


def test_collecting_everything_again_adds_nothing() -> None:
    search("warranty", who(1))
    search("refund", who(2))
    GapEvidence.objects.all().delete()
    Gap.objects.all().delete()
    assert collect.collect_all() == 2
    assert collect.collect_all() == 0
    assert Gap.objects.count() == 2


def test_retention_takes_the_evidence_too() -> None:
    from search.journeys.retention import apply_retention

    search("warranty", who(1), created=timezone.now() - timedelta(days=400))
    search("warranty", who(2))
    apply_retention()
    assert GapEvidence.objects.count() == Search.objects.count() == 1
    assert Gap.objects.get().people == 1
