"""The last gate: a late index shows nothing that its reader may not see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from content.audience import Audience
from content.models import Entry
from tests import factories as make

from .asking import ask, titles

ALL = [Audience.PUBLIC, Audience.CUSTOMERS, Audience.AGENTS, Audience.INTERNAL]


@pytest.mark.parametrize("audience", ALL)
@pytest.mark.parametrize("reader", ALL)
def test_each_audience_finds_its_own_and_the_wider_ones(index, audience, reader):
    make.article("Flamingo policy", body="flamingo", audience=audience)
    index.drain()
    for prefix in (False, True):
        assert ask("flamingo", reader, prefix=prefix).total == int(reader.sees(audience))
        assert ask("Flamingo policy", reader).total == int(reader.sees(audience))


@pytest.mark.parametrize("reader", ALL)
def test_agents_only_words_in_a_public_article_are_for_agents(index, reader):
    hidden = make.snippet("The margin is walrus percent.", audience="agents")
    make.article(
        "Discounts",
        body=[
            {"type": "markdown", "value": "Ask us for a discount."},
            {"type": "agents_only", "value": [{"type": "markdown", "value": "Offer ostrich."}]},
            {"type": "snippet", "value": hidden.pk},
        ],
        agents_phrasings=("pelican rebate",),
    )
    index.drain()
    sees = reader.sees(Audience.AGENTS)
    for text in ("ostrich", "walrus", "pelican", "pelican rebate", "ostri", "walrsu"):
        results = ask(text, reader, prefix=True, facets=True)
        assert bool(results.hits) is sees, text
        if not sees:
            assert not results.perhaps
            assert results.did_you_mean == ""
            assert not any(results.facets.values())
    shown = repr(ask("discount", reader))
    assert ("ostrich" in shown) <= sees
    assert ("walrus" in shown) <= sees


def test_narrowing_counts_at_once_although_the_index_is_late(index):
    entry = make.article("Flamingo policy", body="flamingo")
    make.article("Flamingo food", body="flamingo")
    index.drain()
    entry.audience = Audience.AGENTS
    entry.save_revision().publish()
    results = ask("flamingo", facets=True)
    assert titles(results) == ["Flamingo food"]
    assert results.total == 1
    assert results.facets["kind"][0].count == 1
    assert ask("flamingo", Audience.AGENTS).total == 2


def test_a_change_that_nobody_announced_is_not_shown_either(index):
    entry = make.article("Flamingo policy", body="flamingo")
    make.article("Flamingo food", body="flamingo")
    index.drain()
    Entry.objects.filter(pk=entry.pk).update(audience=Audience.INTERNAL)
    assert titles(ask("flamingo")) == ["Flamingo food"]
    assert ask("flamingo").total == 1


@pytest.mark.parametrize("how", ["unpublish", "delete", "expire", "archive"])
def test_what_is_gone_is_gone_at_once(index, how):
    entry = make.article("Flamingo policy", body="flamingo")
    index.drain()
    assert ask("flamingo").total == 1
    if how == "unpublish":
        entry.unpublish()
    elif how == "delete":
        entry.delete()
    elif how == "expire":
        past = timezone.now() - timedelta(seconds=1)
        Entry.objects.filter(pk=entry.pk).update(expire_at=past)
    else:
        entry.confidence = "archived"
        entry.save_revision().publish()
    assert ask("flamingo").total == 0
    index.drain()
    assert ask("flamingo").total == 0
    assert ask("flamingo", Audience.AGENTS).total == int(how == "archive")


def test_a_passage_of_an_older_version_is_made_anew(index):
    entry = make.article("Flamingo policy", body="The flamingo is pink and secretive.")
    index.drain()
    entry.body = [("markdown", "The flamingo is grey.")]
    entry.save_revision().publish()
    passage = ask("flamingo").hits[0].passage
    assert "grey" in passage.text
    assert "secretive" not in passage.text


def test_a_snippet_closed_to_customers_leaves_every_passage_at_once(index):
    text = make.snippet("The flamingo costs nine.")
    make.article("Prices", body=[{"type": "snippet", "value": text.pk}])
    index.drain()
    assert "nine" in ask("flamingo").hits[0].passage.text
    text.audience = Audience.AGENTS
    text.save()
    assert "nine" not in repr(ask("flamingo"))
    index.drain()
    assert ask("flamingo").total == 0


def test_a_draft_is_not_found(index):
    entry = make.article("Flamingo policy", body="flamingo")
    index.drain()
    entry.body = [("markdown", "A dodo.")]
    entry.save_revision()
    index.drain()
    assert ask("dodo").total == 0
    assert ask("flamingo").total == 1


def test_a_search_takes_a_fixed_number_of_queries(index, django_assert_max_num_queries):
    shelf = make.category("Birds")
    for number in range(30):
        make.article(f"Flamingo {number}", parent=shelf, body="flamingo", lead="Bird")
    index.drain()
    ask("flamingo")
    with django_assert_max_num_queries(5):
        assert len(ask("flamingo", limit=30).hits) == 30


def test_a_remembered_answer_passes_the_gate_again(index, django_assert_max_num_queries):
    entry = make.article("Flamingo policy", body="flamingo")
    index.drain()
    assert ask("flamingo").total == 1
    with django_assert_max_num_queries(2):
        assert ask("flamingo").total == 1
    Entry.objects.filter(pk=entry.pk).update(audience=Audience.AGENTS)
    assert ask("flamingo").total == 0
    assert ask("flamingo", Audience.AGENTS).total == 1


def test_an_answer_remembered_for_one_audience_is_not_given_to_another(index):
    make.article("Flamingo policy", body="flamingo", audience=Audience.AGENTS)
    index.drain()
    assert ask("flamingo", Audience.AGENTS).total == 1
    assert ask("flamingo").total == 0


def test_a_remembered_answer_goes_with_the_next_change(index):
    make.article("Flamingo policy", body="flamingo")
    index.drain()
    assert ask("flamingo").total == 1
    make.article("Flamingo food", body="flamingo")
    index.drain()
    assert ask("flamingo").total == 2


@pytest.mark.parametrize("reader", ALL)
def test_customers_only_words_in_a_public_article_are_found_from_customers_up(index, reader):
    inner = make.snippet("Members may borrow the walrus.", audience="customers")
    make.article(
        "Discounts",
        body=[
            {"type": "markdown", "value": "Ask us for a discount."},
            {"type": "snippet", "value": inner.pk},
            {"type": "agents_only", "value": [{"type": "markdown", "value": "Offer ostrich."}]},
        ],
    )
    index.drain()
    sees = reader.sees(Audience.CUSTOMERS)
    for text in ("walrus", "borrow the walrus", "walru", "walrsu"):
        results = ask(text, reader, prefix=True, facets=True)
        assert bool(results.hits) is sees, text
        assert not results.perhaps
        assert bool(results.did_you_mean) <= sees
        assert any(results.facets.values()) is sees
    assert ("walrus" in repr(ask("borrow", reader).hits)) is sees
    assert bool(ask("ostrich", reader).hits) is reader.sees(Audience.AGENTS)


def test_a_word_that_was_closed_to_the_reader_is_not_proposed_any_more(index):
    entry = make.article("Quokkaword refunds")
    make.article("Refunds by card")
    index.drain()
    assert "quokkaword" in ask("quokkawrod refunds").did_you_mean.lower()
    entry.audience = "internal"
    entry.save_revision().publish()
    for _ in range(2):  # before the index has heard of it, and just after
        assert "quokkaword" not in ask("quokkawrod refunds").did_you_mean.lower()
        index.drain()
