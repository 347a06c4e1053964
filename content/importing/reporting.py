"""What an import did, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .running import Outcome

#: Problems shown on the terminal; all of them go into a file when there are more.
SHOWN = 25


def lines(outcome: Outcome, *, dry: bool = False) -> Iterable[str]:
    """The report for a terminal. Long lists are written to a file, which is named."""
    if dry:
        yield _("Nothing was changed. An import would do this:")
    for category in outcome.categories:
        yield _("Category made: %(name)s") % {"name": category}
    problems = sorted(outcome.problems, key=lambda p: not p.fatal)
    for problem in problems[:SHOWN]:
        yield f"{problem}"
    for source in outcome.vanished[:SHOWN]:
        yield _("%(source)s: no longer there; its page was kept.") % {"source": source}
    yield summary(outcome)
    if len(problems) > SHOWN or len(outcome.vanished) > SHOWN:
        yield _("All %(number)s remarks: %(path)s") % {
            "number": len(problems) + len(outcome.vanished),
            "path": _write(outcome),
        }


def summary(outcome: Outcome) -> str:
    """One line of counts."""
    parts = [
        ngettext("%(n)s new", "%(n)s new", outcome.created) % {"n": outcome.created},
        ngettext("%(n)s changed", "%(n)s changed", outcome.changed) % {"n": outcome.changed},
        ngettext("%(n)s unchanged", "%(n)s unchanged", outcome.unchanged)
        % {"n": outcome.unchanged},
        ngettext("%(n)s vanished", "%(n)s vanished", len(outcome.vanished))
        % {"n": len(outcome.vanished)},
        ngettext("%(n)s left out", "%(n)s left out", outcome.left_out) % {"n": outcome.left_out},
    ]
    return ", ".join(parts) + "."


def _write(outcome: Outcome) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    path = Path(settings.VAR_DIR) / f"import-report-{stamp}.txt"
    vanished = (
        _("%(source)s: no longer there; its page was kept.") % {"source": s}
        for s in outcome.vanished
    )
    path.write_text("\n".join([*map(str, outcome.problems), *vanished]) + "\n", "utf-8")
    return path
