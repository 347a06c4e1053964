"""Signals move hits a little within the first page, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from content.audience import Audience
from content.models import Category, Entry
from content.verification import verify
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import EngineHit
from search.index import tuning
from search.index.tuning.models import Pin, PinnedEntry
from search.lookup import memory
from search.lookup.evaluation.judged import Document, JudgedSet
from search.lookup.evaluation.running import run as evaluate
from search.lookup.evaluation.scratch import judged_library
from search.lookup.models import SignalCount, SignalRun
from search.lookup.query import Query
from search.lookup.service import search
from search.lookup.signals import observed
from search.lookup.signals.ordering import reordered
from search.lookup.signals.weighing import Counts, Signal, coec, factor, share
from tests import factories as make
from tests.lookup.asking import ask, titles

from .making import clicked_often, counted, searched


def test_an_article_clicked_at_rank_five_as_often_as_the_first_rises(shelf) -> None:
    for number in range(60):
        also = [shelf[place] for place in range(1, 4) if number % 6 == place]
        searched("zebra", shelf, [shelf[0], shelf[4], *also])
        searched("another animal", shelf, [shelf[0]] if number % 2 else [])
    run = counted()
    curve = run.curve["site"]
    assert curve[0] > curve[4] > curve[1] > 0
    row = SignalCount.objects.get(
        object_id=shelf[4].pk, question=observed.question_hash("zebras, please")
    )
    assert (row.clicks, row.expected) == (60, 30.0)
    assert titles(ask("zebra"))[0] == "Zebra e"
    assert titles(ask("stripes"))[0] == "Zebra a", "clicks for one question say nothing of another"


def test_what_is_clicked_as_often_as_its_rank_expects_stays(shelf) -> None:
    rates = (20, 10, 6, 5, 4, 3)
    for number in range(40):
        searched("zebra", shelf, [e for e, n in zip(shelf, rates, strict=True) if number < n])
    counted()
    found = ask("zebra", explain=True)
    assert titles(found) == [entry.title for entry in shelf]
    assert {score["factor"] for score in found.explanation["scores"]} == {1.0}


def test_few_observations_say_almost_nothing() -> None:
    assert coec(Counts()).strength == 0
    assert coec(Counts(1, 0.2)).value < 1.2
    assert coec(Counts(100, 20)).strength == 1
    assert coec(Counts(0, 100)).strength == -1
    assert share(0, 0, 0.8).strength == 0
    assert abs(share(1, 0, 0.8).strength) < 0.1
    assert share(0, 50, 0.8).strength < -0.9


@given(
    st.lists(st.floats(0, 100), min_size=2, max_size=10),
    st.lists(st.floats(-1, 1), min_size=6, max_size=6),
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1)),
    st.floats(0, 0.5),
)
def test_no_signal_moves_a_score_by_more_than_the_bound(scores, strengths, weights, bound) -> None:
    signals = {name: Signal(1, 1, s) for name, s in zip("abcdef", strengths, strict=True)}
    by = factor(signals, {**weights, "bound": bound})
    assert 1 - bound - 1e-9 <= by <= 1 + bound + 1e-9
    ordered = sorted(scores, reverse=True)
    hits = [EngineHit(number, 1, score) for number, score in enumerate(ordered)]
    moved = reordered(hits, {0: by, len(hits) - 1: 1 + bound})
    assert {hit.id for hit in moved} == {hit.id for hit in hits}
    assert reordered(hits, {}) == tuple(hits)


def test_no_click_lifts_an_article_over_an_exact_title_or_phrasing(shelf, index) -> None:
    make.article("Zebra", body="An animal.")
    make.article("Horses", body="Other animals.", phrasings=("zebra",))
    index.drain()
    clicked_often("zebra", shelf, shelf[5], times=300)
    found = ask("zebra")
    assert titles(found)[:3] == ["Zebra", "Horses", "Zebra f"]
    assert titles(found)[-1] == "Zebra a", "shown first to all, and clicked by nobody"


def test_a_pin_stays_where_the_writer_put_it(shelf) -> None:
    pin = Pin.objects.create(query="zebra")
    for order, entry in enumerate((shelf[3], shelf[1])):
        PinnedEntry.objects.create(pin=pin, entry=entry, sort_order=order)
    clicked_often("zebra", shelf, shelf[5])
    assert titles(ask("zebra"))[:3] == ["Zebra d", "Zebra b", "Zebra f"]


def test_switched_off_the_order_is_that_of_the_words(shelf, settings) -> None:
    by_words = ask("zebra").hits
    clicked_often("zebra", shelf, shelf[5])
    assert titles(ask("zebra"))[0] == "Zebra f"
    assert ask("zebra", signals=False).hits == by_words
    weights = settings.SEARCH_SIGNALS
    for off in ({}, weights | {"bound": 0}, weights | {"coec": 0}):
        settings.SEARCH_SIGNALS = off
        memory.forget()
        assert ask("zebra").hits == by_words


def test_what_is_no_answer_does_not_become_one(index, settings) -> None:
    made = [make.article(f"Zebra {n}", body="zebra") for n in range(3)]
    far = make.article("Crossing", body="animals cross the quagmire zebra-free " + "road " * 30)
    index.drain()
    text = "striped zebra of the savannah"
    before = ask(text, facets=True)
    clicked_often(text, [*made, far], far, times=300)
    after = ask(text, facets=True)
    assert (after.answered, after.total, after.listed) == (
        before.answered,
        before.total,
        before.listed,
    )
    assert after.facets == before.facets
    assert {h.id: h.coverage for h in after.hits} == {h.id: h.coverage for h in before.hits}
    assert after.perhaps == before.perhaps


def test_pages_neither_repeat_nor_lose_what_is_reordered(index) -> None:
    made = [make.article(f"Zebra {n}", body="zebra stripes") for n in range(23)]
    make.article("Zebra", body="An animal.")
    index.drain()
    by_words = [h.id for h in ask("zebra", limit=30, signals=False).hits]
    clicked_often("zebra", made[:10], made[9])
    whole = [h.id for h in ask("zebra", limit=30).hits]
    assert whole != by_words
    assert set(whole[:11]) == set(by_words[:11])
    assert whole[11:] == by_words[11:]
    assert whole[1] == made[9].pk
    for size in (1, 2, 3, 5, 10, 12):
        pages = [ask("zebra", limit=size, offset=at).hits for at in range(0, 24, size)]
        assert [hit.id for page in pages for hit in page] == whole, size
        assert {ask("zebra", limit=size, offset=at).listed for at in (0, 9, 20)} == {24}


def test_confidence_and_verification_move_what_is_equal(shelf) -> None:
    verify(shelf[2], make.user())
    Entry.objects.filter(pk=shelf[0].pk).update(confidence="wip")
    Entry.objects.filter(pk=shelf[1].pk).update(verify_by=timezone.localdate() - timedelta(1))
    memory.forget()
    assert titles(ask("zebra")) == [f"Zebra {letter}" for letter in "cdefab"]


def test_newer_stands_before_older_where_a_category_says_so(index) -> None:
    news = make.category("News", age_half_life=30)
    sub = make.category("Spring", parent=news)
    rules = make.category("Rules", parent=news, age_half_life=0)
    old, _new, rule = (
        make.article(f"Zebra {n}", parent=p, body="zebra stripes")
        for n, p in (("old", sub), ("new", sub), ("rule", rules))
    )
    Entry.objects.filter(pk__in=[old.pk, rule.pk]).update(
        last_published_at=timezone.now() - timedelta(days=300)
    )
    index.drain()
    found = ask("zebra", explain=True)
    assert titles(found) == ["Zebra new", "Zebra rule", "Zebra old"]
    said = {s["id"]: s["signals"]["age"] for s in found.explanation["scores"]}
    assert (said[old.pk]["value"], said[old.pk]["effect"]) == (
        pytest.approx(300, abs=0.1),
        pytest.approx(-0.1, abs=0.01),
    )
    assert (said[rule.pk]["value"], said[rule.pk]["effect"]) == (None, 0.0)
    Category.objects.filter(pk=news.pk).update(age_half_life=None)
    observed.forget()
    memory.forget()
    assert titles(ask("zebra"))[0] == "Zebra old"


def test_every_signal_of_every_hit_is_explained(shelf) -> None:
    clicked_often("zebra", shelf, shelf[5])
    first = ask("zebra", explain=True).explanation["scores"][0]
    assert first["id"] == shelf[5].pk
    assert set(first["signals"]) == {
        "coec",
        "votes",
        "solved",
        "confidence",
        "verification",
        "age",
    }
    said = first["signals"]["coec"]
    assert said["value"] > 1
    assert said["effect"] == pytest.approx(said["strength"] * said["weight"], abs=1e-3)
    assert first["factor"] == pytest.approx(1 + said["effect"], abs=1e-3)
    plain = ask("zebra", explain=True, signals=False).explanation["scores"]
    assert {score["factor"] for score in plain} == {1.0}
    by_words = next(s["score"] for s in plain if s["id"] == first["id"])
    assert first["score"] == pytest.approx(by_words * first["factor"], rel=1e-3)


def test_judged_sets_are_evaluated_without_them(db, tmp_path) -> None:
    texts = [f"Zebra {n}\nzebra stripes" for n in range(3)]
    documents = [Document(f"d{n}", text.split("\n")[0], text) for n, text in enumerate(texts)]
    judged = JudgedSet("small", documents, {"q": "zebra"}, {"q": {"d0": 1}})
    run = SignalRun.objects.create(days=1, finished=timezone.now())
    question = observed.question_hash("zebra")
    SignalCount.objects.create(run=run, object_id=2, question=question, clicks=99, expected=1)
    observed.forget()
    generations = EmbeddedGenerations(Path(tmp_path))
    assert evaluate(judged, generations).rankings["q"] == ["d0", "d1", "d2"]
    with tuning.trying(tuning.NOTHING), judged_library(documents, generations) as library:
        query = Query("zebra", Audience.PUBLIC, "en", channel="test")
        assert search(query, library).hits[0].id == 2
    observed.forget()
