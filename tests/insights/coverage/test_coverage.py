"""Whether frequent questions are covered: asked in customers' words, kept with the evidence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.insights.coverage import keeping
from search.insights.coverage.asking import WORDINGS
from search.insights.coverage.models import Coverage, CoverageStep, Helped, State
from search.insights.metrics import counting
from search.insights.metrics.declared import METRICS
from search.insights.metrics.reading import Scope, read
from search.insights.models import QuestionGroup
from search.insights.questions import deciding
from search.journeys.models import Search
from tests import factories
from tests.insights.making import member
from tests.journeys.making import event

from .making import ask, frequent

pytestmark = pytest.mark.django_db
RETURN = {"How do I return an order?": 6, "return my order please": 4}


@pytest.fixture(autouse=True)
def by_words(settings):
    settings.EMBEDDINGS = "off"


@pytest.fixture
def returns(index):
    entry = factories.faq("How do I return an order?", phrasings=["return my order"])
    factories.article("Sign in with Facebook", body="facebook account")
    index.drain()
    return entry


def test_a_question_whose_article_comes_first_is_covered(returns):
    group = frequent("How do I return an order?", RETURN)
    coverage = keeping.check(group)
    assert coverage.state == State.COVERED
    assert coverage.entry_id == returns.pk
    assert (coverage.found, coverage.whole) == (10, 10)
    assert [(row["text"], row["number"], row["rank"]) for row in coverage.seen] == [
        ("How do I return an order?", 6, 1),
        ("return my order please", 4, 1),
    ]


def test_found_by_some_words_only_it_is_found_badly(returns):
    group = frequent("x", {"How do I return an order?": 6, "moolah for my kettle": 4})
    coverage = keeping.check(group)
    assert coverage.state == State.BADLY
    assert coverage.entry_id == returns.pk
    assert (coverage.found, coverage.whole) == (6, 10)
    assert [row["rank"] for row in coverage.seen] == [1, 0]


def test_what_no_entry_answers_is_not_covered(returns):
    coverage = keeping.check(frequent("x", {"Do you sell gift cards?": 5}))
    assert coverage.state == State.MISSING
    assert coverage.entry is None


def test_an_answer_for_agents_covers_no_customer(index):
    factories.faq("Goodwill voucher for a late parcel", audience="agents")
    index.drain()
    coverage = keeping.check(frequent("x", {"goodwill voucher for a late parcel": 5}))
    assert coverage.state == State.MISSING
    assert [row["first"] for row in coverage.seen] == [0]


def test_ignored_is_ignored(returns):
    group = frequent("x", {"Do you sell gift cards?": 5})
    deciding.ignore(group, member("Writers"))
    assert group.coverage.state == State.IGNORED


def test_asking_is_recorded_as_nobodys_search(returns):
    keeping.check(frequent("x", RETURN))
    assert not Search.objects.exists()


def test_so_many_wordings_are_asked_the_commonest_first(returns):
    wordings = {f"return order number {letter}": 1 for letter in "abcdefghijklmno"}
    coverage = keeping.check(frequent("x", {**wordings, "return an order": 9}))
    assert len(coverage.seen) == WORDINGS
    assert coverage.seen[0]["number"] == 9


def test_helped_is_known_from_votes_and_else_not(returns):
    group = frequent("x", RETURN)
    assert keeping.check(group).helped == Helped.UNKNOWN
    for number in range(6):
        event("read", client=f"reader-{number:012d}", object_id=returns.pk, locale="en")
        event(
            "vote",
            client=f"reader-{number:012d}",
            object_id=returns.pk,
            helpful=number > 3,
            locale="en",
        )
    coverage = keeping.check(group)
    assert (coverage.yes, coverage.no, coverage.reads) == (2, 4, 6)
    assert coverage.helped == Helped.NO


def test_a_new_article_has_what_is_uncovered_looked_at_again(returns, index):
    covered, missing = frequent("x", RETURN), frequent("y", {"Do you sell gift cards?": 5})
    assert keeping.check_due() == 2
    assert keeping.check_due() == 0
    factories.faq("Do you sell gift cards?")
    index.drain()
    due = Coverage.objects.filter(due=True).values_list("group", flat=True)
    assert list(due) == [missing.pk]
    assert keeping.check_due() == 1
    assert Coverage.objects.get(group=missing).state == State.COVERED
    assert Coverage.objects.get(group=covered).state == State.COVERED


def test_one_run_after_changes_is_bounded_and_begins_with_the_most_asked(returns):
    few, many = frequent("x", {"gift cards": 1}), frequent("y", {"warranty for kettles": 9})
    assert keeping.check_due(1) == 1
    assert not Coverage.objects.filter(group=few).exists()
    assert Coverage.objects.filter(group=many).exists()


def figures(locale=""):
    counting.count_due()
    today = timezone.localdate()
    scope = Scope(today - timedelta(days=29), today, locale=locale)
    sums = read(scope, METRICS["coverage"].columns).now
    return sums["covered"], sums["asked"]


def test_the_figure_weighs_each_question_by_how_often_it_is_asked(returns):
    frequent("x", RETURN)
    frequent("y", {"Do you sell gift cards?": 5})
    keeping.check_all()
    assert figures() == (10, 15)
    assert METRICS["coverage"].of({"covered": 10, "asked": 15}, 5).value == pytest.approx(2 / 3)


def test_the_figure_is_narrowed_by_the_language_of_the_question(returns):
    frequent("x", RETURN)
    frequent("礼品卡", {"有礼品卡吗": 5}, locale="zh-hans")
    keeping.check_all()
    assert figures("zh-hans") == (0, 5)
    assert figures("en") == (10, 10)


def test_questions_count_as_it_was_when_they_were_asked(returns, index):
    """Before the article, and after it: the course shows when it came."""
    group = frequent("y", {"Do you sell gift cards?": 5})
    keeping.check(group)
    factories.faq("Do you sell gift cards?")
    index.drain()
    keeping.check(group)
    steps = list(CoverageStep.objects.values_list("state", flat=True))
    assert steps == [State.MISSING, State.COVERED]
    assert figures() == (0, 5)
    ask(group, "Do you sell gift cards?", 3, last=timezone.now() + timedelta(days=2, hours=1))
    counting.count_due()
    today = timezone.localdate() + timedelta(days=3)
    sums = read(Scope(today - timedelta(days=10), today), METRICS["coverage"].columns).now
    assert sums == {"covered": 3, "asked": 8}


def test_what_somebody_ignores_leaves_the_figure(returns):
    group = frequent("y", {"Do you sell gift cards?": 5})
    frequent("x", RETURN)
    keeping.check_all()
    assert figures() == (10, 15)
    deciding.ignore(group, member("Writers"))
    assert figures() == (10, 10)


def test_counting_anew_comes_out_equal(returns):
    frequent("x", RETURN)
    frequent("y", {"Do you sell gift cards?": 5})
    keeping.check_all()
    first = figures()
    from search.insights.metrics.due import every_day

    counting.count(every_day())
    assert figures() == first


def test_a_grouping_is_followed_by_a_look(index):
    from search.insights.models import QuestionImport
    from search.insights.questions.fields import Row
    from search.insights.questions.keeping import Keeper
    from search.insights.questions.runs import group_questions
    from tests.insights.questions.making import messages

    record = QuestionImport.objects.create(source="test")
    Keeper(record).keep([(Row(text=text), False) for _asked, text in messages()])
    group_questions()
    groups = QuestionGroup.objects.filter(texts_count__gt=0)
    assert groups.count() > 3
    assert not groups.filter(coverage=None).exists()
