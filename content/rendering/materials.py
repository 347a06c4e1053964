"""Everything that the bodies of many entries need, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from content.models import Snippet

from .kept import html_of
from .snippets import Block, Snippets, blocks_of

__all__ = ["IMAGE_SIZE", "Block", "Materials", "Written", "blocks_of", "items_of", "texts_of"]

#: The one size in which images of bodies are shown.
IMAGE_SIZE = "max-1600x1600"


def items_of(value: Iterable[Any]) -> Iterator[Any]:
    """The values of a list block, stored in its present or its earlier form."""
    for item in value or ():
        is_new = isinstance(item, dict) and item.get("type") == "item" and "value" in item
        yield item["value"] if is_new else item


class Written(Protocol):
    """What bodies and leads are made of: an entry, or a row with its columns."""

    @property
    def pk(self) -> Any:
        """Its id."""

    @property
    def kind(self) -> str:
        """What it is, a `Kind`."""

    @property
    def locale_id(self) -> int | None:
        """In which language it is written."""

    @property
    def lead(self) -> str:
        """Its short answer or summary."""

    @property
    def body(self) -> Any:
        """Its body, as a StreamField's value or as `blocks_of` it."""


class Materials:
    """Texts, snippets, images and files of some entries; look-ups here never query."""

    def __init__(self, entries: Iterable[Written], texts: Iterable[str] = ()) -> None:
        entries = list(entries)
        self.bodies: dict[int, list[Block]] = {id(e): blocks_of(e.body) for e in entries}
        blocks = [block for body in self.bodies.values() for block in body]
        self._snippets = Snippets(self.bodies.values(), {entry.locale_id for entry in entries})
        for body in self._snippets.bodies.values():
            blocks += body
        used = list(_used(blocks))
        self.html = html_of([*texts, *(value for kind, value in used if kind == "text")])
        images = {pk for kind, pk in used if kind == "image"}
        self.images = (
            get_image_model()
            .objects.filter(pk__in=images)
            .prefetch_renditions(IMAGE_SIZE)
            .in_bulk()
            if images
            else {}
        )
        files = {pk for kind, pk in used if kind == "file"}
        self.files = get_document_model().objects.in_bulk(files) if files else {}

    def snippet(self, pk: int, locale_id: int | None) -> tuple[Snippet, list[Block]] | None:
        """The snippet in the reader's language (else as chosen) with its blocks."""
        return self._snippets.chosen(pk, locale_id)


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The Markdown texts in ``blocks`` (not those of the snippets that they name)."""
    return (value for kind, value in _used(blocks) if kind == "text")


def _used(blocks: Iterable[Block]) -> Iterator[tuple[str, Any]]:
    """(kind, value) of every text, image and file that the blocks use."""
    for block in blocks:
        value = block["value"]
        match block["type"]:
            case "markdown":
                yield "text", value or ""
            case "callout":
                yield "text", value.get("text") or ""
            case "steps":
                for step in items_of(value):
                    yield "text", step.get("text") or ""
            case "image" if value.get("image"):
                yield "image", value["image"]
            case "video" if value.get("file"):
                yield "file", value["file"]
            case "agents_only":
                yield from _used(value or ())
