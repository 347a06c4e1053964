"""What documents are made of, of entries as they are in the database: rows instead of pages."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from content.models import Entry
from content.models.entries import EntryQuerySet, keyword_list
from content.rendering.snippets import Block, blocks_of


class Row(NamedTuple):
    """An entry's own columns, as `content.models.Entry` has them; the body as stored."""

    title: str
    audience: str
    confidence: str
    kind: str
    path: str
    locale_id: int
    translation_key: UUID
    live_revision_id: int | None
    last_published_at: datetime | None
    pk: int
    lead: str
    keywords: str
    body: list[Block]

    @property
    def keyword_list(self) -> list[str]:
        """The keywords, as `Entry.keyword_list`."""
        return keyword_list(self.keywords)


#: The columns whose change makes another document; see `documents.fingerprint`.
FINGERPRINT = Row._fields[:9]
_BODY = Entry._meta.get_field("body")


def read(entries: EntryQuerySet) -> list[Row]:
    """Their rows, in the order of ids: one query."""
    # Cast: the field would make a value of the interface's of each body.
    rows = entries.order_by("pk").values_list(*Row._fields[:-1], Cast("body", TextField()))
    return [Row._make((*own, _blocks(body))) for *own, body in rows.iterator()]


def row_of(entry: Entry) -> Row:
    """The row of an entry as it is in memory."""
    own = (getattr(entry, name) for name in Row._fields[:-1])
    return Row._make((*own, blocks_of(entry.body)))


def _blocks(stored: str | None) -> list[Block]:
    value = json.loads(stored) if stored else []
    if isinstance(value, list) and all(isinstance(block, dict) for block in value):
        return value
    return blocks_of(_BODY.to_python(value))  # as it was stored once, or by hand
