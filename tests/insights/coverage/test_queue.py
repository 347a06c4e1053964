"""Frequent questions without an answer in the one queue, and out of it by proof."""

import pytest
from django.urls import reverse

from search.insights import answers, verification
from search.insights.coverage import keeping
from search.insights.coverage.models import Coverage
from search.insights.diagnosis.keeping import diagnose
from search.insights.diagnosis.models import Kind
from search.insights.models import Gap, GapEvidence, Reason, State
from search.insights.questions import deciding
from tests import factories
from tests.insights.making import category, member
from tests.journeys.making import search

from .making import ask, frequent

pytestmark = pytest.mark.django_db
GIFT = {"Do you sell gift cards?": 6, "gift cards for sale": 4}


@pytest.fixture(autouse=True)
def by_words(settings):
    settings.EMBEDDINGS = "off"


@pytest.fixture
def shop(index):
    factories.faq("How do I return an order?", phrasings=["return my order"])
    index.drain()
    return index


def test_what_is_not_covered_is_a_gap_with_its_people_and_contacts(shop):
    group = frequent("Do you sell gift cards?", GIFT)
    keeping.check(group)
    gap = Gap.objects.get()
    assert (gap.question, gap.locale) == ("Do you sell gift cards?", "en")
    assert (gap.people, gap.asked, gap.week_contacts) == (10, 10, 10)
    assert gap.contacts_a_week == pytest.approx(10 / gap.weeks)


def test_what_is_covered_is_none(shop):
    keeping.check(frequent("x", {"How do I return an order?": 5}))
    assert not Gap.objects.exists()


def test_searches_with_the_same_words_and_the_question_are_one_gap(shop):
    search("gift cards for sale", total=0)
    keeping.check(frequent("Do you sell gift cards?", GIFT))
    gap = Gap.objects.get()
    assert (gap.no_answer, gap.asked, gap.people) == (1, 10, 11)
    search("sale: gift cards", "bob-0123456789abcdef", total=0)
    assert Gap.objects.get().people == 12


def test_searches_that_come_later_with_other_words_of_the_question_join_its_gap(shop):
    group = frequent("Do you sell gift cards?", GIFT)
    keeping.check(group)
    own = Gap.objects.get()
    search("sell gift cards", "bob-0123456789abcdef", total=0)
    ask(group, "Can I buy gift cards?", 3)
    search("buy gift cards", "eve-0123456789abcdef", total=0)
    assert Gap.objects.filter(joined_into=None).count() == 2
    keeping.check(group)
    waiting = Gap.objects.get(joined_into=None)
    assert (waiting.pk, waiting.asked, waiting.people) == (own.pk, 13, 15)


def test_the_queue_lists_it_and_filters_by_where_it_comes_from(shop, client):
    keeping.check(frequent("Do you sell gift cards?", GIFT))
    search("warranty", total=0)
    client.force_login(member("Writers"))
    listed = client.get(reverse("insights:gaps"), {"reason": "asked"}).content.decode()
    assert "Do you sell gift cards?" in listed
    assert "warranty" not in listed


def test_its_diagnosis_is_made_of_the_wordings(shop):
    keeping.check(frequent("x", GIFT))
    assert diagnose(Gap.objects.get()).kind == Kind.MISSING
    group = frequent("y", {"return my order": 5, "moolah for a kettle": 4})
    keeping.check(group)
    group.refresh_from_db()
    assert diagnose(group.gap).kind == Kind.NOT_FINDABLE


def test_the_answer_is_written_from_the_wordings_and_closes_it_by_replay(shop):
    group = frequent("Do you sell gift cards?", GIFT)
    keeping.check(group)
    category()
    entry = answers.write_answer(Gap.objects.get(), member("Writers"))
    assert entry.title == "Do you sell gift cards?"
    assert [p.text for p in entry.phrasings.all()] == ["gift cards for sale"]
    assert Gap.objects.get().state == State.IN_WORK
    entry.save_revision().publish()
    shop.drain()
    gap = Gap.objects.get()
    assert gap.state == State.CLOSED
    assert gap.history.filter(action="closed").get().data["found"] == 10
    assert keeping.check_due() == 1
    assert Coverage.objects.get(group=group).state == "covered"


