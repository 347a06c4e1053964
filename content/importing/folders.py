"""A folder of Markdown files: what is in it, and which file a path in a text means."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from .decoding import Decoded, decode

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
#: Folders that hold no one's texts.
_SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__MACOSX"})
_INDEXES = ("index", "_index", "README", "readme", "Index")


@dataclass(slots=True)
class Folder:
    """Paths are relative to the root, with forward slashes. Nothing outside is ever read."""

    root: Path
    files: tuple[str, ...]
    _known: dict[str, str] = field(default_factory=dict)
    _texts: dict[str, Decoded] = field(default_factory=dict)
    _variables: dict[str, str] | None = None

    @classmethod
    def of(cls, path: Path) -> Folder:
        """The folder at ``path``; a single file is a folder that imports only that file."""
        root = path if path.is_dir() else path.parent
        everything = sorted(_inside(root))
        known: dict[str, str] = {}
        for name in everything:
            known.setdefault(name.lower(), name)
        wanted = everything if path.is_dir() else [path.name]
        files = tuple(n for n in wanted if n.lower().endswith(SUFFIXES))
        return cls(root, files, known)

    def text(self, name: str) -> Decoded:
        """The decoded text of a file. Raises UnreadableError."""
        if name not in self._texts:
            self._texts[name] = decode((self.root / name).read_bytes())
        return self._texts[name]

    def find(self, base: str, target: str) -> str | None:
        """The file that ``target``, written in the file ``base``, means; None if not here."""
        target = unquote(target).replace("\\", "/").strip()
        if not target or "\0" in target:
            return None
        if target.startswith("~/"):
            target = target[1:]
        if target.startswith("/"):
            places = [target.lstrip("/")]
        else:
            places = [posixpath.join(posixpath.dirname(base), target), target]
        for place in map(posixpath.normpath, places):
            if place.startswith(".."):
                continue
            if found := self._at(place):
                return found
        return None

    def page(self, base: str, target: str) -> str | None:
        """Like ``find``, for links: extensions may be missing, folders mean their index.

        The address of a page on the site that the texts come from means its file as well.
        """
        for place in self._places(target):
            if found := self._page(base, place):
                return found
        return None

    def _page(self, base: str, target: str) -> str | None:
        found = self.find(base, target)
        if found:
            return found
        stem = target.rstrip("/").removesuffix(".html")
        for suffix in (".md", ".markdown"):
            if stem and (found := self.find(base, stem + suffix)):
                return found
        for index in _INDEXES:
            if found := self.find(base, f"{stem or '.'}/{index}.md"):
                return found
        return None

    def _places(self, target: str) -> Iterator[str]:
        """``target``, and where else it may be: a site puts a folder of texts below another path.

        What is left of a shortened address has two parts at least, or follows our root's own name.
        """
        yield target
        if not target.startswith("/"):
            return
        parts = [part for part in target.split("/") if part]
        for start in range(1, len(parts) - 1):
            yield "/" + "/".join(parts[start:])
        root = self.root.resolve().name.lower()
        for at, part in enumerate(parts[:-1]):
            if part.lower() == root:
                yield "/" + "/".join(parts[at + 1 :])

    def variable(self, name: str) -> str | None:
        """A text variable (``variables.json`` at the root), or None."""
        if self._variables is None:
            self._variables = {}
            if "variables.json" in self._known:
                try:
                    values = json.loads(self.text("variables.json").text)
                    self._variables = {str(k): str(v) for k, v in values.items()}
                except (ValueError, AttributeError):
                    self._variables = {}
        return self._variables.get(name)

    def _at(self, place: str) -> str | None:
        return self._known.get(place.lower())


def _inside(root: Path) -> list[str]:
    found = []
    top = root.resolve()
    for path in root.rglob("*"):
        name = path.relative_to(root)
        if any(part in _SKIPPED for part in name.parts) or not path.is_file():
            continue
        if path.resolve().is_relative_to(top):
            found.append(name.as_posix())
    return found
