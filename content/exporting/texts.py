"""One entry as a text file: front matter, then Markdown with fences."""

from __future__ import annotations

from typing import Any

from content.importing import fences, frontmatter
from content.importing.drafts import EntryDraft


def file_text(draft: EntryDraft) -> str:
    """The whole file."""
    body = fences.write(draft.body)
    head = frontmatter.dump(fields_of(draft))
    return f"{head}\n{body}\n" if body else head


def fields_of(draft: EntryDraft) -> dict[str, Any]:
    """The front matter; fields that hold nothing are left out."""
    fields: dict[str, Any] = {
        "zhida": "1",
        "title": draft.title,
        "kind": draft.kind,
        "slug": draft.slug,
        "locale": draft.locale,
        "category": "/".join(draft.category or ()),
        "translation": draft.translation,
        "lead": draft.lead,
        "phrasings": [
            {"text": p.text, "agents_only": "true"} if p.agents_only else p.text
            for p in draft.phrasings
        ],
        "audience": draft.audience,
        "confidence": draft.confidence,
        "products": list(draft.products),
        "keywords": list(draft.keywords),
        "owner": draft.owner,
        "backup_owner": draft.backup_owner,
        "verify_by": str(draft.verify_by or ""),
        "verified_at": draft.verified_at.isoformat() if draft.verified_at else "",
        "verified_by": draft.verified_by,
        "published": draft.published.isoformat() if draft.published else "",
        "go_live_at": draft.go_live_at.isoformat() if draft.go_live_at else "",
        "expire_at": draft.expire_at.isoformat() if draft.expire_at else "",
        "seo_title": draft.seo_title,
        "search_description": draft.search_description,
        "live": "" if draft.live else "false",
    }
    return {name: value for name, value in fields.items() if value}
