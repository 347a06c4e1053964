"""The words of an index in memory, by length, for spelling correction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from .protocol import Vocabulary


class CountedVocabulary:
    """Words a reader may see with their number of documents; `frequency` asks the live index."""

    def __init__(self, counted: Iterable[str], frequency: Callable[[str], int]) -> None:
        self._frequency = frequency
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in counted:
            by_length[len(word)].append(word)
        self._by_length = dict(by_length)

    def frequency(self, word: str) -> int:
        """Return the number of documents that hold `word`, 0 if none does."""
        return self._frequency(word)

    def of_length(self, length: int) -> Sequence[str]:
        """Return the words of exactly `length` characters."""
        return self._by_length.get(length, ())

    def has_words_of(self, other: "CountedVocabulary") -> bool:
        """Whether both were given the same words in the same order."""
        return self._by_length == other._by_length


class WiderVocabulary(CountedVocabulary):
    """The words of another vocabulary and some more; `frequency` asks another index."""

    def __init__(
        self, words: Vocabulary, more: Iterable[str], frequency: Callable[[str], int]
    ) -> None:
        super().__init__((word for word in more if not words.frequency(word)), frequency)
        self._words = words

    def of_length(self, length: int) -> Sequence[str]:
        """Return the words of exactly `length` characters."""
        return [*self._words.of_length(length), *super().of_length(length)]
