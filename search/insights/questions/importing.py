"""Runs an import: a file in, counts and errors by row out, progress in the database meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from .fields import Row
from .keeping import Keeper
from .models import ImportProblem, QuestionImport
from .reading import Turn, UnreadableFile, turns

#: Rows kept at a time, and errors remembered of one file.
BATCH = 500
MOST_PROBLEMS = 10_000

Progress = Callable[[QuestionImport], None]


def run(
    record: QuestionImport, path: Path, name: str, say: Progress = lambda record: None
) -> QuestionImport:
    """Import the file at ``path``, whose name is ``name``; the record says what became of it.

    What was kept before a failure stays; the same file again goes on where it stopped.
    """
    record.state, record.size = QuestionImport.State.RUNNING, path.stat().st_size
    record.save()
    keeper, waiting = Keeper(record, record.locale), _Waiting()
    try:
        for turn in turns(path, name, record.mapping):
            record.rows += 1
            record.done = turn.read
            waiting.take(turn)
            if len(waiting.rows) >= BATCH or len(waiting.problems) >= BATCH:
                _store(record, keeper, waiting)
                say(record)
        _store(record, keeper, waiting)
        record.state, record.done = QuestionImport.State.DONE, record.size
    except UnreadableFile as error:
        _store(record, keeper, waiting)
        record.state = QuestionImport.State.FAILED
        record.message = _(
            "%(reason)s What was read before is kept. Mend the file and import it again:"
            " nothing is taken twice."
        ) % {"reason": error}
    record.finished = timezone.now()
    record.save()
    say(record)
    return record


class _Waiting:
    """Rows and problems that are not in the database yet."""

    def __init__(self) -> None:
        self.rows: list[tuple[Row, bool]] = []
        self.problems: list[tuple[int, str]] = []

    def take(self, turn: Turn) -> None:
        """Take a row of the file."""
        if turn.problem:
            self.problems.append((turn.number, turn.problem))
        self.rows += [(row, turn.whole or bool(row.conversation)) for row in turn.turns]


def _store(record: QuestionImport, keeper: Keeper, waiting: _Waiting) -> None:
    kept = keeper.keep(waiting.rows)
    room = max(0, MOST_PROBLEMS - record.failed)
    ImportProblem.objects.bulk_create(
        ImportProblem(of_import=record, row=number, reason=reason[:300])
        for number, reason in waiting.problems[:room]
    )
    record.kept += kept.kept
    record.repeated += kept.repeated
    record.left_out += kept.left_out
    record.failed += len(waiting.problems)
    record.save()
    waiting.rows, waiting.problems = [], []
