"""Relevance tests: what is measured, when a fall is one, what people's behaviour proposes."""

from __future__ import annotations

import random
from itertools import product

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from search.index.tuning.models import Pin, PinnedEntry
from search.insights.models import JudgedQuery, Judgement, RelevanceRun
from search.insights.relevance import chart
from search.insights.relevance.proposing import propose
from search.insights.relevance.running import fallen, run, run_if_tuned
from search.insights.relevance.significance import fall_by_chance
from search.journeys.models import Search
from tests import factories as make

from .test_proposals import did, searched

COLOURS = ["amber", "beige", "crimson", "dun", "ecru", "fuchsia", "grey", "hazel"]


def judged(text: str, *entries, **more) -> JudgedQuery:
    query = JudgedQuery(text=text, key=text, **more)
    query.judgements = [Judgement(entry=entry, grade=3) for entry in entries]
    query.save()
    return query


@pytest.fixture
def shelf(index):
    made = [make.article(f"Zebra {n}", body=f"zebra {COLOURS[n]}") for n in range(8)]
    index.drain()
    return made


def ruin(shelf) -> None:
    """Pin a wrong entry before every question."""
    wrong = make.article("Wrong")
    for n in range(len(shelf)):
        pin = Pin.objects.create(query=COLOURS[n])
        PinnedEntry.objects.create(pin=pin, entry=wrong)


def test_a_run_measures_what_the_service_finds(shelf) -> None:
    judged(COLOURS[0], shelf[0])
    judged(COLOURS[1], shelf[2])
    judged(COLOURS[2], shelf[3], state="proposed")
    judged(COLOURS[3])
    made = run("demand")
    assert (made.queries, made.ndcg, made.mrr, made.recall) == (2, 0.5, 0.5, 0.5)
    assert [r.ranking[:1] for r in made.results.order_by("query_id")] == [
        [shelf[0].pk],
        [shelf[1].pk],
    ]
    assert not Search.objects.exists()


def test_without_judged_queries_nothing_is_run(index) -> None:
    assert run("nightly") is None
    assert not RelevanceRun.objects.exists()


def test_a_fall_beyond_noise_is_flagged_with_the_queries_that_fell(shelf, index) -> None:
    for n, entry in enumerate(shelf):
        judged(COLOURS[n], entry)
    first = run("demand")
    same = run("demand")
    assert (first.fell, first.p, same.fell, same.p) == (False, None, False, 1.0)
    ruin(shelf)
    index.drain()
    made = run_if_tuned()
    assert (made.cause, made.fell, made.before) == ("tuning", True, same)
    assert made.p < 0.01
    assert len(fallen(made)) == 8
    assert run_if_tuned() is None


def test_one_query_that_falls_is_noise(shelf, index) -> None:
    for n, entry in enumerate(shelf):
        judged(COLOURS[n], entry)
    run("demand")
    ruin(shelf[:1])
    index.drain()
    made = run("demand")
    assert (made.fell, len(fallen(made))) == (False, 1)


def test_only_queries_of_both_runs_are_compared(shelf) -> None:
    judged(COLOURS[0], shelf[0])
    run("demand")
    judged(COLOURS[1], shelf[5])
    made = run("demand")
    assert made.ndcg == 0.5
    assert (made.p, made.fell) == (1.0, False)


def test_the_test_counts_the_worlds_in_which_chance_falls_as_far() -> None:
    before, after = [1.0, 0.8, 0.6], [0.5, 0.9, 0.1]
    differences = [b - a for a, b in zip(before, after, strict=True)]
    worlds = [
        sum(s * d for s, d in zip(signs, differences, strict=True))
        for signs in product((1, -1), repeat=3)
    ]
    expected = sum(w <= sum(differences) + 1e-9 for w in worlds) / 8
    assert fall_by_chance(before, after) == expected


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40))
def test_a_probability_is_one_and_the_same_each_time(pairs) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    p = fall_by_chance(before, after, rounds=200)
    assert 0 < p <= 1
    assert p == fall_by_chance(before, after, rounds=200)


def test_noise_is_seldom_flagged_and_a_clear_fall_always() -> None:
    chance = random.Random(7)
    flagged = 0
    for _ in range(100):
        before = [chance.random() for _ in range(30)]
        after = [min(1.0, max(0.0, b + chance.gauss(0, 0.1))) for b in before]
        flagged += fall_by_chance(before, after, rounds=500) < 0.05
    assert flagged <= 12
    before = [chance.uniform(0.5, 1) for _ in range(30)]
    assert fall_by_chance(before, [b - 0.2 for b in before]) < 0.001


