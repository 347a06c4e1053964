"""What of the HTML survives. Everything else in this package is about reading well; this is the
only part that safety rests on.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

from bleach.html5lib_shim import Filter  # type: ignore[attr-defined]
from bleach.sanitizer import Cleaner

from .anchors import ANCHOR_PREFIX, anchor_of, fragment
from .dialects import GROUPING

_TAGS = frozenset(
    """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strong sub summary sup table tbody td tfoot th thead tr u ul var
    """.split()
)
_ATTRIBUTES: dict[str, list[str]] = {
    "*": ["class", "id"],
    "a": ["href", "title", "name"],
    "abbr": ["title"],
    "img": ["src", "alt", "title", "width", "height"],
    "li": ["value"],
    "ol": ["start"],
    "td": ["colspan", "rowspan", "align"],
    "th": ["colspan", "rowspan", "align", "scope"],
}
_PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
_CLASSES = {
    "footnote": "z-footnotes",
    "footnote-ref": "z-footnote-ref",
    "footnote-backref": "z-footnote-back",
}
_OWN_CLASS = re.compile(r"^(?:z-callout(?:-(?:note|tip|warning|danger|title))?|z-checklist)$")
_LANGUAGE_CLASS = re.compile(r"^language-[\w#.-]{1,31}$")
_OWN_ID = re.compile(r"^(?:h|fn|fnref\d*)-[\w.-]+$")
_ID_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "li", "sup"})
_OUTSIDE = re.compile(r"^(?:https?:)?[/\\]{2}|^https?:", re.I)
_SOURCE_FILE = re.compile(r"^[^#?:]*\.(?:md|ya?ml)(?:[#?]|$)", re.I)
#: What browsers skip over when they look for the protocol of an address.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\ufeff`]+")
_SAFE_ADDRESS = re.compile(r"^(?:https?://|mailto:|tel:\+?[\d()./-]+$|[^:&]*(?:[/?#]|$))", re.I)
#: Words that make a column of a table too wide, and those that may be wider than a telephone.
_LONG, _LONGER = re.compile(r"[!-~]{13,}"), re.compile(r"[!-~]{25,}")
#: Where a reader would part them.
_JOINT = re.compile(r"(?<=\w[_./:,=@|])(?=[\w(])|(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_DATA_CELL = re.compile(r"<td([^<>]*)>((?:(?!<td[ >]).)*?)</td>", re.S)
_ANY_TAG = re.compile(r"<[^<>]*>")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
#: Characters (wide ones count twice) from which a cell needs room.
_MUCH = 60
_NUMBER = re.compile(r"^\d{1,4}$")

#: Elements of HTML and of other vocabularies that are dropped; other unknown names in angle
#: brackets may be placeholders such as ``<cluster-name>``, which a reader needs to see.
_DROPPED = frozenset(
    """
    address animate animatetransform annotation-xml applet area article aside audio base
    basefont bdi bdo bgsound big body button canvas center circle command data datalist desc
    dialog dir embed fieldset font footer foreignobject form frame frameset g head header
    hgroup html iframe image image input isindex keygen label layer legend link listing main
    map marquee math menu menuitem meta meter mglyph mi mn mo ms mtext multicol nav nextid
    nobr noembed noframes noscript object optgroup option output param path picture plaintext
    portal progress rb rect rp rt rtc ruby script section select semantics set slot source
    spacer strike style svg template textarea time title track tt use video wbr xml xmp
    """.split()
) | frozenset(GROUPING.lower().split("|"))
_SILENT = re.compile(r"<(script|style|template|noscript)\b[^>]*>.*?</\1\s*>", re.I | re.S)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]*)([^<>]*)")
_CLOSED = re.compile(r"</([A-Za-z][^\s<>/]*)\s*>|<([A-Za-z][^\s<>/]*)(?:\s[^<>]*)?/>")
_EMPTY = re.compile(r"<(p|div|li)>\s*</\1>\n?")
#: A link without words, which nobody can follow; a named place stays.
_SILENT_LINK = re.compile(r'<a href="[^"<>]*"(?: rel="[^"]*")?(?: title="[^"]*")?>\s*</a>')
_HEADING_ID = re.compile(r'<h[1-6] id="([^"]+)"')
_NAMED_PLACE = re.compile(r'(<(?:a|span)) id="([^"]+)"')

_local = threading.local()


def clean(html: str) -> str:
    """``html`` with nothing in it that could run, post, load, restyle or take a name."""
    cleaner: Cleaner | None = getattr(_local, "cleaner", None)
    if cleaner is None:
        cleaner = _local.cleaner = Cleaner(
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            protocols=_PROTOCOLS,
            strip=True,
            strip_comments=True,
            filters=[_Finish],
        )
    if "<s" in html or "<t" in html or "<n" in html or "<S" in html:
        html = _SILENT.sub("", html)
    cleaned = _SILENT_LINK.sub("", str(cleaner.clean(_with_placeholders(html))))
    return _with_room(_EMPTY.sub("", _unique_places(cleaned)).strip())


def _unique_places(html: str) -> str:
    """Named places, without the names that a heading or an earlier place has."""
    taken = set(_HEADING_ID.findall(html))

    def once(match: re.Match[str]) -> str:
        if match[2] in taken:
            return match[1]
        taken.add(match[2])
        return match[0]

    return _NAMED_PLACE.sub(once, html)


def _with_placeholders(html: str) -> str:
    """``html`` with names in angle brackets escaped where they are words for a reader.

    A name that is closed somewhere is a tag of another site's and is dropped later.
    """
    closed = {(one or other).lower() for one, other in _CLOSED.findall(html)}

    def shown(match: re.Match[str]) -> str:
        name = match[2].lower()
        is_tag = name in _TAGS or name in _DROPPED or name in closed
        return match[0] if is_tag else "&lt;" + match[0][1:]

    return _TAG.sub(shown, html)


class _Finish(Filter):  # type: ignore[misc]
    """Names, links, images and tables of what the sanitiser let through."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        inside_link = inside_cell = inside_code = 0
        for token in super().__iter__():
            kind = token["type"]
            if kind not in ("StartTag", "EmptyTag"):
                if kind == "EndTag":
                    inside_link -= token["name"] == "a"
                    inside_cell -= token["name"] in ("td", "th")
                    inside_code -= token["name"] == "pre"
                    yield token
                    if token["name"] == "table":
                        yield {"type": "EndTag", "name": "div", "namespace": token.get("namespace")}
                elif kind == "Characters" and not inside_code:
                    yield from _breakable(token, _LONG if inside_cell else _LONGER)
                else:
                    yield token
                continue
            name, attributes = token["name"], token["data"]
            _names(name, attributes)
            if name == "img":
                yield from _image(token, attributes, bool(inside_link))
                continue
            if name == "a":
                inside_link += 1
                _link(attributes)
            elif name == "table":
                yield _start("div", {"class": "z-table-scroll", "tabindex": "0"})
            elif name in ("td", "th"):
                inside_cell += 1
                _cell(name, attributes)
            elif name == "pre":
                inside_code += 1
                attributes[None, "class"] = "z-code"
                attributes[None, "tabindex"] = "0"
            yield token


