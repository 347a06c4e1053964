"""A dictionary word: what is indexed again, and what is found then."""

from __future__ import annotations

import pytest

from content.audience import Audience
from search.index import generations
from search.index.models import IndexedDocument, OutboxRow
from search.index.tuning import dictionary
from search.index.tuning.models import DictionaryWord
from tests import factories as make
from tests.lookup.asking import ask, titles


@pytest.fixture
def shelf(index):
    made = {
        "title": make.article("花呗分期怎么开通", code="zh-hans"),
        "body": make.article("付款", code="zh-hans", body="可以用花唄分期付款。"),
        "phrasing": make.article("退款", code="zh-hans", phrasings=("花呗分期能退吗",)),
        "keyword": make.article("分期说明", code="zh-hans", keywords="花呗分期"),
        "hidden": make.article(
            "话术",
            code="zh-hans",
            body=[
                {"type": "agents_only", "value": [{"type": "markdown", "value": "花呗分期返现"}]}
            ],
        ),
        "apart": make.article("分期与花呗", code="zh-hans", body="花呗。分期。"),
        "other": make.article("登录", code="zh-hans", body="密码"),
    }
    index.drain()
    return {name: entry.pk for name, entry in made.items()}


def test_only_the_articles_that_have_the_word_are_indexed_again(shelf, index) -> None:
    versions = dict(IndexedDocument.objects.values_list("pk", "version"))
    row = DictionaryWord.objects.create(word="花呗分期")
    concerned = {shelf[n] for n in ("title", "body", "phrasing", "keyword", "hidden")}
    assert set(OutboxRow.objects.values_list("entry_id", flat=True)) == concerned
    row = dictionary.waiting().get(pk=row.pk)
    assert (row.articles, row.waits) == (5, 5)
    index.drain()
    now = dict(IndexedDocument.objects.values_list("pk", "version"))
    assert {pk for pk in now if now[pk] != versions[pk]} == concerned
    assert dictionary.waiting().get(pk=row.pk).waits == 0


def test_the_word_is_a_word_in_the_index_then_and_none_once_it_is_gone(shelf, index) -> None:
    def known() -> int:
        return generations.current().document_frequency("words", "花呗分期")

    assert known() == 0
    row = DictionaryWord.objects.create(word="花呗分期")
    index.drain()
    assert known() == 4
    row.delete()
    assert OutboxRow.objects.count() == 5
    index.drain()
    fresh = generations.current()
    hits = ask("花呗分期", locale="zh-hans", explain=True)
    assert "花呗分期" not in [token["token"] for token in hits.explanation["tokens"]]
    assert fresh.count() == 7


def test_a_word_that_is_mended_concerns_the_old_and_the_new(shelf, index) -> None:
    row = DictionaryWord.objects.create(word="花呗分期")
    index.drain()
    row = DictionaryWord.objects.get(pk=row.pk)
    row.word = "密码"
    row.save()
    assert OutboxRow.objects.count() == 6
    index.drain()
    row = DictionaryWord.objects.get(pk=row.pk)
    row.note = "nothing of the word is changed"
    row.save()
    assert OutboxRow.objects.count() == 0


def test_a_word_of_no_article_moves_nothing(shelf) -> None:
    row = DictionaryWord.objects.create(word="云课堂")
    assert OutboxRow.objects.count() == 0
    assert dictionary.waiting().get(pk=row.pk).waits == 0


def test_a_name_is_no_longer_taken_for_its_stem(index) -> None:
    make.article("Microsoft Teams", body="Install Teams.")
    make.article("Our team", body="The team.")
    index.drain()
    assert set(titles(ask("teams"))) == {"Microsoft Teams", "Our team"}
    DictionaryWord.objects.create(word="Teams")
    index.drain()
    assert titles(ask("teams")) == ["Microsoft Teams"]


@pytest.mark.parametrize("audience", list(Audience))
def test_a_dictionary_word_tells_nobody_what_he_may_not_read(index, audience) -> None:
    make.article("Discounts", body="Ask us.", agents_phrasings=("project walrusfalcon",))
    index.drain()
    DictionaryWord.objects.create(word="walrusfalcon")
    index.drain()
    for asked in ("walrusfalcom", "walrusfal", "walrusfalcon"):
        found = ask(asked, audience, prefix=True)
        if not audience.sees(Audience.AGENTS):
            assert not found.hits
            assert found.did_you_mean == ""
        else:
            assert found.hits
