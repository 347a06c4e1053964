"""Bodies as text and back: Markdown with our own blocks fenced by comments on their own lines.

::

    Plain Markdown.

    <!-- zhida:callout kind=warning -->
    Text.
    <!-- /zhida:callout -->

    <!-- zhida:snippet name=returns -->

A line of a text that would read as a fence is written with a backslash before it. ``write`` and
``read`` are inverse: ``write(read(write(body))) == write(body)`` for every body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from .drafts import Block
from .gfm import read_table

_FENCE = re.compile(r"^<!--[ \t]*(/?)zhida:([a-z_]+)[ \t]*(.*?)[ \t]*-->[ \t]*$")
_GUARDED = re.compile(r"^\\*<!--[ \t]*/?zhida:")
_STEP = re.compile(r"^###(?:[ \t]+(.*?))?[ \t]*$")
_STEP_GUARDED = re.compile(r"^\\*###(?:[ \t]|$)")
_ATTRIBUTE = re.compile(r'([a-z_]+)=("(?:[^"\\]|\\.)*"|[^\s"]+)')
_BARE = re.compile(r"^[\w./:+-]+$")
_VOID = frozenset({"snippet", "image", "video"})
_PAIRED = frozenset({"markdown", "callout", "steps", "table", "code", "agents_only"})

Report = Callable[[int, str], None]


def write(body: Iterable[Block]) -> str:
    """The text of a body, without a line end at its end."""
    parts: list[str] = []
    plain = False
    for block in body:
        text = _lines(block.value) if block.type == "markdown" else ""
        if not plain and text.strip() and text == text.strip("\n"):
            parts.append(_guard(text))
            plain = True
        else:
            parts.append(_write_block(block))
            plain = False
    return "\n\n".join(parts)


def _write_block(block: Block) -> str:  # noqa: PLR0911
    kind, value = block.type, block.value
    if kind == "markdown":
        return _fenced(kind, {}, _guard(_lines(value)))
    if kind == "callout":
        return _fenced(kind, {"kind": value["kind"] or "note"}, _guard(_lines(value["text"])))
    if kind == "code":
        return _fenced(kind, {"language": value["language"]}, _guard(_lines(value["code"])))
    if kind == "steps":
        return _fenced(kind, {}, _write_steps(value))
    if kind == "table":
        return _fenced(kind, {}, _write_table(value))
    if kind == "agents_only":
        return _fenced(kind, {}, write(value))
    return f"<!-- zhida:{kind}{_attributes(value)} -->"


def _fenced(kind: str, attributes: dict[str, str], text: str) -> str:
    return f"<!-- zhida:{kind}{_attributes(attributes)} -->\n{text}\n<!-- /zhida:{kind} -->"


def _attributes(values: dict[str, Any]) -> str:
    return "".join(f" {key}={_quoted(str(value))}" for key, value in values.items() if value)


def _quoted(value: str) -> str:
    if _BARE.match(value) and "\n" not in value and "--" not in value:
        return value
    return json.dumps(_lines(value), ensure_ascii=False).replace("-", "\\u002d")


def _write_steps(steps: list[dict[str, str]]) -> str:
    tidy = [(_lines(s.get("title") or ""), _lines(s.get("text") or "")) for s in steps]
    if all(_simple_step(*step) for step in tidy):
        return "\n\n".join(
            f"### {title}".rstrip() + (f"\n\n{_guard(text, _STEP_GUARDED)}" if text else "")
            for title, text in tidy
        )
    return "\n".join(
        _fenced("step", {"title": title}, _guard(text, _STEP_GUARDED)) for title, text in tidy
    )


def _simple_step(title: str, text: str) -> bool:
    tidy = title == title.strip() and title.isprintable()
    return tidy and text == text.strip("\n")


def _write_table(value: Any) -> str:
    rows = value.get("data") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else "{}"
    rest = {k: v for k, v in value.items() if k != "data"}
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    head = json.dumps(rest, ensure_ascii=False)[1:-1]
    return "{" + head + (", " if head else "") + '"data": [\n' + lines + "\n]}"


def _lines(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n")


def _guard(text: str, *more: re.Pattern[str]) -> str:
    if "<!--" not in text and not more:
        return text
    return "\n".join(
        "\\" + line if any(p.match(line) for p in (_GUARDED, *more)) else line
        for line in text.split("\n")
    )


def _unguard(lines: list[str], *more: re.Pattern[str]) -> str:
    return "\n".join(
        line[1:]
        if line.startswith("\\") and any(p.match(line) for p in (_GUARDED, *more))
        else line
        for line in lines
    )


def read(text: str, report: Report | None = None, line: int = 1) -> tuple[Block, ...]:
    """The body in ``text``; ``report(line, reason)`` is told of fences that are not understood."""
    if "zhida:" not in text:
        plain = text.strip("\n")
        return (Block("markdown", plain),) if plain.strip() else ()
    return tuple(_Reader(text, report or (lambda *_: None), line).blocks())


class _Reader:
    def __init__(self, text: str, report: Report, line: int) -> None:
        self.lines = text.split("\n")
        self.report = report
        self.first = line

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        at = plain_from = 0
        while at < len(self.lines):
            fence = _FENCE.match(self.lines[at])
            if not fence:
                at += 1
                continue
            end = self._end(at, fence)
            if end is None:
                self.report(
                    self.first + at, _("This fence is not understood; it was read as text.")
                )
                at += 1
                continue
            self._plain(found, plain_from, at)
            inner = self.lines[at + 1 : end]
            found.extend(self._block(fence[2], _read_attributes(fence[3]), inner, at))
            at = plain_from = end + 1
        self._plain(found, plain_from, at)
        return found

    def _plain(self, found: list[Block], start: int, end: int) -> None:
        text = _unguard(self.lines[start:end]).strip("\n")
        if text.strip():
            found.append(Block("markdown", text))

    def _end(self, at: int, fence: re.Match[str]) -> int | None:
        """Index of the closing fence; of the fence itself where it has none; None if wrong."""
        closing, kind, _rest = fence.groups()
        if closing or kind not in _VOID | _PAIRED:
            return None
        if kind in _VOID:
            return at
        for index in range(at + 1, len(self.lines)):
            if (other := _FENCE.match(self.lines[index])) and other[1] and other[2] == kind:
                return index
        return None

    def _block(  # noqa: PLR0911
        self, kind: str, given: dict[str, str], inner: list[str], at: int
    ) -> list[Block]:
        text = _unguard(inner)
        if kind == "markdown":
            return [Block("markdown", text)]
        if kind == "callout":
            return [Block("callout", {"kind": given.get("kind", "note"), "text": text})]
        if kind == "code":
            return [Block("code", {"language": given.get("language", ""), "code": text})]
        if kind == "steps":
            return [Block("steps", _read_steps(inner))]
        if kind == "agents_only":
            return [Block("agents_only", read("\n".join(inner), self.report, self.first + at + 1))]
        if kind == "table":
            return self._table(text, at)
        return [Block(kind, given)]

    def _table(self, text: str, at: int) -> list[Block]:
        try:
            value = json.loads(text) if text.lstrip().startswith("{") else read_table(text)
        except ValueError:
            value = None
            self.report(self.first + at, _("The table is neither JSON nor a Markdown table."))
        return [Block("table", value)] if isinstance(value, dict) else [Block("markdown", text)]


def _read_attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in _ATTRIBUTE.findall(text):
        try:
            found[key] = json.loads(value) if value.startswith('"') else value
        except ValueError:
            found[key] = value.strip('"')
    return found


def _read_steps(lines: list[str]) -> list[dict[str, str]]:
    steps: list[tuple[str, list[str], bool]] = []
    between = False
    for line in lines:
        fence = _FENCE.match(line)
        if fence and fence[2] == "step":
            between = bool(fence[1])
            if not between:
                steps.append((_read_attributes(fence[3]).get("title", ""), [], True))
            continue
        if between and not line.strip():
            continue
        if (head := _STEP.match(line)) and not (steps and steps[-1][2]):
            steps.append((head[1] or "", [], False))
        elif steps:
            steps[-1][1].append(line)
        elif line.strip():
            steps.append(("", [line], False))
    read_steps = []
    for title, inner, exact in steps:
        text = _unguard(inner, _STEP_GUARDED)
        read_steps.append({"title": title, "text": text if exact else text.strip("\n")})
    return read_steps
