"""Answers of the JSON API to searches and suggestions, in the form of `SearchOut` and `SuggestOut`.

Written by hand: to validate a page of hits costs more than to find it again. A test holds them
against the schemas. What is remembered keeps its JSON with it.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from .memory import keep_written, written
from .results import FacetCount, Hit, Passage, Results
from .suggestions import Suggested


def private(response: HttpResponse) -> HttpResponse:
    """Marks an answer as meant for its caller alone."""
    patch_vary_headers(response, ["Authorization", "Cookie"])
    patch_cache_control(response, private=True, no_store=True)
    return response


def search_answer(results: Results) -> HttpResponse:
    """The answer to a search."""
    known = written(results, "api")
    return _answer(known or keep_written(results, "api", _json(_found(results))))


def suggest_answer(suggested: Suggested) -> HttpResponse:
    """The answer to what is being typed."""
    results, searches = suggested.results, suggested.searches
    known = written(results, "suggest", searches)
    return _answer(known or keep_written(results, "suggest", _lines(suggested), searches))


def _lines(suggested: Suggested) -> bytes:
    lines = [
        {
            "text": each.text,
            "kind": each.kind,
            "url": each.url,
            "locale": each.locale,
            "id": each.id,
            "query_id": each.query_id,
        }
        for each in suggested.lines
    ]
    return _json({"suggestions": lines})


def _answer(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["Vary"] = "Authorization, Cookie"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode()


def _found(results: Results) -> dict[str, Any]:
    return {
        "query_id": results.query_id,
        "answered": results.answered,
        "total": results.total,
        "rescue": results.rescue,
        "did_you_mean": results.did_you_mean,
        "hits": [_hit(hit) for hit in results.hits],
        "perhaps": [_hit(hit) for hit in results.perhaps],
        "facets": {name: [_count(c) for c in counts] for name, counts in results.facets.items()},
        "as_of": results.as_of.isoformat() if results.as_of else None,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    section = hit.section
    return {
        "id": hit.id,
        "family": hit.family,
        "title": hit.title,
        "url": hit.url,
        "kind": hit.kind,
        "locale": hit.locale,
        "section": {"anchor": section.anchor, "title": section.title} if section else None,
        "passage": _passage(hit.passage) if hit.passage else None,
        "score": hit.score,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"text": passage.text, "marks": passage.marks}


def _count(counted: FacetCount) -> dict[str, Any]:
    return {"value": counted.value, "label": str(counted.label), "count": counted.count}
