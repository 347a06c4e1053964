"""Journeys whose truth is known come out exactly, and counting anew changes nothing."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Sum

from search.insights.metrics import counting, due, sketch
from search.insights.metrics.calendar import Hours
from search.insights.metrics.facts import SOURCES, Places, facts_in
from search.insights.metrics.models import ALL, COLUMNS, Asked, Bucket, CountedDay, People, Reading
from search.insights.questions.models import Question, QuestionText
from search.journeys.models import ChangedHour, Contact, Event, Search
from tests import factories

from .living import World, rate

START = datetime(2026, 3, 1, tzinfo=UTC)
IGNORED = {"reciprocal_squares"}


@pytest.fixture
def entries(db):
    return [factories.faq(f"Question {n}").pk for n in range(5)]


def told(entries, seed=1, scenes=200, days=3) -> World:
    """A world that has been told, of so many scenes in so many days."""
    world = World(seed, entries)
    for _ in range(scenes):
        at = START + timedelta(seconds=world.chance.randrange(days * 86_400))
        world.chance.choice(world.scenes())(at)
    world.records.sort(key=lambda record: record.at)
    world.tell()
    rate(world.truth, list(Contact.objects.order_by("pk")), world.chance)
    return world


def sums(kind: str, period: str = "day") -> Counter[str]:
    """What has been counted of one kind of visitor, without the columns that are 0."""
    rows = Bucket.objects.filter(kind=kind, period=period, category=ALL)
    found = rows.aggregate(**{name: Sum(name) for name in COLUMNS if name not in IGNORED})
    return Counter({name: number for name, number in found.items() if number})


def kept() -> list:
    """Everything that has been counted, in an order of its own."""
    rows = []
    for model in (Bucket, People, Asked, Reading):
        names = [f.name for f in model._meta.concrete_fields if f.name != "id"]
        rows += sorted(
            (model.__name__, *map(str, map(_plain, values)))
            for values in model.objects.values_list(*names)
        )
    return rows


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everything_comes_out_as_it_was_lived(entries, seed):
    world = told(entries, seed)
    counting.count_due()
    assert sums("customer") == +world.truth.customer
    assert sums("agent") == +world.truth.agent
    people = People.objects.filter(kind="customer", period="day").values_list("sketch", flat=True)
    assert sketch.count(sketch.merge(people)) == len(world.truth.people)
    assert not Bucket.objects.exclude(kind__in=["customer", "agent"]).exists()


def test_hours_add_up_to_days_days_to_months_and_questions_to_intents(entries):
    told(entries, days=40)
    counting.count_due()
    for kind in ("customer", "agent"):
        assert sums(kind, "hour") == sums(kind, "day") == sums(kind, "month")
        for period in ("day", "month"):
            asked = Asked.objects.filter(kind=kind, period=period)
            found = asked.aggregate(intents=Sum("intents"), no_answer=Sum("no_answer"))
            whole = sums(kind, period)
            assert found == {name: whole[name] for name in found}
    for period in ("day", "month"):
        by_category = Bucket.objects.filter(kind="customer", period=period).exclude(category=ALL)
        found = by_category.aggregate(intents=Sum("intents"), reads=Sum("reads"))
        whole = sums("customer", period)
        assert found == {name: whole[name] for name in found}
    read = Reading.objects.filter(period="month", kind="customer").aggregate(
        reads=Sum("reads"), votes=Sum("votes"), helpful=Sum("helpful")
    )
    assert read == {name: sums("customer", "month")[name] for name in read}


def test_facts_that_come_together_add_what_each_adds(entries):
    told(entries, scenes=600, days=1)
    window = (START, START + timedelta(days=3))
    one_by_one = [fact for source in SOURCES.values() for fact in source([window], Places())]
    together = list(facts_in([window], Places()))
    assert sum(fact.number for fact in together) == len(one_by_one) > len(together)
    assert added(together) == added(one_by_one)


def added(facts) -> dict[tuple, Counter[str]]:
    """What facts add, by hour, place, and what was read."""
    sums: dict[tuple, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        where = (Hours().of(fact.at), fact.source, fact.place, fact.reading, fact.question)
        sums[where].update(fact.adds)
    return {where: +counts for where, counts in sums.items()}


def test_counting_again_and_day_by_day_comes_out_equal(entries):
    told(entries)
    counting.count_due()
    once = kept()
    counting.count(due.every_day())
    assert kept() == once
    days = due.every_day()
    random.Random(1).shuffle(days)
    for day in days:
        counting.count([day])
    assert kept() == once


def test_as_it_happens_or_all_at_the_end_is_the_same(entries):
    """Records in whatever batches, counted in between; late ones reach back to their days."""
    world = World(5, entries)
    for _ in range(120):
        at = START + timedelta(seconds=world.chance.randrange(2 * 86_400))
        world.chance.choice(world.scenes())(at)
    world.records.sort(key=lambda record: record.at)
    records, contacts = world.records, world.contacts
    for part in range(0, len(records), 60):
        world.records, world.contacts = records[part : part + 60], []
        world.tell(batch=7)
        counting.count_due()
    for contact in sorted(contacts):
        world.records, world.contacts = [], [contact]
        world.tell()
        counting.count_due()
    piecemeal = kept()
    assert sums("customer") == +world.truth.customer
    CountedDay.objects.all().delete()
    counting.count_due()
    assert kept() == piecemeal


def test_a_click_days_later_counts_in_the_hour_of_its_search(entries):
    world = World(1, entries)
    query = world.search("late-0123456789abcdef", START, "kettle")
    world.tell()
    counting.count_due()
    assert sums("customer")["no_click"] == 1
    world.records = []
    later = START + timedelta(days=3)
    world.event("late-0123456789abcdef", later, "click", query, object_id=entries[0], position=3)
    world.tell()
    assert counting.count_due()
    assert sums("customer")["no_click"] == 0
    assert Bucket.objects.get(period="hour", clicked=1).start == START
    assert not ChangedHour.objects.exists()


def test_intents_across_midnight_count_once_and_in_their_first_hour(entries):
    world, who = World(1, entries), "night-0123456789abcdef"
    before = START + timedelta(days=1) - timedelta(minutes=4)
    for minutes in range(0, 60, 4):
        world.search(who, before + timedelta(minutes=minutes), f"kettle lid {minutes}")
    world.tell()
    counting.count_due()
    assert sums("customer")["intents"] == 1
    hour = Bucket.objects.get(period="hour", intents=1)
    assert (hour.start.hour, hour.searches) == (23, 15)


def test_sums_outlive_the_records_they_came_from(entries):
    told(entries)
    counting.count_due()
    before = kept()
    Search.objects.all().delete()
    Event.objects.all().delete()
    counting.removed(START + timedelta(days=30))
    CountedDay.objects.all().delete()
    counting.count_due()
    assert kept() == before


def test_imported_conversations_are_contacts_with_their_ratings(db):
    asked = QuestionText.objects.create(digest="x", text="Where is it?")
    for number, (conversation, hours, rating, solved) in enumerate(
        [("a", 23, None, None), ("a", 25, 5.0, True), ("", 30, 2.0, False), ("b", 31, 9.0, None)]
    ):
        Question.objects.create(
            digest=str(number),
            text=asked,
            source="phone",
            asked=START + timedelta(hours=hours),
            channel="phone",
            conversation=conversation,
            rating=rating,
            solved=solved,
            locale="en",
        )
    counting.count_due()
    whole = {"contacts": 3, "fcr_answers": 2, "fcr_solved": 1}
    assert sums("customer") == whole | {"csat_answers": 2, "csat_satisfied": 1}
    first = Bucket.objects.get(period="hour", start=START + timedelta(hours=23))
    assert (first.channel, first.contacts, first.csat_satisfied) == ("phone", 1, 1)
