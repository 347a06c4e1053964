"""Makes one Markdown text stand alone: transclusions, links between files, images.

Links to other files become ``zhida-page:PATH#anchor`` and images ``zhida-file:NAME``; both are
settled when the pages' addresses are known (see ``settling``). Of code only variables are changed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from . import frontmatter
from .decoding import UnreadableError
from .drafts import Problem
from .folders import SUFFIXES, Folder
from .frontmatter import FrontMatterError
from .prose import GAP, Masked, mask, tidy

DEPTH = 8
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")

_VARIABLE = r"\{\{\{\s*\.(?P<variable>[\w.-]+)\s*\}\}\}"
_LABEL = r"(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*\])*"
_TARGET = (
    r"""\(\s*(?:<([^>\n]*)>|((?:[^()\s\\]|\\.|\([^()\s]*\))*))(\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
)
_MARKS = re.compile(
    rf"""
      \[!INCLUDE\s*\[[^\]\n]*\]\s*:?\s*\((?P<include>[^)\n]+)\)\s*\]?
    | \{{\{{[<%]-?\s*(?:include|readfile|include-file|import)\s+(?:file\s*=\s*)?
        ["']?(?P<hugo>[^"'\s>%]+)["']?[^>%\n]*[>%]\}}\}}
    | \{{%-?\s*include(?:_relative)?\s+["']?(?P<jekyll>[^"'\s%]+)["']?[^%\n]*%\}}
    | -+8<-+[ \t]+["'](?P<scissors>[^"'\n]+)["']
    | \{{!\s*(?P<bang>[^!\n]+?)\s*!\}}
    | \{{\{{\#include\s+(?P<mdbook>[^\s}}]+)\s*\}}\}}
    | ^[ \t]*\{{\{{[<%]\s*/?\s*(?P<shortcode>[\w-]+)[^\n]*?[>%]\}}\}}[ \t]*$
    | {_VARIABLE}
    | :::image\s(?P<docimage>[^\n]*?):{{3,}}
    | ^[ \t]*:::[ \t]*(?P<layout>[\w-]+[^\n]*)?:*[ \t]*$
    | \[!VIDEO\s+(?P<video>[^\]\s]+)\]
    | \[!div[^\]\n]*\]
    | (?P<picture>!)?\[(?P<label>{_LABEL})\](?P<target>{_TARGET})
    | ^[ ]{{0,3}}\[(?P<ref>[^\]\n]+)\]:[ \t]+(?P<reftarget>[^\s]+)
    | <img\b(?P<img>[^>\n]*)>
    | (?P<anchor><a\b[^>\n]*?\bhref\s*=\s*)(?P<quote>["'])(?P<href>[^"'\n]*)(?P=quote)
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_IN_ADDRESS = re.compile(_VARIABLE)
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//[^/]*\.[^/.]*(?:/|$)|#)", re.IGNORECASE)
_HREF = re.compile(r"\s*\bhref\s*=\s*$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_INCLUDES = ("include", "hugo", "jekyll", "scissors", "bang", "mdbook")


@dataclass(slots=True)
class Expansion:
    """What comes of the texts of one file; the collections are filled on the way."""

    folder: Folder
    file: str
    problems: list[Problem] = field(default_factory=list)
    #: Name in the folder of files -> path relative to the root.
    files: dict[str, str] = field(default_factory=dict)
    #: Files whose texts were included.
    included: set[str] = field(default_factory=set)

    def expand(self, text: str, line: int = 1) -> str:
        """``text`` of the file itself, which starts on its line ``line``."""
        return self._expand(text, self.file, line, (self.file,))

    def _expand(self, text: str, base: str, line: int, stack: tuple[str, ...]) -> str:
        masked = mask(text)
        run = _Pass(self, masked, base, line, stack)
        return masked.with_pieces(run.in_code).restore(tidy(run.run(masked.text)))


@dataclass(slots=True)
class _Pass:
    work: Expansion
    masked: Masked
    base: str
    line: int
    stack: tuple[str, ...]
    within: int = -1

    def run(self, text: str) -> str:
        return _MARKS.sub(self._mark, text)

    def in_code(self, code: str, at: int) -> str:
        """A block of code (at ``at`` in the masked text) with the values of the variables in it.

        All else in it stays, and so do spans of code within a line, which may be about variables.
        """
        if "{{{" not in code or "\n" not in code:
            return code
        self.within = at
        try:
            return _IN_ADDRESS.sub(lambda found: self._variable(found, found["variable"]), code)
        finally:
            self.within = -1

    def note(self, match: re.Match[str], reason: str) -> None:
        at = self.within if self.within >= 0 else match.start()
        self.work.problems.append(Problem(self.base, self.line + self.masked.line(at), reason))

    def _mark(self, match: re.Match[str]) -> str:  # noqa: PLR0911
        found = match.groupdict()
        for name in _INCLUDES:
            if found[name]:
                return self._include(match, found[name])
        if found["label"] is not None:
            return self._picture(match) if found["picture"] else self._link(match)
        if found["shortcode"]:
            self.note(
                match, _("The shortcode “%(name)s” was left out.") % {"name": found["shortcode"]}
            )
            return ""
        if found["variable"]:
            return self._variable(match, found["variable"])
        if found["docimage"]:
            given = _attributes(found["docimage"])
            return self._image(match, given.get("source", ""), given.get("alt-text", ""))
        if found["video"]:
            return f"<{found['video']}>"
        if found["ref"]:
            return self._reference(match)
        if found["img"] is not None:
            given = _attributes(found["img"])
            return self._image(match, given.get("src", ""), given.get("alt", ""))
        if found["anchor"]:
            address = self._address(match, found["href"])
            target = self._page(match, address)
            if target is None:
                return match[0].replace(found["href"], address) if found["href"] else match[0]
            return f'{found["anchor"]}"{target}"' if target else _HREF.sub("", found["anchor"])
        return ""

    def _include(self, match: re.Match[str], target: str) -> str:
        path = target.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].strip()
        folder = self.work.folder
        name = folder.find(self.base, path) or folder.find("", f"_includes/{path}")
        if name is None or name in self.stack or len(self.stack) > DEPTH:
            reason = _("“%(path)s” is not in the folder; the text it would bring was left out.")
            if name is not None:
                reason = _("“%(path)s” includes itself; it was left out.")
            self.note(match, reason % {"path": path})
            return GAP
        self.work.included.add(name)
        try:
            inner = frontmatter.split(folder.text(name).text)
        except (UnreadableError, FrontMatterError) as error:
            self.note(match, _("“%(path)s” cannot be read; it was left out.") % {"path": path})
            self.work.problems.append(Problem(name, error.line, str(error)))
            return GAP
        text = self.work._expand(inner.text, name, inner.line, (*self.stack, name))
        return _placed(text.strip("\n"), match)

    def _variable(self, match: re.Match[str], name: str) -> str:
        value = self.work.folder.variable(name)
        if value is None:
            self.note(
                match,
                _("The variable “%(name)s” has no value; its name stands for it.") % {"name": name},
            )
        return name if value is None else value

    def _address(self, match: re.Match[str], written: str) -> str:
        """An address with the values of the variables in it."""
        if "{{{" not in written:
            return written
        return _IN_ADDRESS.sub(lambda found: self._variable(match, found["variable"]), written)

    def _link(self, match: re.Match[str]) -> str:
        label = self._inner(match)
        url = self._address(match, match["target"])
        target = self._page(match, _url(url))
        if target is None:
            return f"[{label}]{url}"
        return f"[{label}]({target})" if target else label

    def _inner(self, match: re.Match[str]) -> str:
        label = match["label"]
        if not any(mark in label for mark in ("[", "<", "{", ":::")):
            return label
        outer, self.within = self.within, match.start() if self.within < 0 else self.within
        try:
            return self.run(label)
        finally:
            self.within = outer

    def _page(self, match: re.Match[str], url: str) -> str | None:
        """Where a link leads now: None unchanged, "" nowhere (its file is missing)."""
        if not url or _SCHEME.match(url):
            return None
        path, _hash, anchor = url.partition("#")
        path = path.split("?")[0]
        if path.startswith("//"):
            path = path[1:]  # a slash too many: no name of a host is without a dot
        name = self.work.folder.page(self.base, path)
        tail = f"#{anchor}" if anchor else ""
        if name and name.lower().endswith(SUFFIXES):
            return f"zhida-page:{quote(name)}{tail}"
        if name and name.lower().endswith(IMAGES):
            return f"zhida-file:{self._keep(name)}"
        if path and _is_dead(path):
            self.note(
                match,
                _("The link to “%(path)s” leads to no file; its text was kept.") % {"path": path},
            )
            return ""
        return None

    def _reference(self, match: re.Match[str]) -> str:
        address = self._address(match, match["reftarget"])
        target = self._page(match, address)
        if target is None:
            target = address
        return match[0].replace(match["reftarget"], target or "#")

    def _picture(self, match: re.Match[str]) -> str:
        alt = self._inner(match).removeprefix("!")
        return self._image(match, _url(self._address(match, match["target"])), alt)

    def _image(self, match: re.Match[str], url: str, alt: str) -> str:
        if re.match(r"https?://", url, re.IGNORECASE):
            in_html = match["img"] is not None
            return self._address(match, match[0]) if in_html else f"![{alt}]({url})"
        path = url.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]
        name = self.work.folder.find(self.base, path)
        if name and name.lower().endswith(IMAGES):
            return f"![{alt}](zhida-file:{self._keep(name)})"
        self.note(
            match,
            _("The image “%(path)s” is not in the folder; its description was kept.")
            % {"path": path},
        )
        return alt or GAP

    def _keep(self, name: str) -> str:
        data = (self.work.folder.root / name).read_bytes()
        kept = f"{hashlib.sha1(data).hexdigest()[:16]}{PurePosixPath(name).suffix.lower()}"  # noqa: S324
        self.work.files[kept] = name
        return kept


def _url(target: str) -> str:
    inner = target.strip()[1:-1].strip()
    if inner.startswith("<"):
        return inner[1:].split(">")[0]
    return re.sub(r"""\s+(?:"[^"]*"|'[^']*')$""", "", inner)


def _is_dead(path: str) -> bool:
    """Whether a link to ``path`` would lead nowhere: only pages and images come along.

    Paths of this site begin with a language; others belong to the site that the texts come from.
    """
    ours = path.startswith("/") and path.split("/")[1] in {code for code, _n in settings.LANGUAGES}
    return not ours or path.lower().endswith(SUFFIXES)


def _attributes(text: str) -> dict[str, str]:
    return {k.lower(): a or b or c for k, a, b, c in _ATTRIBUTE.findall(text)}


def _placed(text: str, match: re.Match[str]) -> str:
    """An included text where it stands: alone on its line with that line's indent, or in it."""
    whole = match.string
    start = whole.rfind("\n", 0, match.start()) + 1
    before = whole[start : match.start()]
    end = whole.find("\n", match.end())
    after = whole[match.end() : end if end >= 0 else len(whole)]
    if "\n" not in text:
        return text.strip() or GAP
    if after.strip() or not re.fullmatch(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?", before):
        return text if "\n\n" in text else " ".join(text.split("\n"))
    indent = re.sub(r"[^ \t>]", " ", before)
    return text.replace("\n", "\n" + indent)
