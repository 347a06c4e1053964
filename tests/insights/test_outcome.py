"""Before and after an answer: the searches and contacts of a gap, whatever they found."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from search.insights import states
from search.insights.coverage import keeping
from search.insights.models import Gap, GapHistory, State
from search.insights.outcome import outcome_of
from search.journeys.models import Search
from tests.journeys.making import search

from .coverage.making import ask, frequent
from .making import member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def by_words(settings):
    settings.EMBEDDINGS = "off"


def searched(days_ago: float, number: int = 1, query: str = "gift cards", **found) -> None:
    """So many people search so many days ago."""
    at = timezone.now() - days_ago * DAY
    for _ in range(number):
        client = f"person-{Search.objects.count():012d}"
        query_id = search(query, client, **found)
        Search.objects.filter(query_id=query_id).update(created=at, updated=at)


def closed(days_ago: float) -> Gap:
    """The gap, closed by an answer published then."""
    gap = Gap.objects.first()
    states.move(gap, State.VERIFYING, states.Action.VERIFYING)
    states.move(gap, State.CLOSED, states.Action.CLOSED)
    at = timezone.now() - days_ago * DAY
    GapHistory.objects.filter(action__in=("verifying", "closed")).update(created=at)
    return gap


FOUND = {"total": 3, "answered": True, "hits": ((1, 1),)}


def test_nothing_is_said_before_anything_was_published():
    searched(3)
    assert outcome_of(Gap.objects.get()) is None


def test_searches_count_on_the_side_on_which_they_were_made_found_or_not():
    searched(20, 4)
    searched(12, 2, "cards: gift")
    searched(5, 3, **FOUND)
    searched(5, 7, "return my order", **FOUND)
    outcome = outcome_of(closed(10))
    assert (outcome.before.intents, outcome.before.no_results) == (6, 6)
    assert (outcome.after.intents, outcome.after.no_results) == (3, 0)
    assert outcome.before.weeks == pytest.approx(4)
    assert outcome.after.weeks == pytest.approx(10 / 7)
    assert sum(span.intents for span in outcome.weeks) == 9
    assert [span.intents for span in outcome.weeks] == [0, 0, 4, 2, 3, 0]


def test_what_is_older_than_four_weeks_before_is_left_out():
    searched(60, 5)
    searched(15)
    assert outcome_of(closed(10)).before.intents == 1


def test_robots_and_other_languages_are_left_out():
    searched(15)
    searched(14, 2, who="robot")
    searched(14, 2, locale="zh-hans")
    assert outcome_of(closed(10)).before.intents == 1


def test_an_intent_in_which_something_was_found_had_results():
    searched(15)
    gap = closed(10)
    first = Search.objects.get()
    searched(15, 1, "kettle lid", **FOUND)
    Search.objects.exclude(pk=first.pk).update(intent_id=first.intent_id)
    before = outcome_of(gap).before
    assert (before.intents, before.no_results) == (1, 0)


def test_questions_to_agents_are_contacts_each_conversation_once(index):
    group = frequent("x", {"gift cards": 4}, last=timezone.now() - 11 * DAY)
    keeping.check(group)
    ask(group, "gift cards", 2, last=timezone.now() - 2 * DAY)
    from search.insights.models import Question

    recent = Question.objects.filter(asked__gte=timezone.now() - 5 * DAY)
    recent.update(conversation="ab" * 16)
    outcome = outcome_of(closed(10))
    assert (outcome.before.contacts, outcome.after.contacts) == (4, 1)


def test_searches_with_the_words_of_its_frequent_question_belong_to_it(index):
    keeping.check(frequent("x", {"gift cards": 4}, last=timezone.now() - 11 * DAY))
    searched(3, 2, "gift cards", **FOUND)
    assert outcome_of(closed(10)).after.intents == 2


def test_after_reopening_the_latest_publication_counts():
    searched(45, 3)
    searched(15, 2)
    gap = closed(30)
    states.reopen(gap)
    states.move(gap, State.VERIFYING, states.Action.VERIFYING)
    states.move(gap, State.CLOSED, states.Action.CLOSED)
    late = timezone.now() - 10 * DAY
    latest = gap.history.filter(action__in=("verifying", "closed")).order_by("-pk")[:2]
    GapHistory.objects.filter(pk__in=[step.pk for step in latest]).update(created=late)
    outcome = outcome_of(gap)
    assert outcome.published == late
    assert outcome.before.intents == 2


def test_the_page_draws_it_and_says_where_there_are_too_few(client):
    client.force_login(member("Managers"))
    searched(20, 2)
    address = reverse("insights:gap", args=[Gap.objects.get().pk])
    assert "Before and after" not in client.get(address).content.decode()
    closed(10)
    page = client.get(address)
    text = page.content.decode()
    assert "what they say may be chance" in text
    assert "n too small" in text
    assert text.count("data-chart=") == 1
    table = page.context["outcome_table"]
    assert table.rows[0]["before"].value == 0.5


def test_the_page_says_what_is_more_than_chance(client):
    client.force_login(member("Managers"))
    searched(20, 40)
    searched(3, 40, **FOUND)
    closed(10)
    page = client.get(reverse("insights:gap", args=[Gap.objects.get().pk]))
    told = [row["told"].text for row in page.context["outcome_table"].rows]
    assert told == ["more than before", "fewer than before", "chance may explain the difference"]
    assert "what they say may be chance" not in page.content.decode()
