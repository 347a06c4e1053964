"""Turns text into the tokens of the index, and a question into weighted terms."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from . import stopwords
from .folding import Folded, fold
from .grams import han_grams, word_grams
from .links import blanked
from .protection import Protected, is_chinese
from .segmentation import LONGEST, Segmenter, chunks, latin_words, runs
from .stems import stem

KNOWN_GRAM_WEIGHT = 0.75
LONGEST_PREFIX = 12


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the index knows it; [start, end) are places in the original text."""

    text: str
    start: int
    end: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class IndexTokens:
    """All that the index keeps of one text; repetitions count, except in `surfaces`."""

    words: list[str]
    grams: list[str]
    surfaces: list[str]

    @property
    def prefixes(self) -> list[str]:
        """The beginnings of all words, each once, for a word that is still being typed."""
        return list(
            dict.fromkeys(
                surface[:length]
                for surface in self.surfaces
                for length in range(1, min(len(surface), LONGEST_PREFIX) + 1)
            )
        )


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of a question: its token, its folded form unstemmed, its place in the question.

    `content` is False for function words, pleasantries and question words.
    """

    token: str
    surface: str
    weight: float
    content: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """A question as weighted words and grams, without duplicates.

    `prefix` is the folded last word where no blank or punctuation follows it, else "".
    """

    text: str
    words: tuple[QueryWord, ...]
    grams: tuple[tuple[str, float], ...]
    prefix: str

    @property
    def content(self) -> tuple[QueryWord, ...]:
        """The words that say what is asked; all words where there are no others."""
        return tuple(word for word in self.words if word.content) or self.words


@dataclass(frozen=True, slots=True)
class _Word:
    surface: str
    token: str
    start: int
    end: int
    han: bool


class Analyser:
    """One analysis for both engines; `dictionary` adds words and names of the site's own."""

    def __init__(self, dictionary: Iterable[str] = ()) -> None:
        words = list(dictionary)
        self._segmenter = Segmenter(word for word in words if is_chinese(word.strip()))
        self._protected = Protected(words)

    def words(self, text: str) -> list[Token]:
        """Return the tokens of `text` in reading order; joined forms and parts overlap."""
        folded = fold(blanked(text))
        return [
            Token(word.token, *folded.span(word.start, word.end)) for word in self._words(folded)
        ]

    def content(self, text: str) -> tuple[list[Token], set[str]]:
        """Return all tokens of a question, and those of its words that say what is asked."""
        folded = fold(blanked(text))
        found = list(self._words(folded))
        words = _query_words(found, folded)
        content = {word.token for word in words if word.content} or {w.token for w in words}
        return [Token(w.token, *folded.span(w.start, w.end)) for w in found], content

    def grams(self, text: str) -> list[str]:
        """Return 4-grams of Latin words, characters and bigrams of Chinese runs."""
        return [gram for _, gram in _grams(fold(blanked(text)))]

    def surfaces(self, text: str) -> list[str]:
        """Return the unstemmed words worth proposing as a correction, each once."""
        return _surfaces(self._words(fold(blanked(text))))

    def index(self, text: str) -> IndexTokens:
        """Return words, grams and surfaces in one pass, for what is long."""
        words: list[str] = []
        grams: list[str] = []
        surfaces: list[str] = []
        search = self._segmenter.search
        folded = fold(blanked(text)).text
        for latin, han in runs(folded):
            if han:
                found = [word for word, _, _ in search(han)]
                words += found
                surfaces += found
                grams += han_grams(han)
            elif whole := self._protected.whole(latin):
                words.append(whole)
                surfaces.append(whole)
                grams += word_grams(whole)
            else:
                stems, forms, parts = _latin_tokens(latin)
                words += stems
                surfaces += forms
                grams += parts
        names = [name for name, _, _ in self._protected.several(folded)]
        words += names
        surfaces += names
        return IndexTokens(words, grams, [w for w in dict.fromkeys(surfaces) if len(w) > 1])

    def query(self, text: str, known: Callable[[str], bool] | None = None) -> AnalysedQuery:
        """Return the terms of a question.

        `known` tells whether the site's vocabulary has an unstemmed word: the grams of those weigh
        less, for they need no tolerance. Without it all words count as known.
        """
        folded = fold(blanked(text))
        found = list(self._words(folded))
        return AnalysedQuery(
            text=text,
            words=_query_words(found, folded),
            grams=_query_grams(folded, known),
            prefix=_last_word(found, folded.text),
        )

    def _words(self, folded: Folded) -> Iterator[_Word]:
        several = self._protected.several(folded.text)
        names = [_Word(name, name, start, end, han=False) for name, start, end in several]
        plain = self._plain_words(folded)
        yield from sorted((*names, *plain), key=lambda w: w.start) if names else plain

    def _plain_words(self, folded: Folded) -> Iterator[_Word]:
        for chunk in chunks(folded.text):
            if not chunk.han and (whole := self._protected.whole(chunk.text)):
                end = chunk.start + len(chunk.text)
                yield _Word(whole, whole, chunk.start, end, han=False)
                continue
            found = self._segmenter.search(chunk.text) if chunk.han else latin_words(chunk.text)
            for surface, start, end in found:
                token = surface if chunk.han else stem(surface)
                yield _Word(surface, token, chunk.start + start, chunk.start + end, chunk.han)


def _grams(folded: Folded) -> Iterator[tuple[str, str]]:
    """Yield (Latin word or "", gram)."""
    for chunk in chunks(folded.text):
        if chunk.han:
            yield from (("", gram) for gram in han_grams(chunk.text))
        else:
            word = latin_words(chunk.text)[0][0]
            yield from ((word, gram) for gram in word_grams(word))


def _surfaces(words: Iterable[_Word]) -> list[str]:
    return list(dict.fromkeys(word.surface for word in words if len(word.surface) > 1))


@lru_cache(maxsize=65536)
def _latin_tokens(chunk: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return (stems, unstemmed words, grams) of a Latin chunk, for texts repeat their words."""
    forms = tuple(word for word, _, _ in latin_words(chunk))
    return tuple(map(stem, forms)), forms, word_grams(forms[0])


def _query_words(found: Iterable[_Word], folded: Folded) -> tuple[QueryWord, ...]:
    unique: dict[str, QueryWord] = {}
    for word in found:
        content = word.surface not in stopwords.STOP
        first = unique.get(word.token)
        # "use" is a small word and "used" is not: of one token's forms, the weightiest counts.
        if first is None or (content and not first.content):
            unique[word.token] = QueryWord(
                word.token,
                word.surface,
                stopwords.weight(word.surface),
                content,
                *folded.span(word.start, word.end),
            )
    return tuple(unique.values())


def _query_grams(
    folded: Folded, known: Callable[[str], bool] | None
) -> tuple[tuple[str, float], ...]:
    """Grams of what says something: those of small words stand in nearly every text."""
    weights: dict[str, float] = {}
    by_word: dict[str, float] = {"": 1.0}
    for word, gram in _grams(folded):
        if gram in stopwords.STOP or word in stopwords.STOP:
            continue
        if word not in by_word:
            tolerated = known is not None and not known(word)
            by_word[word] = 1.0 if tolerated else KNOWN_GRAM_WEIGHT
        weights[gram] = max(weights.get(gram, 0.0), by_word[word])
    return tuple(weights.items())


def _last_word(found: list[_Word], text: str) -> str:
    last = max(found, key=lambda word: (word.end, -word.start), default=None)
    if last is None or last.end != len(text):
        return ""
    return last.surface[:LONGEST]
