"""Words: normalise, segment, stem, tokens with offsets, spelling, highlighting. Pure Python.

Uses nothing else of the house and no Django. Offsets always point into the text as it was given.
"""

from .analysis import AnalysedQuery, Analyser, IndexTokens, QueryWord, Token
from .folding import exact_key, normalise
from .grouping import group_key

__all__ = [
    "AnalysedQuery",
    "Analyser",
    "IndexTokens",
    "QueryWord",
    "Token",
    "exact_key",
    "group_key",
    "normalise",
]
