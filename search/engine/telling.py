"""Which terms of a long question an engine that reads all of them should read first.

Half of what a long question makes a large index read are pieces of common words, which tell little
of any document. Beyond `MOST_POSTINGS` those that tell least for what they cost are only looked up
in the documents that are best without them; smaller sites and ordinary questions never get there.
"""

from collections.abc import Mapping, Sequence

from .protocol import Term

#: Entries of posting lists that are read from end to end (about a millisecond' worth).
MOST_POSTINGS = 200_000


def divided(
    terms: Sequence[Term], frequencies: Mapping[tuple[str, str], int]
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return (terms to find documents by, terms to look up in those), each in their order.

    The second are empty where all can be read. Terms that no document has are left out; one is
    returned where none is known. `frequencies` says in how many documents a (field, token)
    stands. Of what a term adds to a score per document read, its boost and its rarity decide.
    """
    costs = [frequencies[term.field, term.token] for term in terms]
    places = [place for place, cost in enumerate(costs) if cost]
    if sum(costs) <= MOST_POSTINGS:
        return tuple(terms[place] for place in places) or tuple(terms[:1]), ()
    left = MOST_POSTINGS
    read: set[int] = set()
    for place in sorted(places, key=lambda n: costs[n] / terms[n].boost):
        if costs[place] <= left or not read:
            left -= costs[place]
            read.add(place)
    first = tuple(terms[place] for place in places if place in read)
    return first or tuple(terms[:1]), tuple(terms[place] for place in places if place not in read)
