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
from pathlib import Path


@contextmanager
def both() -> Iterator[list]:
    """The site's library on a fresh embedded index, and on a fresh one in Elasticsearch."""
    from search.engine.elastic_client import Cluster
    from search.engine.elastic_generations import ElasticGenerations
    from search.engine.embedded import EmbeddedGenerations
    from search.lookup.library import SiteLibrary

    class On(SiteLibrary):
        """The site's entries, found by an index of our own."""

        def __init__(self, name, engine) -> None:
            self.name, self.index = name, engine

        def state(self):
            """Changes wait: no answer is remembered."""
            from dataclasses import replace

            return replace(super().state(), name=self.name, changes_wait=True)

        def engine(self, state):
            """The fresh index."""
            return self.index

        def hidden(self, audience):
            """Nothing has changed since."""
            return []

    address = os.environ["ELASTICSEARCH_URL"]
    with tempfile.TemporaryDirectory() as folder:
        elastic = ElasticGenerations(
            Cluster((address,), prefix=f"parity-{os.getpid()}", replicas="0", search_timeout=30.0)
        )
        places = {"embedded": EmbeddedGenerations(Path(folder)), "elasticsearch": elastic}
        try:
            made = {name: place.create("one") for name, place in places.items()}
            for batch in _batches():
                for engine in made.values():
                    list(engine.fill([batch]))
            yield [On(name, engine) for name, engine in made.items()]
        finally:
            elastic.destroy("one")


def _batches() -> Iterator[Sequence]:
    from search.index.documents import build, indexable

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
