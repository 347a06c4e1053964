"""Asks both engines the same questions about the articles of a site, and counts what differs.

``python -m tests.bench.parity [--each 400]`` with VAR_DIR (or DATABASE_URL) of a filled site and
ELASTICSEARCH_URL. Both indexes are made afresh, apart from the site's own, and removed again.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from .cluster import place


class OnIndex:
    """The site's entries, found by an index of one's own; no answer is remembered."""

    def __init__(self, name: str, engine: Any) -> None:
        self.name, self.index = name, engine

    def __getattr__(self, name: str) -> Any:
        from search.lookup.library import SITE

        return getattr(SITE, name)

    def state(self) -> Any:
        """Changes wait: no answer is remembered."""
        from search.lookup.library import SITE

        return replace(SITE.state(), name=self.name, changes_wait=True)

    def engine(self, state: Any) -> Any:
        """The index of one's own."""
        return self.index

    def hidden(self, audience: Any) -> list[int]:
        """Nothing has changed since."""
        return []


@contextmanager
def both() -> Iterator[list[OnIndex]]:
    """The site's library on a fresh embedded index, and on a fresh one in Elasticsearch."""
    from search.engine.embedded_generations import EmbeddedGenerations

    with tempfile.TemporaryDirectory() as folder, place() as elastic:
        places = {"embedded": EmbeddedGenerations(Path(folder)), "elasticsearch": elastic}
        made = {name: where.create("one") for name, where in places.items()}
        for batch in batches():
            for engine in made.values():
                list(engine.fill([batch]))
        yield [OnIndex(name, engine) for name, engine in made.items()]


def batches() -> Iterator[Sequence]:
    """The documents of the site's articles, five hundred at a time."""
    from search.index.around import indexable
    from search.index.documents import build

    ids = list(indexable().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        yield [b.document for b in build(dict.fromkeys(ids[start : start + 500], 1))]


def main() -> None:
    """Print the figures, by class of question, for the public and for agents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=400)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    import django

    django.setup()
    from content.audience import Audience
    from tests.parity import compare

    from .questions import questions

    with both() as (one, other):
        for audience in (Audience.PUBLIC, Audience.AGENTS):
            for name, asked in questions(given.each).items():
                started = time.monotonic()
                found = compare(one, other, asked, audience)
                figures = {
                    "audience": audience.value,
                    "class": name,
                    "asked": found.asked,
                    "same first": found.same_first,
                    "same places": round(found.share, 5),
                    "same total": found.same_total,
                    "same answered": found.same_answered,
                    "scores differ by": found.largest_difference,
                    "seconds": round(time.monotonic() - started, 1),
                    "differing": found.differing[:5],
                }
                print(json.dumps(figures, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
