"""Puts a text into the form that ``Markdown`` reads.

People write for CommonMark: lists indented by two or three blanks, fences inside lists, lists and
tables straight after a paragraph. ``Markdown`` wants four blanks and empty lines, and its fences
only at the margin. One pass over the lines settles that, stashes code, and turns quotations that
are remarks into callouts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from . import callouts, dialects, formulas

_MARKER = re.compile(r"^([*+-]|\d{1,9}[.)])( +|$)(.*)$")
_FENCE = re.compile(r"^(`{3,}|~{3,})\s*([^`]*)$")
_RULE = re.compile(r"^([-*_])(?: *\1){2,} *$")
_HEADING = re.compile(r"^#{1,6}(?:\s|$)")
_HASH = re.compile(r"^#{1,6}[^#\s]")
_TABLE = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_CODE_SPAN = re.compile(r"`[^`]*`")
_ADMONITION = re.compile(r"^(?:!!!|\?\?\?\+?)\s+([\w-]+)[^\"]*(?:\"(.*)\")?\s*$")
_LANGUAGE = re.compile(r"^\{?\.?([A-Za-z][\w#.-]{0,30})")
_CHECKLIST = re.compile(r"^\[!div\b[^\]]*\]\s*$", re.I)
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item that is open: where its marker and its text stand."""

    marker: int
    text: int
    ordered: bool


