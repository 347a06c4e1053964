"""HTML of Markdown texts, kept by content hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from content import markdown
from content.among import Many
from content.models import RenderedText

_AT_ONCE = 500


def digest(text: str) -> str:
    """Key of a text's HTML: SHA-256 (hex) of the sanitiser's version and the text."""
    return hashlib.sha256(f"{markdown.VERSION}\0{text}".encode("utf-8", "replace")).hexdigest()


def html_of(texts: Iterable[str]) -> dict[str, str]:
    """Sanitised HTML by text: one query for what is kept, one more to keep what is new."""
    keys = {text: digest(text) for text in set(texts) if text.strip()}
    kept: dict[str, str] = {}
    if keys:
        found = RenderedText.objects.filter(digest__among=Many(set(keys.values())))
        kept.update(found.values_list("digest", "html"))
    new = []
    for text, key in keys.items():
        if key not in kept:
            kept[key] = markdown.render(text)
            new.append(RenderedText(digest=key, html=kept[key]))
    if new:
        RenderedText.objects.bulk_create(new, ignore_conflicts=True, batch_size=_AT_ONCE)
    return {text: kept[key] for text, key in keys.items()}
