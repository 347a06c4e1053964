"""Each kind of block as a piece of HTML. Templates are the theme's: ``content/blocks/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from content.audience import Audience

from .materials import IMAGE_SIZE, Block, Materials, items_of
from .sections import Piece

_CALLOUTS = {"note": _("Note"), "tip": _("Tip"), "warning": _("Warning"), "danger": _("Danger")}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``scope`` is "col", "row" or "" for one that heads nothing."""

    text: str
    scope: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of several ordered steps."""

    title: str
    html: str


def pieces_of(
    blocks: Iterable[Block], audience: Audience, locale_id: int | None, materials: Materials
) -> Iterator[Piece]:
    """The pieces of ``blocks``, which readers below ``audience`` may not see, in order."""
    for block in blocks:
        value = block["value"]
        match block["type"]:
            case "snippet":
                if value and (found := materials.snippet(value, locale_id)):
                    snippet, inner = found
                    reach = Audience.narrower(audience, snippet.audience)
                    parts = pieces_of(inner, reach, locale_id, materials)
                    yield from _enclosed(parts, audience, reach)
            case "agents_only":
                reach = Audience.narrower(audience, Audience.AGENTS)
                parts = pieces_of(value or (), reach, locale_id, materials)
                yield from _enclosed(parts, audience, reach)
            case kind if kind in _RENDERERS:
                if html := _RENDERERS[kind](value, materials):
                    yield Piece(html, audience)


def _enclosed(parts: Iterable[Piece], outside: Audience, inside: Audience) -> Iterator[Piece]:
    """Marks for their readers what customers do not see, where that begins."""
    if inside.level < Audience.AGENTS.level or outside.level >= inside.level:
        yield from parts
        return
    template = "content/blocks/agents_only.html"
    opening, _sep, closing = _template(template, audience=inside).partition("<!--text-->")
    yield Piece(opening, inside, enclosing=True)
    yield from parts
    yield Piece(closing, inside, enclosing=True)


def _template(name: str, **context: Any) -> str:
    return get_template(name).render(context)


def _markdown(value: str, materials: Materials) -> str:
    return materials.html.get(value or "", "")


def _callout(value: dict[str, Any], materials: Materials) -> str:
    kind = value.get("kind") if value.get("kind") in _CALLOUTS else "note"
    text = mark_safe(_markdown(value.get("text") or "", materials))
    return _template(
        "content/blocks/callout.html", kind=kind, label=_CALLOUTS[str(kind)], text=text
    )


def _steps(value: list[Any], materials: Materials) -> str:
    steps = [
        Step(step.get("title") or "", mark_safe(_markdown(step.get("text") or "", materials)))
        for step in items_of(value)
    ]
    return _template("content/blocks/steps.html", steps=steps) if steps else ""


def _table(value: dict[str, Any] | None, materials: Materials) -> str:
    if not value or not value.get("data"):
        return ""
    by_row, by_column = (
        bool(value.get("first_row_is_table_header")),
        bool(value.get("first_col_is_header")),
    )
    rows = [
        [_cell(text, by_row and not y, by_column and not x) for x, text in enumerate(row)]
        for y, row in enumerate(value["data"])
    ]
    return _template(
        "content/blocks/table.html",
        head=rows[0] if by_row else (),
        rows=rows[1:] if by_row else rows,
        caption=value.get("table_caption") or "",
    )


def _cell(text: Any, heads_column: bool, heads_row: bool) -> Cell:
    shown = "" if text is None else str(text)
    if not shown.strip():
        return Cell("", "")
    return Cell(shown, "col" if heads_column else "row" if heads_row else "")


def _image(value: dict[str, Any], materials: Materials) -> str:
    image = materials.images.get(value.get("image"))
    if image is None:
        return ""
    return _template(
        "content/blocks/image.html",
        image=image.get_rendition(IMAGE_SIZE),
        alt=value.get("alt") or "",
        caption=value.get("caption") or "",
    )


def _code(value: dict[str, Any], materials: Materials) -> str:
    return _template(
        "content/blocks/code.html",
        language="".join(
            c for c in value.get("language") or "" if c.isalnum() or c in "+#-"
        ).lower(),
        code=value.get("code") or "",
    )


def _video(value: dict[str, Any], materials: Materials) -> str:
    file = materials.files.get(value.get("file"))
    url = value.get("url") or ""
    if file is None and not url.startswith(("https://", "http://")):
        return ""
    return _template(
        "content/blocks/video.html", file=file, url=url, title=value.get("title") or url
    )


_RENDERERS: dict[str, Callable[[Any, Materials], str]] = {
    "markdown": _markdown,
    "callout": _callout,
    "steps": _steps,
    "table": _table,
    "image": _image,
    "code": _code,
    "video": _video,
}
