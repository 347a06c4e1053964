"""What the rest of the house says to an engine, and what it hears back.

An engine stores tokens that were made elsewhere: it splits text fields at white space and changes
nothing. It scores them with BM25 (k1 1.2, b .75) per field and adds up boosted terms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one document for one group of readers; each list is one engine field.

    `exact` holds keys of titles and phrasings (compared whole, see `search.text.exact_key`);
    `surfaces` unstemmed words, which spelling correction may propose to these readers.
    """

    title_words: Sequence[str] = ()
    words: Sequence[str] = ()
    title_grams: Sequence[str] = ()
    grams: Sequence[str] = ()
    prefixes: Sequence[str] = ()
    exact_title: Sequence[str] = ()
    exact_phrasing: Sequence[str] = ()
    surfaces: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class VectorSpace:
    """What the vectors of one generation have in common: the model that made them (see
    `search.meaning`), and how many numbers each has."""

    model: str
    dimensions: int

    def has(self, vector: Sequence[float], model: str) -> bool:
        """Whether a vector by this model can be compared with those of this space."""
        return model == self.model and len(vector) == self.dimensions


@dataclass(frozen=True, slots=True)
class PartVector:
    """What one part of a document means, for readers of `level` and above.

    `part` is "" for the title with what follows it, `PHRASING`, or the anchor of a section.
    `vector` has 32-bit floats (little-endian) of length 1: bytes, so that documents compare.
    """

    part: str
    level: int
    vector: bytes


#: The part of other phrasings of the title; no anchor has a blank.
PHRASING = "other phrasing"


