"""An index in which a change of the dictionary has been made already, for as long as one looks."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from search.engine.embedded import EmbeddedEngine, EmbeddedGenerations
from search.engine.protocol import Engine

from .. import generations
from ..documents import build
from ..models import IndexedDocument
from .current import trying
from .rules import Tuning

#: More articles take too long to wait for.
MOST = 400
_FOLDER = "rehearsals"


class CannotRehearse(Exception):
    """Too many articles are concerned, or the index lies where it cannot be copied at once."""


@contextmanager
def rehearsed(tuning: Tuning, entries: Collection[int]) -> Iterator[Engine]:
    """A copy of the index in use with ``entries`` indexed as ``tuning`` has it; gone afterwards.

    The copy shares its files with the original. Raises `CannotRehearse`.
    """
    source = generations.current()
    if len(entries) > MOST or not isinstance(source, EmbeddedEngine):
        raise CannotRehearse
    place = EmbeddedGenerations(Path(settings.INDEX_DIR) / _FOLDER)
    name = uuid.uuid4().hex
    try:
        engine = place.copy(source, name)
        versions = dict(IndexedDocument.objects.filter(pk__in=entries).values_list("pk", "version"))
        with trying(tuning):
            engine.write([built.document for built in build(versions)])
        yield engine
        engine.close()
    finally:
        place.destroy(name)
