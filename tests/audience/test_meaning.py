"""What only agents may read is near no customer's question, in other words or another language."""

from __future__ import annotations

import pytest

from content.audience import Audience
from tests import factories as make
from tests.vectored import by_meaning, with_vectors

from . import placing, readers
from .probing import QUESTIONS

#: The hidden sentence, and the same asked in other words and in the other language.
HIDDEN = "Offer a furious caller a voucher of ten euros."
ASKED = (
    "What gift may I give to an angry person on the phone?",
    "打电话来的客人很生气，可以送什么补偿？",
)


@pytest.fixture
def site(index, settings):
    """Public text in two languages, and the sentence in three places that agents alone read."""
    by_meaning(settings)
    settings.REQUEST_LIMITS = dict.fromkeys(settings.REQUEST_LIMITS, (10**6, 60))
    shelf = placing.surroundings()
    hidden = [{"type": "markdown", "value": f"## Goodwill\n\n{HIDDEN}"}]
    make.article(
        "Parcels by night",
        parent=shelf,
        body=[
            {"type": "markdown", "value": placing.OPEN},
            {"type": "agents_only", "value": hidden},
        ],
    )
    make.article("Goodwill for callers", parent=shelf, body=HIDDEN, audience="agents")
    make.faq("Where is the shop?", parent=shelf, lead="In town.", agents_phrasings=(HIDDEN,))
    with_vectors()
    return index


def test_a_customer_learns_nothing_by_meaning(site):
    agent = readers.agent()
    for question in ASKED:
        found = QUESTIONS["api search by token"](agent, question)
        assert "Goodwill for callers" in found, question
        for reader in (readers.anonymous(), readers.customer()):
            for name in QUESTIONS:
                if name in ("desk", "command") and reader.audience is not Audience.AGENTS:
                    continue
                shown = QUESTIONS[name](reader, question)
                for secret in ("voucher", "furious", "Goodwill"):
                    assert secret not in shown.replace(question, ""), (reader.name, name)


def test_a_question_near_to_hidden_text_is_answered_as_if_that_were_not_there(site):
    from search.lookup.query import Query
    from search.lookup.service import search

    for question in ASKED:
        for audience in (Audience.PUBLIC, Audience.CUSTOMERS):
            results = search(Query(question, audience, "en", channel="test"))
            assert not results.answered
            assert all(hit.audience.level <= audience.level for hit in results.perhaps)
            assert "Goodwill" not in [hit.section.title for hit in results.perhaps if hit.section]
