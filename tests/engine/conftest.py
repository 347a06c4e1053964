"""Each engine in turn: a test that takes `engine` or `generations` says what all of them do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import Engine, Generations
from tests import elasticsearch


@pytest.fixture(params=elasticsearch.ENGINES)
def generations(request, tmp_path: Path) -> Iterator[Generations]:
    if request.param == "embedded":
        yield EmbeddedGenerations(tmp_path)
        return
    with elasticsearch.generations() as made:
        yield made


@pytest.fixture
def engine(generations: Generations) -> Engine:
    return generations.create("one")