def test_an_answer_from_elsewhere_closes_it_with_its_proof(shop):
    group = frequent("Do you sell gift cards?", GIFT)
    keeping.check(group)
    entry = factories.faq("Do you sell gift cards?", phrasings=["gift cards for sale"])
    shop.drain()
    keeping.check_due()
    gap = Gap.objects.get()
    assert (gap.state, gap.entry_id) == (State.CLOSED, entry.pk)
    assert gap.history.filter(action="closed").get().note == "10/10"


def test_it_stays_open_while_most_words_do_not_find_it(shop):
    keeping.check(frequent("Do you sell gift cards?", {**GIFT, "vouchers as a present": 30}))
    entry = factories.faq("Do you sell gift cards?")
    shop.drain()
    verification.link(Gap.objects.get(), entry, member("Writers"))
    assert Gap.objects.get().state == State.IN_WORK


def test_new_questions_that_do_not_find_it_open_it_again(shop):
    group = frequent("Do you sell gift cards?", GIFT)
    keeping.check(group)
    factories.faq("Do you sell gift cards?", phrasings=["gift cards for sale"])
    shop.drain()
    keeping.check_due()
    assert Gap.objects.get().state == State.CLOSED
    ask(group, "vouchers as a present", 30)
    keeping.check(group)
    assert Gap.objects.get().state == State.OPEN


def test_looking_again_counts_nobody_twice(shop):
    group = frequent("x", GIFT)
    keeping.check(group)
    keeping.check(group)
    assert GapEvidence.objects.count() == 10
    ask(group, "gift cards for sale", 2)
    keeping.check(group)
    assert Gap.objects.get().asked == 12


def test_questions_that_moved_are_evidence_where_they_are_now(shop):
    one, other = frequent("x", GIFT), frequent("y", {"warranty on kettles": 5})
    keeping.check_all()
    text = one.texts.get(text="gift cards for sale")
    text.group = other
    text.save()
    keeping.check_all()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.gap.asked, other.gap.asked) == (6, 9)


def test_a_merged_question_leaves_no_gap_behind(shop):
    one, other = frequent("x", GIFT), frequent("y", {"warranty on kettles": 5})
    keeping.check_all()
    deciding.merge(one, [other], member("Writers"))
    keeping.check_all()
    waiting = Gap.objects.filter(state=State.OPEN)
    assert [gap.asked for gap in waiting] == [15]


def test_ignoring_the_question_takes_its_gap_from_the_queue_and_reopening_brings_it_back(shop):
    group, writer = frequent("x", GIFT), member("Writers")
    keeping.check(group)
    deciding.ignore(group, writer)
    assert Gap.objects.get().state == State.IGNORED
    deciding.reopen(group, writer)
    keeping.check_due()
    gap = Gap.objects.get()
    assert (gap.state, gap.asked) == (State.OPEN, 10)


def test_failed_searches_stay_when_the_question_is_ignored(shop):
    search("gift cards for sale", total=0)
    group = frequent("x", GIFT)
    keeping.check(group)
    deciding.ignore(group, member("Writers"))
    gap = Gap.objects.get()
    assert (gap.state, gap.people, gap.asked) == (State.OPEN, 1, 0)


def test_who_asked_without_a_key_is_one_person_each(shop):
    group = frequent("x", GIFT)
    from search.insights.models import Question

    Question.objects.update(customer="")
    keeping.check(group)
    assert Gap.objects.get().people == 10
    assert set(GapEvidence.objects.values_list("reason", flat=True)) == {Reason.ASKED}
