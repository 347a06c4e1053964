"""Neutral blocks to what a StreamField stores, and back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .drafts import NAMESPACE, Block


@dataclass(slots=True)
class Lookups:
    """Database keys by the names that texts use, and (``names``) the way back."""

    images: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    #: (name, locale code) -> key
    snippets: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(slots=True)
class Names:
    """Names by database keys, for writing."""

    images: dict[int, str] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)
    snippets: dict[int, tuple[str, str]] = field(default_factory=dict)


def to_stream(
    blocks: Iterable[Block], *, seed: str, locale: str, lookups: Lookups
) -> list[dict[str, Any]]:
    """The stored form. Block ids come from ``seed`` and place, so that versions compare well."""
    return [
        {
            "type": block.type,
            "value": _stored(block, f"{seed}.{number}", locale, lookups),
            "id": str(uuid.uuid5(NAMESPACE, f"{seed}.{number}")),
        }
        for number, block in enumerate(blocks)
    ]


def _stored(block: Block, seed: str, locale: str, lookups: Lookups) -> Any:
    value = block.value
    match block.type:
        case "steps":
            return [
                {"type": "item", "value": step, "id": str(uuid.uuid5(NAMESPACE, f"{seed}/{n}"))}
                for n, step in enumerate(value)
            ]
        case "image":
            return {
                "image": lookups.images.get(value.get("file", "")),
                "alt": value.get("alt", ""),
                "caption": value.get("caption", ""),
            }
        case "video":
            return {
                "title": value.get("title", ""),
                "file": lookups.documents.get(value.get("file", "")),
                "url": value.get("url", ""),
            }
        case "snippet":
            return lookups.snippets.get((value.get("name", ""), value.get("locale") or locale))
        case "agents_only":
            return to_stream(value, seed=seed, locale=locale, lookups=lookups)
        case _:
            return value


def from_stream(raw: Iterable[Any], *, locale: str, names: Names) -> Iterator[Block]:
    """Blocks of a stored body; keys become names."""
    for item in raw:
        kind, value = item["type"], item["value"]
        match kind:
            case "markdown":
                yield Block(kind, value or "")
            case "callout":
                yield Block(
                    kind, {"kind": value.get("kind") or "note", "text": value.get("text") or ""}
                )
            case "code":
                yield Block(kind, {k: value.get(k) or "" for k in ("language", "code")})
            case "steps":
                steps = [s.get("value", s) for s in value or ()]
                yield Block(kind, [{k: s.get(k) or "" for k in ("title", "text")} for s in steps])
            case "image":
                file = names.images.get(value.get("image") or 0, "")
                yield Block(
                    kind,
                    {
                        "file": file,
                        "alt": value.get("alt") or "",
                        "caption": value.get("caption") or "",
                    },
                )
            case "video":
                file = names.documents.get(value.get("file") or 0, "")
                yield Block(
                    kind,
                    {
                        "title": value.get("title") or "",
                        "url": value.get("url") or "",
                        "file": file,
                    },
                )
            case "snippet":
                name, where = names.snippets.get(value or 0, ("", locale))
                yield Block(kind, {"name": name, "locale": "" if where == locale else where})
            case "agents_only":
                yield Block(kind, tuple(from_stream(value or (), locale=locale, names=names)))
            case "table":
                yield Block(kind, value if isinstance(value, dict) else {})


def needed(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """(block type, file name) for every file that ``blocks`` show."""
    for block in blocks:
        if block.type == "agents_only":
            yield from needed(block.value)
        elif block.type in ("image", "video") and block.value.get("file"):
            yield block.type, block.value["file"]


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every Markdown text in ``blocks``."""
    for block in blocks:
        match block.type:
            case "markdown":
                yield block.value
            case "callout":
                yield block.value["text"]
            case "steps":
                yield from (step["text"] for step in block.value)
            case "agents_only":
                yield from texts(block.value)
