"""Short runs of characters, by which misspelt and unknown Chinese words still meet."""

from functools import lru_cache

SIZE = 4


@lru_cache(maxsize=65536)
def word_grams(word: str) -> tuple[str, ...]:
    """Return the 4-grams of a word with its ends marked: "_pas", "pass", …, "ord_"."""
    padded = f"_{word}_"
    if len(padded) <= SIZE:
        return (padded,)
    return tuple(padded[i : i + SIZE] for i in range(len(padded) - SIZE + 1))


def han_grams(run: str) -> list[str]:
    """Return the characters and the bigrams of a run of Chinese characters."""
    return [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
