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
    """Return `terms` in their order, without the least telling where they are too many to read.

    `frequency` gives the number of documents in which a field has a token. Of what a term adds to a
    score per document read, its boost and its rarity decide.
    """
    costs = {term: frequency(term.field, term.token) for term in terms}
    if sum(costs.values()) <= MOST_POSTINGS:
        return tuple(terms)
    left = MOST_POSTINGS
    read: set[Term] = set()
    for term in sorted(terms, key=lambda term: costs[term] / term.boost):
        if costs[term] <= left or not read:
            left -= costs[term]
            read.add(term)
    return tuple(term for term in terms if term in read)