class Arrangement:
    """One text on its way into Markdown's form. ``stash`` keeps HTML and names a placeholder."""

    def __init__(self, lines: list[str], stash: Callable[[str], str], depth: int = 0) -> None:
        self.lines = lines
        self.stash = stash
        self.depth = depth
        self.out: list[str] = []
        self.open: list[_Item] = []
        self.at = 0
        #: Whether the line before is text that the next one may continue.
        self.in_text = False
        #: Whether that text stands on the line of an item's marker.
        self.beside_marker = False

    def arranged(self) -> list[str]:
        """The lines as ``Markdown`` wants them."""
        while self.at < len(self.lines):
            raw = dialects.reading(self.lines[self.at].expandtabs(4))
            self.at += 1
            if raw is not None:
                self._line(raw)
        return self.out

    def _line(self, raw: str) -> None:
        stripped = raw.strip()
        if not stripped:
            self.out.append("")
            self.in_text = False
            return
        indent = len(raw) - len(raw.lstrip(" "))
        if self._block(stripped, indent):
            return
        marker = None if _RULE.match(stripped) else _MARKER.match(stripped)
        if marker and self._is_item(marker, indent):
            self._item(marker, indent)
        elif self.in_text:
            self._put(raw.lstrip(" "))
        else:
            self._text(raw, indent)

    def _block(self, stripped: str, indent: int) -> bool:
        """Takes the line where it begins a block of its own; false where it is text."""
        first = stripped[0]
        if first in "`~" and (fence := _FENCE.match(stripped)):
            self._code(fence, indent)
        elif first == ">" and self.depth < _DEEPEST:
            self._quotation(indent)
        elif first == "$" and (formula := formulas.display(self.lines[self.at - 1 :])):
            self._formula(*formula, indent)
        elif first == "<" and self._tag(stripped, indent):
            pass
        elif first in "!?" and (admonition := _ADMONITION.match(stripped)):
            self._admonition(admonition, indent)
        elif first == "#" and _HEADING.match(stripped):
            self._close_to(indent)
            self._alone(stripped)
        elif first == "#" and _HASH.match(stripped) and not self.in_text:
            self._close_to(indent)
            self._put("\\" + stripped)
            self.in_text = True
        elif "|" in stripped and self._begins_table():
            self._table(stripped, indent)
        else:
            return False
        return True

    def _close_to(self, indent: int, marker: re.Match[str] | None = None) -> None:
        """Closes the items that a line at ``indent`` is not part of."""
        while self.open:
            item = self.open[-1]
            ordered = bool(marker) and marker[1][0].isdigit()  # type: ignore[index]
            strict = marker is not None and ordered == item.ordered
            if indent >= (item.text if strict else min(item.text, item.marker + 2)):
                return
            self.open.pop()

    def _put(self, text: str) -> None:
        self.out.append("    " * len(self.open) + text if text else "")

    def _gap(self) -> None:
        if self.out and self.out[-1]:
            self.out.append("")

    def _alone(self, text: str) -> None:
        self._gap()
        self._put(text)
        self.out.append("")
        self.in_text = False

    def _text(self, raw: str, indent: int) -> None:
        self._close_to(indent)
        deeper = indent - (self.open[-1].text if self.open else 0)
        if deeper >= 4:
            self._put(" " * deeper + raw.lstrip(" "))
            return
        self._put(raw.lstrip(" "))
        self.in_text, self.beside_marker = True, False

    def _is_item(self, marker: re.Match[str], indent: int) -> bool:
        if not self.in_text or self.open:
            base = self.open[-1].text if self.open else 0
            return indent - base < 4 or bool(self.open)
        # Only a list that begins at its beginning may interrupt a paragraph.
        return bool(marker[3]) and (not marker[1][0].isdigit() or marker[1][:-1] == "1")

    def _item(self, marker: re.Match[str], indent: int) -> None:
        had = len(self.open)
        self._close_to(indent, marker)
        if self.in_text and not (had and self.beside_marker):
            self._gap()
        blanks = len(marker[2]) if 1 <= len(marker[2]) <= 4 else 1
        sign = marker[1][:-1] + "." if marker[1][0].isdigit() else marker[1]
        content = dialects.task(marker[3])
        if not content.strip():
            content = "&nbsp;" if self._next_is_blank() else ""
        fence = _FENCE.match(content) if content[:1] in "`~" else None
        self._put(f"{sign} {'' if fence else content}".rstrip() if fence else f"{sign} {content}")
        if len(self.open) < _DEEPEST:
            width = len(marker[1]) + blanks
            self.open.append(_Item(indent, indent + width, marker[1][0].isdigit()))
            if fence:
                self._code(fence, indent + width)
        self.in_text = self.beside_marker = not fence

    def _next_is_blank(self) -> bool:
        return self.at >= len(self.lines) or not self.lines[self.at].strip()

    def _code(self, fence: re.Match[str], indent: int) -> None:
        self._close_to(indent)
        end = re.compile(rf"^\s*{re.escape(fence[1][0])}{{{len(fence[1])},}}\s*$")
        code: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if end.match(line):
                break
            blank = len(line) - len(line.lstrip(" "))
            code.append(line[min(indent, blank) :])
        named = _LANGUAGE.match(fence[2])
        language = f' class="language-{html.escape(named[1].lower())}"' if named else ""
        text = html.escape("\n".join(code), quote=False)
        self._alone(self.stash(f"<pre><code{language}>{text}\n</code></pre>"))

    def _formula(self, text: str, lines: int, indent: int) -> None:
        self._close_to(indent)
        self.at += lines - 1
        self._alone(self.stash(f"<pre><code>{html.escape(text, quote=False)}\n</code></pre>"))

    def _quotation(self, indent: int) -> None:
        self._close_to(indent)
        quoted: list[str] = []
        self.at -= 1
        while self.at < len(self.lines) and (line := self.lines[self.at].strip()).startswith(">"):
            quoted.append(line[2:] if line[1:2] == " " else line[1:])
            self.at += 1
        for part in callouts.parted(quoted):
            self._quoted(part)

    def _quoted(self, quoted: list[str]) -> None:
        if found := callouts.introduced(quoted):
            kind, title, body = found
            self._enclosed(callouts.opening(kind, title), body)
        elif _CHECKLIST.match(quoted[0].strip()):
            self._enclosed('<div class="z-checklist">', quoted[1:])
        else:
            self._gap()
            for line in self._inner(quoted):
                self._put(f"> {line}" if line.endswith("  ") else f"> {line}".rstrip())
            self.out.append("")
            self.in_text = False

    def _admonition(self, match: re.Match[str], indent: int) -> None:
        self._close_to(indent)
        body: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at].expandtabs(4)
            if line.strip() and len(line) - len(line.lstrip(" ")) < indent + 2:
                break
            body.append(line[min(indent + 4, len(line) - len(line.lstrip(" "))) :])
            self.at += 1
        title = match[2] if match[2] is not None else callouts.label(match[1], body)
        self._enclosed(callouts.opening(callouts.kind_of(match[1]) or "note", title), body)

    def _enclosed(self, opening: str, body: list[str]) -> None:
        self._alone(self.stash(opening))
        for line in self._inner(body):
            self._put(line)
        self._alone(self.stash("</div>"))

    def _inner(self, lines: list[str]) -> list[str]:
        return Arrangement(lines, self.stash, self.depth + 1).arranged()

    def _tag(self, stripped: str, indent: int) -> bool:
        if stripped.startswith("<!--"):
            return self._comment(stripped)
        named = dialects.grouping(stripped)
        if named is not None:
            self._close_to(indent)
            self._alone(named) if named else self._gap()
            self.in_text = False
            return True
        if dialects.is_folding(stripped):
            self._close_to(indent)
            self._alone(self.stash(stripped))
            return True
        return False

    def _comment(self, stripped: str) -> bool:
        while "-->" not in stripped:
            if self.at >= len(self.lines):
                return True
            stripped = self.lines[self.at]
            self.at += 1
        rest = stripped.split("-->", 1)[1]
        if rest.strip():
            self._line(rest)
        return True

    def _begins_table(self) -> bool:
        if self.at >= len(self.lines):
            return False
        rule = self.lines[self.at].strip()
        return "-" in rule and ("|" in rule or ":" in rule) and bool(_TABLE.match(rule))

    def _table(self, header: str, indent: int) -> None:
        self._close_to(indent)
        self._gap()
        rule = self.lines[self.at].strip()
        self.at += 1
        missing = _cells(rule) - _cells(header)
        self._put(_widened(header, " |" * missing))
        self._put(_widened(rule, "---|" * -missing))
        while self.at < len(self.lines) and (row := self.lines[self.at].strip()):
            if "|" not in row:
                break
            self._put(dialects.reading(row) or "")
            self.at += 1
        self.out.append("")
        self.in_text = False


def _cells(row: str) -> int:
    inner = _CODE_SPAN.sub("", row).removeprefix("|").removesuffix("|")
    return len(_CELL_END.findall(inner))


def _widened(row: str, cells: str) -> str:
    """The row with more cells: ``Markdown`` wants as many in the first row as in the second."""
    return row.removesuffix("|") + "|" + cells if cells else row
