"""Which terms of a long question an engine that reads all of them should read.

Half of what a long question makes a large index read are pieces of common words, which tell little
of any document. Beyond `MOST_POSTINGS` those are left out that tell least for what they cost;
smaller sites and ordinary questions never get there. Whether a document answers is still judged by
all words.
"""

from collections.abc import Callable, Sequence

from .protocol import Term

#: Entries of posting lists that the scored query may read (about four milliseconds' worth).
MOST_POSTINGS = 600_000


def telling(terms: Sequence[Term], frequency: Callable[[str, str], int]) -> tuple[Term, ...]:
    """Return `terms` in their order: the known ones, without the least telling where these are too
    many to read. One is returned where none is known.

    `frequency` gives the number of documents in which a field has a token. Of what a term adds to a
    score per document read, its boost and its rarity decide.
    """
    costs = [frequency(term.field, term.token) for term in terms]
    if sum(costs) <= MOST_POSTINGS:
        known = tuple(term for term, cost in zip(terms, costs, strict=True) if cost)
        return known or tuple(terms[:1])
    left = MOST_POSTINGS
    read: set[int] = set()
    for place in sorted(range(len(terms)), key=lambda n: costs[n] / terms[n].boost):
        if costs[place] <= left or not read:
            left -= costs[place]
            read.add(place)
    return tuple(term for place, term in enumerate(terms) if place in read)
