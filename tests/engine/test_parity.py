"""The same question has the same answer on both engines."""

from __future__ import annotations

import os
import random
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from content.audience import Audience
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import Deletion, EngineDocument, EngineQuery, Filters, Term, Tokens
from search.lookup.evaluation.judged import Document
from search.lookup.evaluation.scratch import judged_library
from tests import elasticsearch
from tests.bench.questions import about
from tests.parity import compare

pytestmark = pytest.mark.elasticsearch
WORDS = [f"w{n}" for n in range(60)]


def _documents(chance: random.Random, number: int) -> Iterator[EngineDocument]:
    for id_ in range(1, number + 1):
        words = [w for w in WORDS if chance.random() < 0.15 for _ in range(chance.randint(1, 4))]
        title = words[: chance.randint(0, 3)]
        note = Tokens(words=[chance.choice(WORDS)]) if chance.random() < 0.1 else Tokens()
        text = Tokens(title_words=title, words=[*title, *words], surfaces=words)
        yield EngineDocument(
            id_, id_, f"f{id_}", "en", "faq", 0, text, agents=note, categories=[id_ % 5]
        )


def test_scores_are_the_same_with_notes_deletions_and_several_shards(tmp_path: Path) -> None:
    chance = random.Random(11)
    documents = list(_documents(chance, 300))
    queries = [
        EngineQuery(
            should=tuple(
                Term(name, word, chance.choice((0.3, 1.0)))
                for word in chance.sample(WORDS, 4)
                for name in ("words", "title_words", "agents_words")
            ),
            filters=Filters(level=2),
            facets=("categories",),
        )
        for _ in range(60)
    ]
    with elasticsearch.generations(shards=3) as sharded, elasticsearch.generations() as plain:
        engines = [g.create("one") for g in (EmbeddedGenerations(tmp_path), plain, sharded)]
        for engine in engines:
            list(engine.fill([documents[:200], documents[200:]]))
            engine.write([], [Deletion(id_, 1000) for id_ in range(400, 450)])
        expected, *others = [engine.search_all(queries) for engine in engines]
    for results in others:
        for one, other in zip(expected, results, strict=True):
            assert [hit.id for hit in one.hits] == [hit.id for hit in other.hits]
            scores = [hit.score for hit in other.hits]
            assert scores == pytest.approx([hit.score for hit in one.hits], rel=1e-5)
            assert (one.total, one.facets) == (other.total, other.facets)


@pytest.mark.django_db
@pytest.mark.parametrize("corpus", ["tidb", "business"])
def test_the_same_question_finds_the_same_in_real_articles(tmp_path, corpus) -> None:
    documents = list(_articles(corpus, 150))
    with ExitStack() as stack:
        place = stack.enter_context(elasticsearch.generations())
        both = [
            stack.enter_context(judged_library(documents, generations))
            for generations in (EmbeddedGenerations(tmp_path), place)
        ]
        locale = "zh-hans" if corpus == "tidb" else "en"
        rows = [(d.title, locale, [("", "", d.text, 0)]) for d in documents]
        asked = [question for each in about(rows, 20).values() for question in each]
        found = compare(*both, asked, Audience.PUBLIC)
    assert found.asked == 120
    assert found.same_first == found.asked, found.differing
    assert found.share >= 0.99, found.differing
    assert found.same_answered == found.asked, found.differing


def _articles(corpus: str, number: int) -> Iterator[Document]:
    """Every so-manieth article of an archive of Markdown."""
    folder = Path(os.environ.get("ZHIDA_CORPORA", ""))
    archives = sorted(folder.glob(f"{corpus}*.tar.gz")) if os.environ.get("ZHIDA_CORPORA") else []
    if not archives:
        pytest.skip("ZHIDA_CORPORA names no folder with the corpora's archives")
    with tarfile.open(archives[0]) as tar:
        members = [m for m in tar.getmembers() if m.isfile() and m.name.endswith(".md")]
        for member in members[:: max(1, len(members) // number)][:number]:
            file = tar.extractfile(member)
            text = file.read().decode("utf-8", "replace") if file else ""
            yield Document(member.name, Path(member.name).stem.replace("-", " "), text[:6000])
