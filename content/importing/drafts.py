"""What was read, before it becomes pages: drafts of entries, and what was wrong with them."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

#: Part of every content hash: raised when the same file would become another page.
READER_VERSION = 2

#: Namespace of the translation keys made from names that people gave.
NAMESPACE = uuid.UUID("6f1c5d2e-7a54-4b83-9c0e-2d0a5f3b8e71")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body, free of database keys.

    ``value`` by ``type``: markdown str; callout {kind, text}; steps [{title, text}]; table dict;
    code {language, code}; image {file, alt, caption}; video {title, url, file}; snippet
    {name[, locale]}; agents_only tuple of blocks. ``file`` names a file in the folder of files.
    """

    type: str
    value: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person should know about one file: ``line`` counts from 1, 0 where none applies."""

    file: str
    line: int
    reason: str
    #: True: the file (or row) was left out. False: it was read, and this was left out of it.
    fatal: bool = False

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}: {self.reason}"
            if self.line
            else f"{self.file}: {self.reason}"
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """Another phrasing of the question."""

    text: str
    agents_only: bool = False


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One entry as a file, a row or an export describes it."""

    source: str
    title: str
    locale: str
    kind: str = "article"
    file: str = ""
    line: int = 0
    #: Slugs from below the front page down; None: the category that the caller chose.
    category: tuple[str, ...] | None = None
    #: Folder names below the chosen category, where folders become categories.
    folders: tuple[str, ...] = ()
    slug: str = ""
    lead: str = ""
    body: tuple[Block, ...] = ()
    phrasings: tuple[Wording, ...] = ()
    audience: str = "public"
    confidence: str = "not_validated"
    products: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    verify_by: date | None = None
    owner: str = ""
    backup_owner: str = ""
    translation: str = ""
    live: bool = True
    #: Written by our own export: compared with the page itself, not with the last import.
    exported: bool = False
    seo_title: str = ""
    search_description: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    published: datetime | None = None
    go_live_at: datetime | None = None
    expire_at: datetime | None = None
    notes: tuple[Problem, ...] = field(default=(), compare=False)

    def digest(self) -> str:
        """SHA-256 (hex) of everything that the page is made from; not of where it stands."""
        from .fences import write

        parts = [
            READER_VERSION,
            self.kind,
            self.title,
            self.lead,
            write(self.body),
            [[p.text, p.agents_only] for p in self.phrasings],
            self.audience,
            self.confidence,
            self.products,
            self.keywords,
            str(self.verify_by or ""),
            self.owner,
            self.backup_owner,
            self.translation,
            self.live,
            self.seo_title,
            self.search_description,
            str(self.verified_at or ""),
            self.verified_by,
            str(self.go_live_at or ""),
            str(self.expire_at or ""),
        ]
        return hashlib.sha256(
            json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")
        ).hexdigest()

    def translation_key(self) -> uuid.UUID:
        """The key that joins translations: as given, else made from its name, else the source."""
        try:
            return uuid.UUID(self.translation)
        except ValueError:
            name = (
                f"translation:{self.translation}" if self.translation else f"source:{self.source}"
            )
            return uuid.uuid5(NAMESPACE, name)

    def noting(self, *notes: Problem) -> EntryDraft:
        """The same draft with more notes."""
        return replace(self, notes=(*self.notes, *notes))
