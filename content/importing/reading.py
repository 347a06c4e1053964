"""What was read from a folder, a table or an export, whatever it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from content.models import Snippet

from .drafts import EntryDraft, Problem
from .places import Places
from .slugs import ascii_slug


@dataclass(slots=True)
class Reading:
    """Drafts in order, what was wrong, and the files that drafts need."""

    drafts: list[EntryDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: Name in the folder of files -> path on disk, and -> title.
    files: dict[str, Path] = field(default_factory=dict)
    file_titles: dict[str, str] = field(default_factory=dict)
    #: Sources that are there, imported or not: what is not among them has vanished.
    seen: set[str] = field(default_factory=set)
    #: Files that only serve to be included in others: no articles are made of them.
    fragments: list[str] = field(default_factory=list)
    #: Beginning of the source names that belong to this folder or table.
    prefix: str = ""
    #: False where only a part of the folder was asked for.
    whole: bool = True
    #: Front matter fields that mean nothing to us, and how often they occur.
    ignored: Counter[str] = field(default_factory=Counter)
    #: Locale -> path of slugs -> fields of the category (from an export).
    categories: dict[str, dict[tuple[str, ...], Mapping[str, Any]]] = field(default_factory=dict)
    #: What must be there before the entries are built (from an export).
    preparations: list[Callable[[Places], None]] = field(default_factory=list)

    def remarks(self) -> list[Problem]:
        """What holds for the whole reading."""
        if not self.ignored:
            return []
        names = ", ".join(f"{name} ({n})" for name, n in self.ignored.most_common(12))
        reason = _("Fields without a meaning here were passed over: %(names)s.") % {"names": names}
        return [Problem(_("Front matter"), 0, reason)]

    def snippet_keys(self) -> dict[tuple[str, str], int]:
        """Keys of the snippets that are there, by name and locale."""
        rows = Snippet.objects.order_by("-pk").values_list("name", "locale__language_code", "pk")
        return {(name, code): pk for name, code, pk in rows}


def source_name(prefix: str, name: str) -> str:
    """The identity of a file or row, at most 500 characters."""
    whole = f"{prefix}{name}"
    return whole if len(whole) <= 500 else f"{whole[:430]}#{ascii_slug('x' * 80 + whole)[-40:]}"
