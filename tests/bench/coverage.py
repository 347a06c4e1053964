"""How often the state of a frequent question is right, on a constructed site of judged sets.

    JUDGED=../shared/data/retrieval pytest -s tests/bench/coverage.py [-k words | -k meaning]

Each document of a set is an entry and its queries are a frequent question: of every ten some are
live, some are left out, some are for agents only; others are there in the other language only.
Some of the live ones have a title that says nothing. What is true: with an entry that customers
may read in their language, covered where it is among the first three answers for 80 % of the
wordings, else found badly; without one, not covered.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from content.models import Entry
from search.insights.coverage.asking import Found, ask, wordings_of
from search.insights.coverage.models import State
from search.insights.diagnosis.looking import looked
from search.insights.replay import ENOUGH, FIRST
from search.lookup.evaluation.judged import load
from tests import factories
from tests.insights.coverage.making import frequent
from tests.vectored import by_meaning, with_vectors

pytestmark = pytest.mark.django_db
SETS = Path(os.environ.get("JUDGED") or "../shared/data/retrieval")
#: What becomes of every ten documents; questions of a set in another language are all "foreign".
FATES = ("live", "out", "live", "agents", "live", "out", "live", "dull", "out", "live")
MOST = 130


@dataclass(frozen=True, slots=True)
class Topic:
    """A frequent question: what is asked, in which language, and the document that answers."""

    wordings: tuple[str, ...]
    locale: str
    fate: str
    entry: int = 0


def topics(index) -> list[Topic]:
    """The site, and what is asked of it."""
    made = [
        *_of_set("stackfaq_en_thread", "en", "en"),
        *_of_set("tidb_faq_zh_q2a", "zh-hans", "zh-hans"),
        *_of_set("xquad_en2zh", "zh-hans", "en"),
    ]
    index.drain()
    return made


def _of_set(name: str, written: str, asked: str) -> Iterator[Topic]:
    judged = load(SETS / name)
    queries: dict[str, list[str]] = {}
    for query, answers in judged.grades.items():
        queries.setdefault(next(iter(answers)), []).append(judged.queries[query])
    documents = {document.id: document for document in judged.documents}
    for number, (key, texts) in enumerate(list(queries.items())[:MOST]):
        fate = FATES[number % 10] if written == asked else "foreign"
        document = documents[key]
        title, body = _parts(document.text)
        entry = None
        if fate != "out":
            entry = factories.article(
                f"Note {number}" if fate == "dull" else title[:200],
                body=body,
                code=written,
                audience="agents" if fate == "agents" else "public",
            )
        yield Topic(tuple(texts[:10]), asked, fate, entry.pk if entry else 0)


def _parts(text: str) -> tuple[str, str]:
    """A title, and the text: what stands on a line of its own, else its first words."""
    title, _, body = text.partition("\n")
    if body:
        return title, body
    return text[:24] if text[:1] >= "\u4e00" else " ".join(text.split()[:8]), text


def truth(topic: Topic, group) -> State:
    """The state by the judgements."""
    if topic.fate not in ("live", "dull"):
        return State.MISSING
    examples = wordings_of(group)
    found = sum(
        example.searches
        for example in examples
        if topic.entry in {hit.id for hit in looked(example).asked.hits[:FIRST]}
    )
    enough = found >= ENOUGH * sum(example.searches for example in examples)
    return State.COVERED if enough else State.BADLY


def test_by_words(index, settings, capsys) -> None:
    settings.EMBEDDINGS = "off"
    report("by words", topics(index), capsys)


def test_by_meaning(index, settings, capsys) -> None:
    by_meaning(settings)
    asked = topics(index)
    with_vectors()
    report("by meaning", asked, capsys)


def report(how: str, asked: list[Topic], capsys) -> None:
    """Print what was taken for what, by set and fate."""
    matrix: Counter[tuple[str, str, str]] = Counter()
    wrong_entry, lines = 0, []
    for number, topic in enumerate(asked):
        group = frequent(f"group {number}", dict.fromkeys(topic.wordings, 1), topic.locale)
        found: Found = ask(group)
        true = truth(topic, group)
        matrix[f"{topic.locale} {topic.fate}", true, found.state] += 1
        other = found.entry is not None and found.entry.pk != topic.entry
        wrong_entry += other and true != State.MISSING
        if true != found.state:
            title = Entry.objects.get(pk=topic.entry).title if topic.entry else "–"
            told = found.entry.title if found.entry else "–"
            lines.append(
                f"{topic.fate}: {true} taken for {found.state}: {topic.wordings[0][:60]!r}"
                f" answer {title[:40]!r} found {told[:40]!r} {found.found}/{found.whole}"
            )
    right = sum(n for (_kind, true, told), n in matrix.items() if true == told)
    with capsys.disabled():
        print("\n" + "\n".join(lines))
        for (kind, true, told), n in sorted(matrix.items()):
            print(f"{kind:18} {true:8} -> {told:8} {n}")
        print(f"{how}: {right} of {len(asked)} right ({right / len(asked):.1%});", end=" ")
        for state in (State.COVERED, State.BADLY, State.MISSING):
            n = sum(n for (_k, true, _t), n in matrix.items() if true == state)
            r = sum(n for (_k, true, told), n in matrix.items() if true == told == state)
            print(f"{state} {r} of {n};", end=" ")
        print(f"another entry was told for {wrong_entry}")