def test_what_most_people_click_is_proposed(shelf) -> None:
    for who in "abcde":
        did("click", shelf[0], searched("zebra", who, answered=True, clicks=1))
    did("click", shelf[1], searched("zebra", "f", answered=True, clicks=1))
    for who in "abcd":
        did("click", shelf[2], searched("stripes", who, answered=True, clicks=1))
    assert propose() == 1
    (query,) = JudgedQuery.objects.all()
    assert (query.text, query.state, query.source, query.people) == (
        "zebra",
        "proposed",
        "clicks",
        5,
    )
    assert query.judgements.get().entry_id == shelf[0].pk
    assert propose() == 0
    assert run("demand") is None


def test_where_people_do_not_agree_nothing_is_proposed(shelf) -> None:
    for n, who in enumerate("abcdefghij"):
        did("click", shelf[n % 2], searched("zebra", who, answered=True, clicks=1))
    assert propose() == 0


def test_an_agents_solved_case_is_proposed_for_agents(shelf) -> None:
    desk = {"kind": "agent", "audience": "agents", "channel": "desk"}
    did("used_solved", shelf[0], searched("stripy horse", "agent", clicks=1, **desk))
    assert propose() == 1
    query = JudgedQuery.objects.get()
    assert (query.source, query.audience) == ("agent", "agents")


def test_what_agents_gave_in_several_calls_is_proposed(shelf) -> None:
    desk = {"kind": "agent", "audience": "agents", "channel": "desk", "answered": True, "clicks": 1}
    for minutes in (10, 20):
        did("copy", shelf[0], searched("stripy horse", "agent", minutes, **desk))
    did("copy", shelf[1], searched("striped ass", "agent", **desk))
    did("used_solved", shelf[2], searched("okapi", "agent", **desk))
    for who, entry in (("agent", 3), ("agent", 3), ("another", 4)):
        did("copy", shelf[entry], searched("horse", who, **desk))
    assert propose() == 2
    found = JudgedQuery.objects.order_by("text").values_list(
        "text", "source", "audience", "judgements__entry_id"
    )
    assert list(found) == [
        ("okapi", "agent", "agents", shelf[2].pk),
        ("stripy horse", "agent", "agents", shelf[0].pk),
    ]


def test_crawlers_and_staff_propose_nothing(shelf) -> None:
    for kind in ("robot", "staff"):
        for who in "abcdef":
            search = searched("zebra", kind + who, answered=True, clicks=1, kind=kind)
            did("click", shelf[0], search)
    assert propose() == 0


def test_the_drawing_has_all_runs_between_bottom_and_top() -> None:
    runs = [RelevanceRun(ndcg=v, mrr=1, recall=0) for v in (0.0, 0.5, 1.0)]
    ndcg, mrr, recall = chart.lines(runs)
    assert [y for _, y, _ in ndcg.dots] == [chart.height(v) for v in (0.0, 0.5, 1.0)]
    assert ndcg.dots[0][0] < ndcg.dots[1][0] < ndcg.dots[2][0] <= chart.WIDTH
    assert {y for _, y, _ in mrr.dots} == {chart.height(1)}
    assert {y for _, y, _ in recall.dots} == {chart.height(0)}


def test_the_pages_show_runs_with_a_table_beside_the_drawing(client, shelf, index) -> None:
    client.force_login(make.user(group="Writers"))
    for n, entry in enumerate(shelf):
        judged(COLOURS[n], entry)
    address = reverse("relevance:index")
    assert b"Nothing has been measured yet" in client.get(address).content
    client.post(address)
    ruin(shelf)
    index.drain()
    response = client.post(address, follow=True)
    page = response.content.decode()
    assert "Fell beyond noise" in page
    assert len(response.context["rows"]) == 8
    listed = client.get(address)
    assert listed.content.count(b"<circle") == 6
    assert [r.fell for r in listed.context["runs"]] == [True, False]
    assert b"Runs, the latest first" in listed.content
    for name in ("index", "add"):
        assert client.get(reverse(f"judged_queries:{name}")).status_code == 200


def test_a_question_is_judged_once(client, index) -> None:
    client.force_login(make.user(group="Writers"))
    entry = make.article("A")
    data = {
        "text": "Stripes?",
        "locale": "en",
        "audience": "public",
        "state": "accepted",
        "judgements-TOTAL_FORMS": 1,
        "judgements-INITIAL_FORMS": 0,
        "judgements-MIN_NUM_FORMS": 1,
        "judgements-MAX_NUM_FORMS": 20,
        "judgements-0-entry": entry.pk,
        "judgements-0-grade": 3,
        "judgements-0-ORDER": 1,
        "judgements-0-DELETE": "",
    }
    address = reverse("judged_queries:add")
    assert client.post(address, data).status_code == 302
    again = client.post(address, data | {"text": "stripes"})
    assert b"This question is judged already." in again.content
    assert JudgedQuery.objects.count() == 1


@pytest.mark.parametrize("name", ["relevance:index", "judged_queries:index"])
def test_agents_do_not_judge(client, index, name: str) -> None:
    client.force_login(make.user(group="Agents"))
    assert client.get(reverse(name)).status_code in (302, 403)
