"""What the service understood and did, for those who ask why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.engine.protocol import Engine

from .field_scores import field_scores
from .nearness import Meaning, Nearest
from .retrieve import Found
from .understand import Understanding


def explanation(
    meant: Understanding,
    found: Found,
    meaning: Meaning,
    engine: Engine,
    signals: Mapping[int, Mapping[str, Any]],
) -> dict[str, Any]:
    """Tokens, corrections, weights, meaning, steps, scores and signals as plain values.

    The score of a hit is that by words, or by words and meaning, times its ``factor``.
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
        "meaning": _meaning(meaning),
        "steps": {
            "pinned": len(found.pinned.hits),
            "exact": len(found.exact),
            "asked language": found.here,
            "total": found.total,
            "by meaning alone": found.meant,
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
                **_near(found.near.get(hit.id)),
                **signals.get(hit.id, {}),
            }
            for hit in shown
        ],
    }


def _meaning(meaning: Meaning) -> dict[str, Any]:
    """Whether the question's vector was there, or why not, and how long it was waited for (ms)."""
    near = meaning.near
    if near is None:
        return {"used": False, "because": meaning.absent, "vector ms": round(meaning.took_ms, 1)}
    at = {
        locale: round(threshold.level(near.language), 4)
        for locale, threshold in near.thresholds.items()
    }
    took = round(meaning.took_ms, 1)
    return {"used": True, "model": near.model, "vector ms": took, "answers at": at}


def _near(near: Nearest | None) -> dict[str, Any]:
    """How near a hit is, by which part of it, and whether that answers."""
    if near is None:
        return {}
    return {
        "cosine": round(near.cosine, 4),
        "distinct": None if near.distinct is None else round(near.distinct, 4),
        "close": None if near.close is None else round(near.close, 4),
        "near enough": near.enough,
        "part": near.part,
    }
