"""A word that is for some stays with them, wherever it stands and however the others look."""

from __future__ import annotations

from random import Random

import pytest
from django.core.cache import cache

from content import prepared
from content.audience import Audience
from content.models import Entry
from content.models.entries import EntryQuerySet
from search.lookup import suggestions, understand

from . import placing, readers
from .probing import QUESTIONS, Prober

#: Stands nowhere, and resembles no word that stands anywhere.
CONTROL = "zvuoddirxk"
#: One such word for each place, none of them near another.
WORDS = {
    place: "zq" + "".join(Random(place).choices("bcdfghjklmnpqrstvwxz", k=8))
    for place in placing.PLACES
}


@pytest.fixture(autouse=True)
def _fresh(index, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.REQUEST_LIMITS = dict.fromkeys(settings.REQUEST_LIMITS, (10**6, 60))
    cache.clear()
    suggestions.forget()


def fill(index, audience: Audience = Audience.AGENTS) -> None:
    """A site with public text, and a word for ``audience`` in every place."""
    placing.surroundings()
    for place, (put, _) in placing.PLACES.items():
        put(WORDS[place], audience)
    index.drain()


def test_an_agents_word_is_for_agents_wherever_it_stands(index):
    fill(index)
    agent = Prober(readers.agent(), CONTROL)  # first, so that answers are remembered
    seen = " ".join(leak.shown for leak in agent.appearing(WORDS.values()))
    for place, (_, is_shown) in placing.PLACES.items():
        found = bool(agent.ask("api search", WORDS[place])) or WORDS[place].lower() in seen
        assert found is is_shown, place
    # What was public until now may weigh as a known word for half a minute more, and no longer.
    since = WORDS["narrowed"]
    others = [word for word in WORDS.values() if word != since]
    for reader in (readers.anonymous(), readers.customer()):
        prober = Prober(reader, CONTROL)
        assert prober.leaks(others) == []
        assert prober.appearing([since]) == []
        assert [leak for name in QUESTIONS for leak in prober.ask(name, since)] == []


def forget_the_rule() -> None:
    """What is made by the rule once: questions to the database, and fields to search in."""
    prepared.forget()
    understand._boosts.cache_clear()


def fields_of_agents_for_all(monkeypatch) -> None:
    both = lambda field, level: (field, f"agents_{field}")  # noqa: E731
    monkeypatch.setattr("search.lookup.understand.readable", both)


def gate_and_pages_open(monkeypatch) -> None:
    monkeypatch.setattr(EntryQuerySet, "visible_to", lambda rows, audience: rows.filter(live=True))
    monkeypatch.setattr(Entry, "is_visible_to", lambda entry, audience: entry.live)


def files_open(monkeypatch) -> None:
    monkeypatch.setattr("content.files.serving.is_public", lambda file: True)


@pytest.mark.parametrize(
    ("plant", "place", "probes"),
    [
        (fields_of_agents_for_all, "phrasing", {"api search", "suggestions", "results page"}),
        (gate_and_pages_open, "article", {"pages", "by id", "fixed addresses"}),
        (files_open, "block", {"files"}),
    ],
)
def test_a_planted_leak_is_found(index, monkeypatch, request, plant, place, probes):
    placing.surroundings()
    placing.PLACES[place][0](WORDS[place], Audience.AGENTS)
    index.drain()
    prober = Prober(readers.anonymous(), CONTROL)
    plant(monkeypatch)
    forget_the_rule()
    request.addfinalizer(forget_the_rule)  # what the leak made would outlive it
    found = prober.appearing([WORDS[place]])
    found += [leak for name in QUESTIONS for leak in prober.ask(name, WORDS[place])]
    assert probes <= {leak.probe for leak in found}
