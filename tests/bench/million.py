"""Fills an index of either engine with very many documents; prints size, time and searches.

``python -m tests.bench.million [--documents 1000000] [--engine elasticsearch]`` with ZHIDA_CORPORA,
and ELASTICSEARCH_URL. No pages are made: documents are put together of sections of the corpora that
are analysed once. A search here is what the service asks an engine for, without gate and passages.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .cluster import place
from .timing import machine, percentiles

#: Sections of each language that documents are put together of, and their longest, in characters.
POOL, LONGEST = 3000, 800
BATCH = 2000
EACH = 50
LOCALES = ("en", "zh-hans")
Piece = tuple[str, str, Any]


def pieces(locale: str, chance: random.Random) -> list[Piece]:
    """(Heading, text, tokens) of sections of one language."""
    from search.index.tokens import Parts, analyser, tokens

    from .corpora import sections

    found = [s for s in sections(chinese=locale.startswith("zh")) if len(s.text) <= LONGEST]
    return [
        (s.heading, s.text, tokens(Parts(s.heading, (), (), [("", s.text)]), analyser()))
        for s in chance.sample(found, min(POOL, len(found)))
    ]


def document(number: int, locale: str, chosen: Sequence[Piece]) -> Any:
    """A document of these pieces; the first one's heading is its title."""
    from search.engine.protocol import EngineDocument, Tokens

    first = chosen[0][2]
    text = Tokens(
        title_words=first.title_words,
        title_grams=first.title_grams,
        exact_title=[f"{first.exact_title[0]} {number}"],
        **{
            name: [token for _, _, piece in chosen for token in getattr(piece, name)]
            for name in ("words", "grams", "prefixes", "surfaces")
        },
    )
    shelf = (number % 40,)
    return EngineDocument(number, 1, f"f{number}", locale, "article", 0, text, categories=shelf)


def batches(number: int, pools: dict[str, list[Piece]]) -> Iterator[list[Any]]:
    """So many documents, the same at each call."""
    chance = random.Random(7)
    for start in range(0, number, BATCH):
        batch = []
        for n in range(start, min(start + BATCH, number)):
            locale = LOCALES[n % 2]
            batch.append(document(n, locale, chance.sample(pools[locale], chance.randint(2, 4))))
        yield batch


@contextmanager
def generations(engine: str) -> Iterator[Any]:
    """Where an index of this engine is made; gone afterwards."""
    from search.engine.embedded_generations import EmbeddedGenerations

    if engine == "elasticsearch":
        with place(write_timeout=120.0) as made:
            yield made
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield EmbeddedGenerations(Path(folder))


def searches(engine: Any, asked: list[tuple[str, str, bool]]) -> dict[str, float]:
    """Milliseconds of understanding and retrieving each question for the first time."""
    from content.audience import Audience
    from search.lookup.awaiting import Awaited
    from search.lookup.nearness import Meaning
    from search.lookup.query import Query
    from search.lookup.retrieve import retrieve
    from search.lookup.understand import understand

    by_words, took = Awaited(Meaning, under_way=False), []
    for text, locale, typing in asked:
        query = Query(text, Audience.PUBLIC, locale, prefix=typing, channel="test")
        started = time.perf_counter()
        retrieve(query, understand(query, engine), engine, (), 0.3, by_words)
        took.append(time.perf_counter() - started)
    return percentiles(took)


def measured(engine: Any, documents: int) -> Iterator[tuple[str, Any]]:
    """Fill it; yields figures by name."""
    from .questions import about

    chance = random.Random(3)
    pools = {locale: pieces(locale, chance) for locale in LOCALES}
    started = time.monotonic()
    for done, _ in enumerate(engine.fill(batches(documents, pools)), 1):
        if not done % 25:
            yield f"{done * BATCH} after s", round(time.monotonic() - started)
    yield "documents", engine.count()
    yield "filled in s", round(time.monotonic() - started)
    yield "MB", round(engine.size() / 1e6)
    searches(engine, [("first question", locale, False) for locale in LOCALES])
    rows = [(head, at, [("", head, text)]) for at in LOCALES for head, text, _ in pools[at][:EACH]]
    chance.shuffle(rows)
    for name, asked in about(rows, EACH).items():
        yield name, searches(engine, asked)


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    import django

    django.setup()
    from search.index import tuning

    with tuning.trying(tuning.NOTHING), generations(given.engine) as where:
        for name, figure in measured(where.create("one"), given.documents):
            print(json.dumps({name: figure}), flush=True)
    print(json.dumps(machine()))


if __name__ == "__main__":
    main()
