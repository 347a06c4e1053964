"""What each choice of the ranking is worth: judged sets with it and without it.

``python -m tests.bench.ablation DIR…`` prints nDCG@10 a set; every row changes one thing.
``EACH=300`` takes so many queries of a set, evenly.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

TYPOS = 1


def changes() -> dict[str, Any]:
    """Name → what makes the change for as long as it is entered."""
    from search.engine import fields
    from search.index import tokens
    from search.lookup import ranking
    from search.text import analysis, stopwords

    words, grams = fields.WORD_BOOSTS, fields.GRAM_BOOSTS
    return {
        "as it is": patch.dict(words),
        "no title words (.25)": patch.dict(words, title_words=0.0),
        "title words in full": patch.dict(words, title_words=1.0),
        "no title grams (.25)": patch.dict(grams, title_grams=0.0),
        "no grams at all (.25)": patch.dict(grams, title_grams=0.0, grams=0.0),
        "titles once in all words (2)": patch.object(tokens, "TITLE_TIMES", 1),
        "no beginning for a title (120)": patch.object(tokens, "BEGINNING", 0),
        "small words in full (.3)": patch.object(stopwords, "FUNCTION_WEIGHT", 1.0),
        "grams of known words in full (.75)": patch.object(analysis, "KNOWN_GRAM_WEIGHT", 1.0),
        "grams of known words .5": patch.object(analysis, "KNOWN_GRAM_WEIGHT", 0.5),
        "only what covers .3 listed first": patch.object(ranking, "FIRST", 0),
    }


def main(folders: Sequence[Path]) -> None:
    """Print a row a change, and the rows with typing errors."""
    from search.lookup.evaluation.judged import load
    from search.lookup.evaluation.typos import mistyped
    from search.text.spelling import Corrector

    sets = [_thinned(load(folder), int(os.environ.get("EACH", "0"))) for folder in folders]
    row("", [each.name for each in sets])
    for name, change in changes().items():
        with change:
            row(name, figures(sets))
    row(f"typing errors (seed {TYPOS})", figures(sets, partial(mistyped, seed=TYPOS)))
    with patch.object(Corrector, "corrections", lambda *given: ()):
        row("typing errors, uncorrected", figures(sets, partial(mistyped, seed=TYPOS)))


def _thinned(judged: Any, each: int) -> Any:
    step = max(1, len(judged.queries) // each) if each else 1
    return replace(judged, queries=dict(list(judged.queries.items())[::step]))


def figures(sets: Sequence[Any], mistype: Callable[[str], str] = str) -> list[str]:
    """nDCG@10 of each set."""
    from search.engine.embedded_generations import EmbeddedGenerations
    from search.lookup.evaluation import metrics
    from search.lookup.evaluation.running import run

    with tempfile.TemporaryDirectory() as folder:
        generations = EmbeddedGenerations(Path(folder))
        return [f"{run(each, generations, mistype).mean(metrics.ndcg):.4f}" for each in sets]


def row(name: str, cells: Sequence[str]) -> None:
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    main([Path(argument) for argument in sys.argv[1:]])
