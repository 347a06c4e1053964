"""Lists of questions and entries hold what plain sums of their rows do, in the same order."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from content.models import Entry
from search.insights.metrics import contents, questions
from search.insights.metrics.calendar import start_of
from search.insights.metrics.models import ASKED_COLUMNS, READ_COLUMNS, Asked, Period, Reading
from search.insights.metrics.reading import Scope
from tests import factories

pytestmark = pytest.mark.django_db

SCOPE = Scope(date(2026, 3, 11), date(2026, 3, 20))
DAYS = [date(2026, 2, 25) + timedelta(days=n) for n in range(26)]
AUDIENCES = ["public", "customers"]


def asked(seed: int) -> list[Asked]:
    """Rows of all days, also before and after the ranges; some of them of others."""
    chance = random.Random(seed)
    places = [("customer", "public"), ("customer", "customers"), ("customer", "agents")]
    rows = []
    for day in DAYS:
        for kind, audience in [*places, ("agent", "public")]:
            for locale in ("en", "zh-hans"):
                for key in ["", *chance.sample([f"k{n:02}" for n in range(40)], 12)]:
                    given = {name: chance.choice([0, 0, 1, 2, 5]) for name in ASKED_COLUMNS}
                    rows.append(
                        Asked(
                            period=Period.DAY,
                            start=start_of(day),
                            kind=kind,
                            locale=locale,
                            audience=audience,
                            key=key,
                            text=f"{key}?",
                            **given,
                        )
                    )
    return Asked.objects.bulk_create(rows)


def within(row: Asked | Reading, scope: Scope) -> bool:
    return start_of(scope.first) <= row.start < start_of(scope.last + timedelta(days=1))


@pytest.mark.parametrize("order", questions.ORDERS)
@pytest.mark.parametrize("number", [7, 500])
def test_questions_of_every_order_are_plain_sums(order, number):
    sums = defaultdict(lambda: dict.fromkeys([*ASKED_COLUMNS, "before"], 0))
    for row in asked(number):
        if row.kind != "customer" or row.audience not in AUDIENCES or not row.key:
            continue
        mine = sums[row.key, row.locale]
        if within(row, SCOPE):
            for name in ASKED_COLUMNS:
                mine[name] += getattr(row, name)
        elif within(row, SCOPE.before):
            mine["before"] += row.intents
    for mine in sums.values():
        mine["rise"] = mine["intents"] - mine["before"]
    column = questions.ORDERS[order][1]
    wanted = sorted(
        (-mine[column], -mine["intents"], *asked)
        for asked, mine in sums.items()
        if mine[column] > 0
    )[:number]
    found = questions.listed(SCOPE, order, AUDIENCES, number)
    assert [(each.key, each.locale) for each in found] == [tuple(row[2:]) for row in wanted]
    for each in found:
        mine = sums[each.key, each.locale]
        assert each.sums == {name: mine[name] for name in ASKED_COLUMNS}
        assert (each.before, each.text) == (mine["before"], f"{each.key}?")


def test_what_is_not_kept_by_itself_is_the_rest_of_the_range():
    rest = [row for row in asked(3) if not row.key and row.kind == "customer"]
    number = sum(row.intents for row in rest if row.audience in AUDIENCES and within(row, SCOPE))
    assert questions.others(SCOPE, AUDIENCES) == number


@pytest.mark.parametrize("number", [3, 50])
def test_entries_most_read_are_plain_sums_with_those_read_before_only(number):
    chance = random.Random(number)
    entries = [factories.faq(f"Question {n}").pk for n in range(9)]
    rows = Reading.objects.bulk_create(
        Reading(
            period=Period.DAY,
            start=start_of(day),
            kind=chance.choice(["customer", "customer", "agent"]),
            entry=entry,
            version=chance.randrange(2),
            reads=chance.randrange(3),
            votes=chance.randrange(2),
            helpful=chance.randrange(2),
        )
        for day in DAYS
        for entry in entries
        if entry not in entries[:3] or not start_of(SCOPE.first) <= start_of(day)
    )
    sums = defaultdict(lambda: dict.fromkeys([*READ_COLUMNS, "before"], 0))
    for row in rows:
        if row.kind != "customer" or row.entry == entries[-1]:
            continue
        if within(row, SCOPE):
            for name in READ_COLUMNS:
                sums[row.entry][name] += getattr(row, name)
        elif within(row, SCOPE.before):
            sums[row.entry]["before"] += row.reads
    mine = Entry.objects.exclude(pk=entries[-1])
    wanted = sorted(
        ({"entry": entry} | row for entry, row in sums.items()),
        key=lambda row: (-row["reads"], -row["votes"], row["entry"]),
    )
    assert contents.read_by_entry(SCOPE, mine, number) == wanted[:number]
