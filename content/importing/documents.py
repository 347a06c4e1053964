"""One Markdown file to one draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from content.audience import Audience

from . import fences, frontmatter
from .drafts import Block, EntryDraft, Problem, Wording
from .expansion import Expansion
from .prose import mask

CONFIDENCES = ("wip", "not_validated", "validated", "archived")
TITLE_MAX = 255
OURS = frozenset(
    [
        "zhida",
        "title",
        "kind",
        "slug",
        "lead",
        "summary",
        "description",
        "phrasings",
        "audience",
        "confidence",
        "products",
        "product",
        "keywords",
        "verify_by",
        "owner",
        "backup_owner",
        "translation",
        "category",
        "locale",
        "live",
        "seo_title",
        "search_description",
        "verified_at",
        "verified_by",
        "published",
        "go_live_at",
        "expire_at",
    ]
)

_HEADING = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>[^\n]*?)(?:[ \t]+#+)?[ \t]*$"
    r"|^(?P<under>[^\s#>|`~<\-*+\0][^\n]*)\n(?P<rule>=+|-{2,})[ \t]*$",
    re.MULTILINE,
)
_ANCHOR = re.compile(r"\s*\{#[^}]*\}\s*$")
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"<[^>\n]+>"), ""),
    (re.compile(r"(`+)(.+?)\1"), r"\2"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])"), r"\1"),
)


class InvalidFieldError(ValueError):
    """A ``field`` of the front matter says what cannot be."""

    def __init__(self, reason: str, field: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a file says nothing."""

    locale: str
    audience: str = "public"
    products: tuple[str, ...] = ()
    kind: str = "article"


def read_document(
    text: str, *, file: str, source: str, defaults: Defaults, expansion: Expansion
) -> EntryDraft:
    """The draft in ``text``. Raises FrontMatterError, InvalidFieldError."""
    split = frontmatter.split(text)
    fields, notes = split.fields, expansion.problems
    exported = "zhida" in fields
    body, line = split.text, split.line
    title = _text(fields.get("title"))
    if not exported:
        title, body, line = _titled(title, body, line)
        title = expansion.expand(title) if title else ""
        title = plain(title) if not _text(fields.get("title")) else " ".join(title.split())
        body = expansion.expand(body, line)
    title = title or PurePosixPath(file).stem
    if len(title) > TITLE_MAX:
        notes.append(Problem(file, 1, _("The title is longer than 255 characters; it was cut.")))
        title = title[:TITLE_MAX]
    blocks = fences.read(body, lambda at, why: notes.append(Problem(file, at, why)), line)
    lead = next((_text(fields[k]) for k in ("lead", "summary", "description") if fields.get(k)), "")
    return EntryDraft(
        source=source,
        file=file,
        title=title,
        locale=_locale(fields, defaults.locale),
        lead=lead if exported or not lead else _lead(expansion.expand(lead), fields, defaults),
        body=blocks if exported else tuple(_with_images(blocks)),
        exported=exported,
        **_shared(fields, defaults, exported),
    )


def _shared(fields: dict[str, Any], defaults: Defaults, exported: bool) -> dict[str, Any]:
    slug = _text(fields.get("slug"))
    category = fields.get("category")
    return {
        "kind": _choice(fields, "kind", ("faq", "article"), defaults.kind),
        "category": tuple(_list(category, "/")) if category and exported else None,
        "slug": slug if re.fullmatch(r"[\w-]{1,255}", slug) else "",
        "phrasings": tuple(_wordings(fields.get("phrasings"))),
        "audience": _choice(fields, "audience", Audience.values, defaults.audience),
        "confidence": _choice(fields, "confidence", CONFIDENCES, "not_validated"),
        "products": tuple(
            dict.fromkeys(
                _list(fields.get("products") or fields.get("product")) or defaults.products
            )
        ),
        "keywords": tuple(_list(fields.get("keywords"))),
        "verify_by": _date(fields, "verify_by"),
        "owner": _text(fields.get("owner")) if isinstance(fields.get("owner"), str) else "",
        "backup_owner": _text(fields.get("backup_owner")),
        "translation": _text(fields.get("translation")),
        "live": _text(fields.get("live")).lower() not in ("false", "no", "0"),
        "seo_title": _text(fields.get("seo_title")) if exported else "",
        "search_description": _text(fields.get("search_description")) if exported else "",
        "verified_at": _moment(fields, "verified_at") if exported else None,
        "verified_by": _text(fields.get("verified_by")) if exported else "",
        "published": _moment(fields, "published") if exported else None,
        "go_live_at": _moment(fields, "go_live_at") if exported else None,
        "expire_at": _moment(fields, "expire_at") if exported else None,
    }


