"""Lets go of HTML that is kept for texts which are no longer anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from content.models import Entry, Kind, RenderedText, Snippet

from .kept import digest
from .materials import texts_of
from .snippets import blocks_of

_AT_ONCE = 500


def clear_unused() -> int:
    """Delete what is kept for texts that no entry and no snippet holds now; returns how many.

    What is read after all, such as a draft's preview, is made again then.
    """
    used = {digest(text) for text in _texts()}
    kept = RenderedText.objects.values_list("digest", flat=True)
    unused = [key for key in kept.iterator() if key not in used]
    for start in range(0, len(unused), _AT_ONCE):
        RenderedText.objects.filter(digest__in=unused[start : start + _AT_ONCE]).delete()
    return len(unused)


def _texts() -> Iterator[str]:
    entries = Entry.objects.only("kind", "lead", "body")
    for entry in entries.iterator(_AT_ONCE):
        if entry.kind == Kind.FAQ:
            yield entry.lead
        yield from texts_of(blocks_of(entry.body))
    for snippet in Snippet.objects.only("body").iterator(_AT_ONCE):
        yield from texts_of(blocks_of(snippet.body))