def _start(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    data = {(None, key): value for key, value in attributes.items()}
    return {"type": "StartTag", "name": name, "namespace": None, "data": data}


def _breakable(token: dict[str, Any], long: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    """A text that may break after the signs within its long words."""
    parts = long.sub(lambda word: _JOINT.sub("\0", word[0]), token["data"]).split("\0")
    for number, part in enumerate(parts):
        if number:
            yield {"type": "EmptyTag", "name": "wbr", "namespace": None, "data": {}}
        yield token | {"data": part}


def _with_room(html: str) -> str:
    """``html`` with cells marked that hold more than a few words, for which there must be room."""

    def marked(match: re.Match[str]) -> str:
        text = _ANY_TAG.sub("", match[2])
        if len(text) + len(_WIDE.findall(text)) <= _MUCH:
            return match[0]
        given = match[1].replace('class="', 'class="z-long ') or ' class="z-long"'
        given = given if "z-long" in given else f'{given} class="z-long"'
        return f"<td{given}>{match[2]}</td>"

    return _DATA_CELL.sub(marked, html) if "<td" in html else html


def _names(name: str, attributes: dict[Any, str]) -> None:
    """Ids and classes that are ours, and no others."""
    if name in ("a", "span"):
        _place(attributes)
    elif (identifier := attributes.get((None, "id"))) is not None and (
        name not in _ID_TAGS or not _OWN_ID.match(identifier)
    ):
        del attributes[None, "id"]
    if (classes := attributes.pop((None, "class"), None)) is None:
        return
    kept = [_CLASSES.get(each, each) for each in classes.split() if _is_ours(name, each)]
    if kept:
        attributes[None, "class"] = " ".join(kept)
        if "z-callout" in kept:
            attributes[None, "role"] = "note"


def _place(attributes: dict[Any, str]) -> None:
    """A place that an author named by hand is reached as a heading is."""
    named = attributes.pop((None, "name"), "")
    if identifier := attributes.pop((None, "id"), "") or named:
        own = ANCHOR_PREFIX + anchor_of(identifier)
        if _OWN_ID.match(own):
            attributes[None, "id"] = own


def _is_ours(name: str, each: str) -> bool:
    if name == "code":
        return bool(_LANGUAGE_CLASS.match(each))
    return each in _CLASSES or bool(_OWN_CLASS.match(each))


def _link(attributes: dict[Any, str]) -> None:
    target = attributes.get((None, "href"))
    if target is None:
        return
    if target.strip() in ("", "#"):
        del attributes[None, "href"]  # an address that its author still owes
    elif not _SAFE_ADDRESS.match(_IGNORED.sub("", target)):
        # Stricter than the sanitiser, which takes ``javascript:1`` for a host and a port.
        del attributes[None, "href"]
    elif _OUTSIDE.match(target.strip()):
        attributes[None, "rel"] = "noopener noreferrer"
    elif _SOURCE_FILE.match(target):
        del attributes[None, "href"]
    elif target[:1] in "#/" and "#" in target:
        address, _, part = target.partition("#")
        attributes[None, "href"] = f"{address}#{fragment(part)}" if part else address or "#"


def _image(
    token: dict[str, Any], attributes: dict[Any, str], inside_link: bool
) -> Iterator[dict[str, Any]]:
    """Images of this site stay; those of others become links; files that are not here go."""
    source = attributes.get((None, "src"), "").strip()
    alt = attributes.setdefault((None, "alt"), "")
    if not _SAFE_ADDRESS.match(_IGNORED.sub("", source)):
        return
    if _OUTSIDE.match(source):
        if inside_link:
            yield {"type": "Characters", "data": alt}
            return
        yield _start("a", {"href": source, "rel": "noopener noreferrer"})
        yield {"type": "Characters", "data": alt or source}
        yield {"type": "EndTag", "name": "a", "namespace": None}
    elif source.startswith("/") and "\\" not in source:
        for side in ("width", "height"):
            if not _NUMBER.match(attributes.get((None, side), "1")):
                del attributes[None, side]
        attributes[None, "loading"] = "lazy"
        yield token


def _cell(name: str, attributes: dict[Any, str]) -> None:
    side = attributes.pop((None, "align"), "").lower()
    if side in ("right", "center"):
        attributes[None, "class"] = f"z-align-{side}"
    for span in ("colspan", "rowspan"):
        if not _NUMBER.match(attributes.get((None, span), "1")):
            del attributes[None, span]
    if name == "th" and attributes.get((None, "scope")) not in ("row", "col"):
        attributes[None, "scope"] = "col"
