"""Converts the Markdown of many pages ahead of their building, on more than one core.

Only texts that are not kept yet are converted, each once.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType

from content.models import RenderedText
from content.rendering.kept import digest

from .worker import render, render_all, watch_parent

_CHUNK = 12
#: With fewer texts than this, starting processes takes longer than it saves.
_WORTH_A_POOL = 150


class Converter:
    """Use as a context manager; ``ahead`` announces texts, ``rows`` collects their HTML."""

    def __init__(self, processes: int = 0) -> None:
        self.processes = processes
        self.failed: set[str] = set()
        self._pool: ProcessPoolExecutor | None = None
        self._known: set[str] = set()
        self._coming: dict[str, tuple[Future[list[str | None]], int]] = {}
        self._waiting: dict[str, str] = {}

    def __enter__(self) -> Converter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def start(self, expected: int) -> None:
        """Start processes where ``expected`` texts are worth it."""
        if self.processes > 1 and expected >= _WORTH_A_POOL:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self.processes, mp_context=context, initializer=watch_parent
            )

    def ahead(self, texts: Iterable[str]) -> None:
        """Begin to convert those of ``texts`` that are new."""
        new = {
            key: text for text in texts if text.strip() and (key := digest(text)) not in self._known
        }
        self._known |= set(new)
        keys = list(new)
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            for kept in RenderedText.objects.filter(digest__in=some).values_list(
                "digest", flat=True
            ):
                del new[kept]
        if self._pool is None:
            self._waiting |= new
            return
        keys = list(new)
        for start in range(0, len(keys), _CHUNK):
            some = keys[start : start + _CHUNK]
            future = self._pool.submit(render_all, [new[key] for key in some])
            for number, key in enumerate(some):
                self._coming[key] = (future, number)

    def rows(self, texts: Iterable[str]) -> list[RenderedText]:
        """Rows to keep for those of ``texts`` that were converted here, each given once."""
        found = []
        for text in texts:
            key = digest(text)
            if key in self._coming:
                future, number = self._coming.pop(key)
                html = future.result()[number]
            elif key in self._waiting:
                html = render(self._waiting.pop(key))
            else:
                continue
            if html is None:
                self.failed.add(text)
            else:
                found.append(RenderedText(digest=key, html=html))
        return found
