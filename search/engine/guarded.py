"""An engine that may be slow, hang or fail, asked with a limit of time and behind a breaker."""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from search.breaker import Breaker

from .protocol import (
    Deletion,
    Engine,
    EngineBusy,
    EngineDocument,
    EngineFailed,
    EngineMissing,
    EngineQuery,
    EngineResult,
    Filters,
    NearHit,
    VectorSpace,
    Vocabulary,
    WriteReport,
)

#: Seconds that one call may last, where the caller has set no earlier end.
PATIENCE = 0.6
#: Questions under way at once; beyond it the engine counts as too slow.
MOST = 32

_forked = threading.Lock()
_Answer = TypeVar("_Answer")
_end: ContextVar[float | None] = ContextVar("end_of_patience", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let all calls inside the block, taken together, last no longer than `seconds`."""
    token = _end.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _end.reset(token)


class GuardedEngine:
    """What `opened` returns, for reading. Raises `EngineBusy` at once while the breaker is open."""

    def __init__(self, name: str, opened: Callable[[], Engine]) -> None:
        self._opened = opened
        self._callers = _Callers()
        self.breaker = Breaker(name, self._probe)

    def search(self, query: EngineQuery) -> EngineResult:
        """Return one page of hits."""
        return self._asked(lambda engine: engine.search(query))

    def search_all(self, queries: Sequence[EngineQuery]) -> list[EngineResult]:
        """Return a page of hits for each query."""
        return self._asked(lambda engine: engine.search_all(queries))

    @property
    def space(self) -> VectorSpace | None:
        """Of which model it keeps vectors."""
        return self._recalled(lambda engine: engine.space)

    def nearest(
        self, vector: Sequence[float], filters: Filters, limit: int, model: str
    ) -> tuple[NearHit, ...]:
        """Return the documents of which a part is nearest."""
        return self._asked(lambda engine: engine.nearest(vector, filters, limit, model))

    def document_frequency(self, field: str, token: str) -> int:
        """Return in how many documents `field` holds `token`."""
        return self._recalled(lambda engine: engine.document_frequency(field, token))

    def document_frequencies(
        self, tokens: Iterable[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Return `document_frequency` of each (field, token)."""
        asked = list(tokens)
        return self._recalled(lambda engine: engine.document_frequencies(asked))

    def vocabulary(self, level: int) -> Vocabulary:
        """Return the words a reader of `level` may see."""
        return self._recalled(lambda engine: engine.vocabulary(level))

    def count(self) -> int:
        """Return the number of documents."""
        return self._asked(lambda engine: engine.count())

    def size(self) -> int:
        """Return the bytes that the index takes."""
        return self._asked(lambda engine: engine.size())

    def write(
        self, documents: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()
    ) -> WriteReport:
        """Write, without a guard: whoever writes has time."""
        return self._opened().write(documents, deletes)

    def fill(self, batches: Iterable[Sequence[EngineDocument]]) -> Iterator[WriteReport]:
        """Fill, without a guard."""
        return self._opened().fill(batches)

    def tend(self) -> bool:
        """Tend it, without a guard."""
        return self._opened().tend()

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of every document, without a guard."""
        return self._opened().versions()

    def close(self) -> None:
        """Nothing of its own to let go of."""

    def _probe(self) -> None:
        """A search asks several times: who is asked again must answer in a part of its time."""
        self._callers.call(
            lambda: self._opened().search(EngineQuery(limit=1, count=False)), PATIENCE / 3
        )

    def _asked(self, ask: Callable[[Engine], _Answer]) -> _Answer:
        """What the engine answers now, which shows that it is well."""
        answer = self._recalled(ask)
        self.breaker.succeeded()
        return answer

    def _recalled(self, ask: Callable[[Engine], _Answer]) -> _Answer:
        """What may come from memory: an answer tells nothing of the engine's health, a failure
        does."""
        if not self.breaker.allows():
            raise EngineBusy("The engine is being spared after failures.")
        end = _end.get()
        limit = PATIENCE if end is None else min(PATIENCE, end - time.monotonic())
        try:
            return self._callers.call(lambda: ask(self._opened()), limit)
        except EngineMissing:
            raise  # another generation may be in use by now; it says nothing of the engine's health
        except EngineFailed as error:
            self.breaker.failed(error)
            raise


class _Callers:
    """Threads that ask, as many as are needed; a caller leaves one that takes too long."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]]
        self._waiting = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = self._busy = 0
        self._pid = os.getpid()

    def call(self, function: Callable[[], _Answer], seconds: float) -> _Answer:
        """The result of `function`, or `EngineBusy` after so many seconds."""
        if self._pid != os.getpid():
            with _forked:
                if self._pid != os.getpid():
                    self._begin()  # threads do not survive a fork
        future: Future[_Answer] = Future()
        with self._lock:
            if seconds <= 0 or self._busy >= MOST:
                raise EngineBusy("The engine is too slow.")
            self._busy += 1
            if self._busy > self._threads:
                self._threads += 1
                threading.Thread(target=self._work, name="engine-call", daemon=True).start()
        self._waiting.put((future, function))
        try:
            return future.result(seconds)
        except TimeoutError:
            raise EngineBusy(f"The engine did not answer within {seconds:.2f} s.") from None

    def _work(self) -> None:
        while True:
            future, function = self._waiting.get()
            try:
                result = function()
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits
                future.set_exception(error)
            else:
                future.set_result(result)
            with self._lock:
                self._busy -= 1
