"""What the service understood and did, for those who ask why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.engine.protocol import Engine

from .field_scores import field_scores
from .retrieve import Found
from .understand import Understanding


def explanation(
    meant: Understanding, found: Found, engine: Engine, signals: Mapping[int, Mapping[str, Any]]
) -> dict[str, Any]:
    """Tokens, corrections, weights, steps, scores and signals as plain values.

    The score of a hit is that by words times its ``factor``.
    """
    content = dict(zip(meant.analysed.content, meant.words, strict=True))
    shown = (*found.hits, *found.weak)
    fields = field_scores(meant.terms, [hit.id for hit in shown], engine)
    return {
        "tokens": [
            {
                "surface": word.surface,
                "token": word.token,
                "weight": word.weight,
                "content": word.content,
                "idf": round(content[word].mass, 3) if word in content else None,
            }
            for word in meant.analysed.words
        ],
        "grams": len(meant.analysed.grams),
        "exact_key": meant.key,
        "corrections": [
            {
                "original": c.original,
                "replacement": c.replacement,
                "weight": c.weight,
                "step": c.step,
            }
            for c in meant.corrections
        ],
        "steps": {
            "pinned": len(found.pinned.hits),
            "exact": len(found.exact),
            "asked language": found.here,
            "total": found.total,
            "weak": len(found.weak),
        },
        "scores": [
            {
                "id": hit.id,
                "version": hit.version,
                "score": round(hit.score, 4),
                "fields": fields.get(hit.id, {}),
                "coverage": round(found.coverage.get(hit.id, 0.0), 3),
                "pin": (found.pinned.pins or {}).get(hit.id),
                "exact": hit.id in found.exact,
                "weak": hit in found.weak,
                **signals.get(hit.id, {}),
            }
            for hit in shown
        ],
    }
