"""The block of YAML at the head of a Markdown file.

Every scalar is read as text: a title ``8.5`` or ``yes`` is what its author typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_START = re.compile(r"\A---[ \t]*\n")


class FrontMatterError(ValueError):
    """The YAML cannot be read; ``line`` is counted in the file."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Split:
    """A file's fields, its text, and the line that the text starts on (from 1)."""

    fields: dict[str, Any]
    text: str
    line: int


def split(text: str) -> Split:
    """Take the front matter off. Raises FrontMatterError where it is broken."""
    start = _START.match(text)
    if not start:
        return Split({}, text, 1)
    end = _END.search(text, start.end())
    if end is None:
        if _looks_like_fields(text[start.end() :]):
            raise FrontMatterError(_("The front matter has no closing line “---”."), 1)
        return Split({}, text, 1)
    try:
        fields = yaml.load(text[start.end() : end.start()], Loader=_Loader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise FrontMatterError(
            _("The front matter is not valid YAML: %(problem)s.") % {"problem": problem},
            (mark.line if mark else 0) + 2,
        ) from None
    except (RecursionError, ValueError):
        raise FrontMatterError(_("The front matter cannot be read."), 2) from None
    line = text.count("\n", 0, end.end()) + 2
    rest = text[end.end() + 1 :]
    if fields is None or fields == "":
        return Split({}, rest, line)
    if not isinstance(fields, dict):
        if isinstance(fields, str) and ":" not in fields:
            return Split({}, text, 1)
        raise FrontMatterError(_("The front matter is not a list of fields."), 2)
    return Split({str(k): v for k, v in fields.items()}, rest, line)


def line_of(text: str, field: str) -> int:
    """The line of ``text`` (from 1) on which its front matter names ``field``, else 1."""
    end = _END.search(text, 4)
    head = text[: end.start()] if end else ""
    named = re.search(rf"^[\"']?{re.escape(field)}[\"']?[ \t]*:", head, re.MULTILINE)
    return text.count("\n", 0, named.start()) + 1 if named else 1


def dump(fields: dict[str, Any]) -> str:
    """Front matter with its dashes, one field a line where the value allows."""
    text = _dump(fields, None)
    if yaml.load(text, Loader=_Loader) != fields or _END.search(text):  # noqa: S506
        text = _dump(fields, '"')
    return f"---\n{text}---\n"


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes texts of several lines as blocks, as people do."""


def _represent_text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    )


_Dumper.add_representer(str, _represent_text)


def _dump(fields: dict[str, Any], style: str | None) -> str:
    return yaml.dump(
        fields,
        Dumper=_Dumper if style is None else yaml.SafeDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
        default_flow_style=False,
        default_style=style,
    )


def _looks_like_fields(text: str) -> bool:
    return re.match(r"[A-Za-z_][\w.-]*:(?:\s|$)", text) is not None