def _lead(text: str, fields: dict[str, Any], defaults: Defaults) -> str:
    """Markdown for FAQ entries; plain words, which is what a summary is, for articles."""
    return text if (_text(fields.get("kind")) or defaults.kind) == "faq" else plain(text)


def foreign_fields(text: str) -> list[str]:
    """Names of front matter fields that mean nothing to us."""
    try:
        return sorted(set(frontmatter.split(text).fields) - OURS)
    except frontmatter.FrontMatterError:
        return []


def plain(text: str) -> str:
    """A heading's Markdown as plain words."""
    for pattern, by in _INLINE:
        text = pattern.sub(by, text)
    return " ".join(text.split())


def _titled(title: str, body: str, line: int) -> tuple[str, str, int]:
    """The title, and the body without the heading that says the same."""
    masked = mask(body)
    heading = _HEADING.search(masked.text)
    if heading is None:
        return title, body, line
    text = heading["text"] if heading["under"] is None else heading["under"]
    text = _ANCHOR.sub("", masked.restore(text)).strip()
    level = len(heading["marks"]) if heading["marks"] else (1 if heading["rule"][0] == "=" else 2)
    first = not masked.restore(masked.text[: heading.start()]).strip()
    same = bool(title) and _key(plain(text)) == _key(plain(title))
    if not title and not plain(text):
        return title, body, line
    if (level == 1 or first) and (not title or same):
        rest = masked.restore(masked.text[: heading.start()] + masked.text[heading.end() :])
        return title or text, rest, line
    return title or text, body, line


def _with_images(blocks: Iterable[Block]) -> Iterable[Block]:
    """Images that are paragraphs of their own become blocks of their own."""
    for block in blocks:
        if block.type != "markdown" or "(zhida-file:" not in block.value:
            yield block
            continue
        rest: list[str] = []
        for piece in re.split(
            r"(?:\A|\n)\n*(!\[[^\]\n]*\]\(zhida-file:[\w.]+\))\n*(?=\n\n|\Z)", "\n" + block.value
        ):
            image = re.fullmatch(r"!\[([^\]\n]*)\]\(zhida-file:([\w.]+)\)", piece)
            if not image or mask(block.value).text.count(piece) == 0:
                rest.append(piece)
                continue
            if text := "".join(rest).strip("\n"):
                yield Block("markdown", text)
            rest = []
            alt = plain(image[1]) or image[2]
            yield Block("image", {"file": image[2], "alt": alt, "caption": ""})
        if text := "".join(rest).strip("\n"):
            yield Block("markdown", text)


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: Any, separator: str = "") -> list[str]:
    if isinstance(value, str):
        parts = value.split(separator) if separator else re.split(r"[\n,，、;；]", value)
    elif isinstance(value, list):
        parts = [v for v in value if isinstance(v, str)]
    else:
        parts = []
    return [p.strip() for p in parts if p.strip()]


def _wordings(value: Any) -> Iterable[Wording]:
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict):
            text, hidden = _text(item.get("text")), _text(item.get("agents_only")).lower()
            if text:
                yield Wording(text[:TITLE_MAX], hidden in ("true", "yes", "1"))
        elif _text(item):
            yield Wording(_text(item)[:TITLE_MAX])


def _choice(fields: dict[str, Any], name: str, choices: Iterable[str], default: str) -> str:
    value = _text(fields.get(name)).lower().replace(" ", "_")
    if not value:
        return default
    if value not in choices:
        raise InvalidFieldError(
            _("“%(value)s” is not a possible %(field)s; possible are %(choices)s.")
            % {"value": value, "field": name, "choices": ", ".join(choices)},
            name,
        )
    return value


def _locale(fields: dict[str, Any], default: str) -> str:
    from .places import normal_locale

    given = _text(fields.get("locale"))
    return (normal_locale(given) or default) if given else default


def _date(fields: dict[str, Any], name: str) -> date | None:
    given = _text(fields.get(name))
    try:
        value = parse_date(given[:10]) if given else None
    except ValueError:
        value = None
    if given and value is None:
        raise InvalidFieldError(
            _("“%(value)s” is not a date; write %(field)s as 2026-01-31.")
            % {"value": given, "field": name},
            name,
        )
    return value


def _moment(fields: dict[str, Any], name: str) -> datetime | None:
    value = parse_datetime(_text(fields.get(name)))
    return make_aware(value) if value and is_naive(value) else value
