"""What the worker counted last, remembered by each process; a search pays no query for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b

from django.db import DatabaseError, connection

from content.models import Category
from search.text import group_key

from .models import SignalCount, SignalRun
from .weighing import NOTHING, Counts

log = logging.getLogger(__name__)

#: Seconds after which a process looks whether there is a newer count.
FRESH = 60.0
#: More rows than these are read in a thread, while searches go on with what was there.
AT_ONCE = 2000
Key = tuple[int, int]
_COLUMNS = ("clicks", "expected", "helpful", "unhelpful", "solved", "unsolved")


@dataclass(frozen=True, slots=True)
class Observed:
    """Counts by (question's hash, 0 for what is said of it; entry), half-lives in days by path.

    The public's hits are ordered by ``public``, others by ``customers``, which has both: nobody's
    by searches of those who see more.
    """

    run: int = 0
    helpful: float = 0.5
    solved: float = 0.5
    public: Mapping[Key, Counts] = field(default_factory=dict)
    customers: Mapping[Key, Counts] = field(default_factory=dict)
    half_lives: Mapping[str, int] = field(default_factory=dict)

    def half_life(self, path: str) -> int:
        """That of the nearest category above a page, in days; 0 where age does not matter."""
        if self.half_lives:
            for end in range(len(path) - _STEP, 0, -_STEP):
                if (found := self.half_lives.get(path[:end])) is not None:
                    return found
        return 0


_STEP = Category.steplen
_kept = Observed()
_at = float("-inf")
_lock = threading.Lock()


@lru_cache(4096)
def question_hash(text: str) -> int:
    """The hash of a question, the same for the same content words; 0 where there are none."""
    return hash_of(group_key(text))


def hash_of(key: str) -> int:
    """The hash of a `group_key`, which a signed column of eight bytes holds."""
    if not key:
        return 0
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)


def observed() -> Observed:
    """The latest there is, at most a minute late."""
    global _at  # noqa: PLW0603
    if time.monotonic() - _at < FRESH or not _lock.acquire(blocking=False):
        return _kept
    try:
        _at = time.monotonic()
        _refresh()
    finally:
        _lock.release()
    return _kept


def forget() -> None:
    """Read anew at the next search (tests)."""
    global _kept, _at
    _kept, _at = Observed(), float("-inf")


def _refresh() -> None:
    """Two small queries; rows only where there is another run."""
    global _kept  # noqa: PLW0603
    half_lives = Category.objects.filter(age_half_life__isnull=False)
    _kept = replace(_kept, half_lives=dict(half_lives.values_list("path", "age_half_life")))
    run = SignalRun.objects.filter(finished__isnull=False).order_by("-pk").first()
    if run is None or run.pk == _kept.run:
        return
    if run.counts.count() <= AT_ONCE:
        _use(run)
    else:
        threading.Thread(target=_use_apart, args=(run,), name="signals", daemon=True).start()


def _use(run: SignalRun) -> None:
    global _kept  # noqa: PLW0603
    public, customers = read(run)
    _kept = replace(
        _kept,
        run=run.pk,
        helpful=run.helpful,
        solved=run.solved,
        public=public,
        customers=customers,
    )


def _use_apart(run: SignalRun) -> None:
    try:
        _use(run)
    except DatabaseError:
        log.exception("Signals could not be read; the next minute tries again")
    finally:
        connection.close()


def read(run: SignalRun) -> tuple[dict[Key, Counts], dict[Key, Counts]]:
    """The counts of a run, as the public's searches show them and as all customers' do."""
    public: dict[Key, Counts] = {}
    above: dict[Key, Counts] = {}
    rows = SignalCount.objects.filter(run=run).values_list(
        "question", "object_id", "level", *_COLUMNS
    )
    for question, entry, level, *counted in rows.iterator():
        (above if level else public)[question, entry] = Counts(*counted)
    if not above:
        return public, public
    both = {key: public.get(key, NOTHING) + counts for key, counts in above.items()}
    return public, {**public, **both}
