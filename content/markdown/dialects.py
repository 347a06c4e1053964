"""What documentation sites add to Markdown: shortcodes, inclusions, directives, own tags."""

from __future__ import annotations

import re

from . import formulas

#: Tags that only group: their line goes, what they hold stays and is Markdown.
GROUPING = (
    "div|section|article|main|center|font|CustomContent|SimpleTab|TabsPanel|Tabs|TabItem|Tab|"
    "DevToolCard|DevToolGroup|ColumnTitle|Column|DocHomeContainer|DocHomeSection|DocHomeCard|"
    "DocHomeCardContainer|LearningPath|LearningPathContainer|MediaInfo|Note|Syntax|PingCAPBook"
)
_GROUPING_LINE = re.compile(rf"^(?:\s*</?(?:{GROUPING})\b[^<>]*>)+\s*$", re.I)
_FOLDING_LINE = re.compile(
    r"^\s*(?:</?details\b[^<>]*>|<summary\b[^<>]*>.*</summary>|<details\b[^<>]*>\s*<summary\b.*</summary>)\s*$",
    re.I,
)
_TAB_LABEL = re.compile(r"<(?:div|TabItem|Tab)\b[^<>]*\blabel=\"([^\"<>]{1,80})\"", re.I)

_SHORTCODE = re.compile(r"\{\{[<%][^{}]*[>%]\}\}")
_INCLUDE = re.compile(r"\[!INCLUDE\s*\[[^\]]*\]\s*\([^)]*\)\s*\]", re.I)
_VIDEO = re.compile(r"\[!VIDEO\s+(https?://[^\s\]<>]+)\s*\]", re.I)
_IMAGE = re.compile(r":::\s*image\b(?P<a>[^:]*(?::(?!::)[^:]*)*):{3,}", re.I)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*\"([^\"]*)\"")
_DIRECTIVE = re.compile(r"^\s*:::\s*[\w-]*.*$")
_TAB_HEADING = re.compile(r"^(\s*#{1,6}\s*)\[([^\]]+)\]\(#tab/[^)]*\)")
_TASK = re.compile(r"^\[([ xX])\]\s+")


def reading(line: str) -> str | None:
    """The line as Markdown; ``None`` where nothing of it is for a reader."""
    if "{{" in line:
        line = _SHORTCODE.sub("", line)
        if not line.strip():
            return None
    if ":::" in line:
        line = _IMAGE.sub(_image, line)
        if _DIRECTIVE.match(line):
            return None
    if "[!" in line:
        line = _VIDEO.sub(r"<\1>", _INCLUDE.sub("", line))
    if "$" in line:
        line = formulas.inline(line)
    if "\\<" in line and "`" not in line:
        line = line.replace("\\<", "&lt;")
    if "#tab/" in line:
        line = _TAB_HEADING.sub(r"\1\2", line)
    return line


def grouping(line: str) -> str | None:
    """For a line of grouping tags alone: what stands in its place (a tab's name, or nothing)."""
    if "<" not in line or not _GROUPING_LINE.match(line):
        return None
    named = _TAB_LABEL.search(line)
    return f"**{named[1]}**" if named else ""


def is_folding(line: str) -> bool:
    """Whether the line opens, names or closes a part that readers can fold."""
    return bool(_FOLDING_LINE.match(line))


def task(text: str) -> str:
    """The text of a list item, with a ballot box in place of ``[ ]`` and ``[x]``."""
    if not (box := _TASK.match(text)):
        return text
    return ("☐ " if box[1] == " " else "☑ ") + text[box.end() :]


def _image(match: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(match["a"]))
    source = attributes.get("source", "")
    if not source:
        return ""
    alt = attributes.get("alt-text", "").replace("[", "(").replace("]", ")")
    return f"![{alt}](<{source}>)"