@dataclass(frozen=True, slots=True)
class EngineDocument:
    """One live article in one language.

    `text` is what every permitted reader sees. Inside a document of a lower level, `customers` is
    what readers of level 1 see besides (it goes to the `customers_` fields), `agents` what readers
    of level 2 and above see besides, the customers' text included (the `agents_` fields). `words`
    and `grams` hold title and body together. Levels: 0 public, 1 customers, 2 agents, 3 internal.
    `also_in` names live translations as "locale:level"; `published` is in seconds since 1970.
    `vectors` are the parts' by model; a generation keeps those of its own. `laid_out` stands for
    all three groups of tokens where they were laid out before (see `layout`).
    """

    id: int
    version: int
    family: str
    locale: str
    kind: str
    level: int
    text: Tokens
    customers: Tokens = field(default_factory=Tokens)
    agents: Tokens = field(default_factory=Tokens)
    laid_out: bytes = b""
    categories: Sequence[int] = ()
    products: Sequence[str] = ()
    confidence: str = ""
    published: int = 0
    also_in: Sequence[str] = ()
    vectors: Mapping[str, Sequence[PartVector]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deletion:
    """A document that is gone as of `version`: no older write brings it back."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Ids whose state is now in the index, and ids left alone: the index knew a newer one."""

    written: frozenset[int]
    stale: frozenset[int]


class Term(NamedTuple):
    """A token in a field, its BM25 score times `boost`; with `constant`, the score is `boost`."""

    field: str
    token: str
    boost: float = 1.0
    constant: bool = False


class CoveredWord(NamedTuple):
    """One content word of a query: any of `terms` covers it (fields, corrected forms, synonyms).

    `mass` is its idf, or anything on the same scale for all words of the query.
    """

    terms: tuple[Term, ...]
    mass: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Keep documents that cover at least `minimum` (0–1) of the words' mass, or hold one of `whole`
    (a title that is the question covers all of it).

    With `reached=False` keep those that do not. How this is asked: `search.engine.covering`.
    """

    words: tuple[CoveredWord, ...]
    minimum: float
    whole: tuple[Term, ...] = ()
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be; empty means no restriction. `level` is the reader's own.

    Of one article's translations that this reader may read, only the one in the first of the
    `preferred` languages is kept.
    """

    level: int = 0
    locales: tuple[str, ...] = ()
    not_locales: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    category: int | None = None
    kind: str = ""
    product: str = ""
    ids: tuple[int, ...] | None = None
    not_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """A flat list of terms of which one must match; `must` and `must_not` do not score.

    With no `should` terms every document that passes matches with score 0. Hits come by score
    (highest first), then by id (smallest first). `facets` names fields of `FACETS` to count. With
    a limit of 0 matches are only counted. Of the words in `covered` the result says how much of
    their mass each hit covers.
    """

    should: tuple[Term, ...] = ()
    filters: Filters = Filters()
    must: tuple[Term, ...] = ()
    must_not: tuple[Term, ...] = ()
    coverage: Coverage | None = None
    limit: int = 10
    offset: int = 0
    count: bool = True
    facets: tuple[str, ...] = ()
    covered: tuple[CoveredWord, ...] = ()


class EngineHit(NamedTuple):
    """Id and version of a document as indexed, and its score."""

    id: int
    version: int
    score: float


@dataclass(frozen=True, slots=True)
class EngineResult:
    """One page of hits; `total` counts all matches (0 if not asked); facets: name -> value -> n.

    `coverage` has the exact share (0–1) that each hit covers, where it was asked for.
    """

    hits: tuple[EngineHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    coverage: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NearHit:
    """A document near a vector: its best part that the reader may read, and the cosine (-1–1)."""

    id: int
    version: int
    part: str
    cosine: float


FACETS = ("categories", "kind", "product", "locale")


def less_preferred(filters: Filters) -> Iterator[tuple[str, list[str]]]:
    """Yield each language with the values of `also_in` for which its documents are left out."""
    for place, locale in enumerate(filters.preferred[1:], 1):
        better = filters.preferred[:place]
        levels = range(filters.level + 1)
        yield locale, [f"{other}:{level}" for other in better for level in levels]


class Vocabulary(Protocol):
    """Words that readers of one level may see, with how many documents have them."""

    def frequency(self, word: str) -> int:
        """Return the number of documents that hold `word`, 0 if none does."""
        ...

    def of_length(self, length: int) -> Sequence[str]:
        """Return the words of exactly `length` characters."""
        ...


class Engine(Protocol):
    """One generation of the index. Safe to share between threads; survives a fork for reading."""

    @property
    def space(self) -> VectorSpace | None:
        """Of which model it keeps vectors; None where of none."""
        ...

    def nearest(
        self, vector: Sequence[float], filters: Filters, limit: int, model: str
    ) -> tuple[NearHit, ...]:
        """Return the documents of which a part is nearest: the best part of each, by cosine
        (highest first), then by id; nothing where it keeps no vectors of `model` and that length.

        `vector` has the length 1. Filters hold inside the search, as they do for words; a part for
        fewer readers than its document has is met by those alone. A large index may pass over a
        document that is near; with `ids` none is passed over.
        """
        ...

    def search(self, query: EngineQuery) -> EngineResult:
        """Return one page of hits."""
        ...

    def search_all(self, queries: Sequence[EngineQuery]) -> list[EngineResult]:
        """Return a page of hits for each query, in one round trip where the engine is elsewhere."""
        ...

    def write(
        self, documents: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()
    ) -> WriteReport:
        """Make documents findable and deletions effective, in one durable step.

        A version lower than the one known is skipped. Raises `EngineBusy` where the engine cannot
        take it now, `EngineFailed` for anything else; then nothing has been written, or a part of
        it: a write that failed is repeated whole.
        """
        ...

    def fill(self, batches: Iterable[Sequence[EngineDocument]]) -> Iterator[WriteReport]:
        """Write batch after batch, as `write` does, but all at once findable only at the end.

        For a new index. Yields a report of each batch, in order.
        """
        ...

    def tend(self) -> bool:
        """Do something that may take a minute and makes searches faster; returns whether there was
        something to do. Called by one process at a time."""
        ...

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of every document, in the order of ids."""
        ...

    def document_frequency(self, field: str, token: str) -> int:
        """Return in how many documents `field` holds `token`; may count just-deleted ones."""
        ...

    def document_frequencies(
        self, tokens: Iterable[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Return `document_frequency` of each (field, token), in one round trip at most."""
        ...

    def vocabulary(self, level: int) -> Vocabulary:
        """Return the words a reader of `level` may see; may lag the index by half a minute."""
        ...

    def count(self) -> int:
        """Return the number of documents."""
        ...

    def size(self) -> int:
        """Return the bytes that the index takes."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...


class Generations(Protocol):
    """The indexes side by side of which one is in use; the caller remembers which."""

    def create(self, name: str, space: VectorSpace | None = None) -> Engine:
        """Make an empty index that keeps vectors of `space`, if any.

        Raises `EngineFailed` if the name is taken.
        """
        ...

    def open(self, name: str) -> Engine:
        """Open an index; raises `EngineMissing` if there is none of that name."""
        ...

    def use(self, name: str) -> None:
        """Make an index known as the one in use to whoever asks the engine and not the caller."""
        ...

    def destroy(self, name: str) -> None:
        """Remove an index and its data; nothing happens if there is none."""
        ...

    def names(self) -> list[str]:
        """Return the names of the indexes there are, sorted."""
        ...


class EngineFailed(Exception):
    """The engine could not do what was asked."""


class EngineBusy(EngineFailed):
    """Not now: another writer holds the index, or the server is overloaded or out of reach."""


class EngineMissing(EngineFailed):
    """There is no index of that name, or it was made by an incompatible version."""
