"""Reads what an endpoint answers to `POST …/v1/embeddings`, and believes nothing unseen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .protocol import EmbedderFailed

if TYPE_CHECKING:
    from .protocol import Vectors


def read_vectors(body: bytes, number: int, dimensions: int) -> Vectors:
    """Return the (number, dimensions) vectors of an answer in the order asked for, of length 1.

    With 0 dimensions any number of them. Raises `EmbedderFailed`.
    """
    import numpy

    rows = _rows(body, number)
    try:
        found = numpy.array(rows, dtype=numpy.float32)
    except (ValueError, TypeError, OverflowError) as error:
        raise EmbedderFailed(
            "The endpoint's vectors are no equally long lists of numbers."
        ) from error
    if found.ndim != 2 or not found.shape[1]:
        raise EmbedderFailed("The endpoint's vectors are no lists of numbers.")
    if dimensions and found.shape[1] != dimensions:
        raise EmbedderFailed(
            f"The endpoint's vectors have {found.shape[1]} numbers now, not {dimensions}."
        )
    lengths = numpy.linalg.norm(found.astype(numpy.float64), axis=1, keepdims=True)
    if not numpy.isfinite(lengths).all() or not (lengths > 0).all():
        raise EmbedderFailed("The endpoint's vectors hold something that is no number, or nothing.")
    return (found / lengths).astype(numpy.float32)


def _rows(body: bytes, number: int) -> list[Any]:
    try:
        data = json.loads(body)["data"]
        places = [item.get("index", place) for place, item in enumerate(data)]
        rows = {place: item["embedding"] for place, item in zip(places, data, strict=True)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EmbedderFailed("The endpoint's answer is no list of embeddings.") from error
    if len(data) != number or rows.keys() != set(range(number)):
        raise EmbedderFailed(f"The endpoint answered {len(data)} vectors for {number} texts.")
    return [rows[place] for place in range(number)]
