"""What an import did, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .running import Outcome

#: Problems shown on the terminal; all of them go into a file when there are more.
SHOWN = 25
#: Parts of other files named on the terminal.
NAMED = 3


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
    if outcome.fragments:
        yield _parts(outcome.fragments)
    yield summary(outcome)
    remarks = len(problems) + len(outcome.vanished) + len(outcome.fragments)
    if max(len(problems), len(outcome.vanished), len(outcome.fragments)) > SHOWN:
        yield _("All %(number)s remarks: %(path)s") % {"number": remarks, "path": _write(outcome)}


def _parts(files: Sequence[str]) -> str:
    """What was read only into other articles, the first few by name."""
    text = ngettext(
        "%(n)s file only serves to be included in others; no article was made of it: %(names)s",
        "%(n)s files only serve to be included in others; no articles were made of them: %(names)s",
        len(files),
    )
    names = ", ".join(files[:NAMED]) + (" …" if len(files) > NAMED else "")
    return text % {"n": len(files), "names": names}


def summary(outcome: Outcome) -> str:
    """One line of counts."""
    new, changed, unchanged = outcome.created, outcome.changed, outcome.unchanged
    vanished, left = len(outcome.vanished), outcome.left_out
    return _("%(new)s, %(changed)s, %(unchanged)s, %(vanished)s, %(left)s.") % {
        "new": ngettext("%(n)s new", "%(n)s new", new) % {"n": new},
        "changed": ngettext("%(n)s changed", "%(n)s changed", changed) % {"n": changed},
        "unchanged": ngettext("%(n)s unchanged", "%(n)s unchanged", unchanged) % {"n": unchanged},
        "vanished": ngettext("%(n)s vanished", "%(n)s vanished", vanished) % {"n": vanished},
        "left": ngettext("%(n)s left out", "%(n)s left out", left) % {"n": left},
    }


def _write(outcome: Outcome) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    path = Path(settings.VAR_DIR) / f"import-report-{stamp}.txt"
    vanished = (
        _("%(source)s: no longer there; its page was kept.") % {"source": s}
        for s in outcome.vanished
    )
    parts = (
        _("%(file)s: only serves to be included in others; no article was made of it.")
        % {"file": file}
        for file in outcome.fragments
    )
    remarks = [*map(str, outcome.problems), *parts, *vanished]
    path.write_text("\n".join(remarks) + "\n", "utf-8")
    return path
