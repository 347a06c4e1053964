"""Puts addresses in where a text still names files of its folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from .drafts import Block, EntryDraft

_MARK = re.compile(r"zhida-(page|file):([^\s)#\"'>]+)")
_LINK = re.compile(
    r"!?\[(?P<label>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
    r"\(zhida-(?P<kind>page|file):(?P<name>[^\s)#\"'>]+)[^\s)]*\)"
)
_HREF = re.compile(
    r"\s*\bhref\s*=\s*([\"'])zhida-(?P<kind>page|file):(?P<name>[^\s)#\"'>]+)[^\"']*\1", re.I
)

Leads = Callable[[str, str], bool]


def settle(draft: EntryDraft, pages: Mapping[str, str], files: Mapping[str, str]) -> EntryDraft:
    """``draft`` with links to pages (by path of their file) and files (by name) in their place.

    A link or an image whose target was not made leaves its text.
    """

    def targets(kind: str) -> Mapping[str, str]:
        return pages if kind == "page" else files

    def address(match: re.Match[str]) -> str:
        return targets(match[1]).get(unquote(match[2]), "#")

    def text(value: str) -> str:
        return _MARK.sub(address, _unlinked(value, lambda kind, name: name in targets(kind)))

    return everywhere(draft, text)


def unlink(draft: EntryDraft, gone: Collection[str]) -> EntryDraft:
    """``draft`` without links to the pages of the files ``gone``; their texts stay."""
    return everywhere(draft, lambda value: _unlinked(value, lambda _kind, name: name not in gone))


def names(draft: EntryDraft) -> frozenset[str]:
    """The files to whose pages the texts of ``draft`` link."""
    found: set[str] = set()

    def text(value: str) -> str:
        found.update(unquote(name) for kind, name in _MARK.findall(value) if kind == "page")
        return value

    everywhere(draft, text)
    return frozenset(found)


def _unlinked(value: str, leads: Leads) -> str:
    def kept(match: re.Match[str], otherwise: str) -> str:
        return match[0] if leads(match["kind"], unquote(match["name"])) else otherwise

    value = _LINK.sub(lambda match: kept(match, match["label"]), value)
    return _HREF.sub(lambda match: kept(match, ""), value)


def everywhere(
    draft: EntryDraft, change: Callable[[str], str], having: str = "zhida-"
) -> EntryDraft:
    """``draft`` with ``change`` made to each of its texts that has ``having`` in it."""

    def text(value: str) -> str:
        return change(value) if having in value else value

    def deep(value: Any) -> Any:
        if isinstance(value, str):
            return text(value)
        if isinstance(value, dict):
            return {k: deep(v) for k, v in value.items()}
        if isinstance(value, list):
            return [deep(v) for v in value]
        if isinstance(value, tuple):
            return tuple(deep(v) for v in value)
        if isinstance(value, Block):
            return Block(value.type, deep(value.value))
        return value

    return replace(draft, lead=text(draft.lead), body=deep(draft.body))
