"""Puts addresses in where a text still names files of its folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from .drafts import Block, EntryDraft

_MARK = re.compile(r"zhida-(page|file):([^\s)#\"'>]+)")


def settle(draft: EntryDraft, pages: Mapping[str, str], files: Mapping[str, str]) -> EntryDraft:
    """``draft`` with links to pages (by path of their file) and files (by name) in their place.

    A page that was not made (its file was left out) leaves the link's text a link to itself.
    """

    def found(match: re.Match[str]) -> str:
        name = unquote(match[2])
        return (pages if match[1] == "page" else files).get(name, "#")

    def text(value: str) -> str:
        return _MARK.sub(found, value) if "zhida-" in value else value

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
