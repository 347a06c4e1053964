"""The Elasticsearch engine: one generation of the index in a cluster.

It is addressed by aliases: reading by one, writing by another that must exist, so that a lost index
fails aloud and no write makes one with guessed fields. No plugin, no script.
"""

import threading
import time
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from . import elastic_mapping, elastic_near, elastic_query
from .elastic_client import Connection, asking, refusal
from .elastic_vocabulary import Words
from .protocol import (
    FACETS,
    Deletion,
    EngineDocument,
    EngineFailed,
    EngineHit,
    EngineQuery,
    EngineResult,
    Filters,
    NearHit,
    VectorSpace,
    Vocabulary,
    WriteReport,
)

#: Elasticsearch gives no more hits than these without a cursor.
DEEPEST = 10_000
#: Hits fetched beyond a page, to see whether more tie with its last.
TIES = 5
VERSIONS_PAGE = 10_000
#: Bytes of a bulk request, about.
BULK = 5_000_000
#: Bulk requests under way while a new index is filled.
IN_FLIGHT = 2
#: Seconds for which numbers of documents, of words and of all, are remembered; of how many words.
FREQUENCY_AGE, MOST_FREQUENCIES = 10.0, 50_000
_LARGEST = 2**63 - 1
_CONFLICT = 409


class ElasticEngine:
    """One generation of the index. Threads may share it; after a fork open it anew."""

    def __init__(
        self,
        connection: Connection,
        reads: str,
        writes: str,
        shards: int,
        space: VectorSpace | None = None,
    ) -> None:
        self.reads, self.writes, self.space = reads, writes, space
        self._connection = connection
        #: With more than one shard, scores must not depend on the shard that a document lies in.
        self._kind = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"
        self._words = Words(self._aggregated)
        self._frequencies: dict[tuple[str, str], tuple[float, int]] = {}
        self._counted = (-FREQUENCY_AGE, 0)
        self._remembering = threading.Lock()

    def nearest(
        self, vector: Sequence[float], filters: Filters, limit: int, model: str
    ) -> tuple[NearHit, ...]:
        """Return the documents of which a part is nearest, by cosine and then by id."""
        if self.space is None or not self.space.has(vector, model):
            return ()
        if limit < 1 or filters.ids == ():
            return ()
        answers = self._asked(elastic_near.bodies(vector, filters, limit), scored=False)
        return elastic_near.hits(answers)[:limit]

    def search(self, query: EngineQuery) -> EngineResult:
        """Return one page of hits, by score and then by id."""
        return self.search_all([query])[0]

    def search_all(self, queries: Sequence[EngineQuery]) -> list[EngineResult]:
        """Return a page of hits for each query, in one request unless many hits tie."""
        results: dict[int, EngineResult] = {}
        waiting = {place: _first_fetch(query) for place, query in enumerate(queries)}
        while waiting:
            answers = self._asked(
                [elastic_query.body(queries[place], size) for place, size in waiting.items()],
                _preference(queries),
            )
            more: dict[int, int] = {}
            for (place, size), answer in zip(waiting.items(), answers, strict=True):
                hits = _hits(answer)
                if _complete(hits, queries[place], size):
                    results[place] = _result(queries[place], hits, answer)
                else:
                    more[place] = min(DEEPEST, size * 4)
            waiting = more
        return [results[place] for place in range(len(queries))]

    def write(
        self, documents: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()
    ) -> WriteReport:
        """Write and make findable. Of a write that fails a part may stand; repeat it whole."""
        report = self._write(documents, deletes, refresh=True)
        self._forget()
        return report

    def fill(self, batches: Iterable[Sequence[EngineDocument]]) -> Iterator[WriteReport]:
        """Write batch after batch; the next ones are made while the last ones are under way."""
        with ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="index-fill") as pool:
            under_way: deque[Future[WriteReport]] = deque()
            try:
                for batch in batches:
                    under_way.append(pool.submit(self._write, batch, (), refresh=False))
                    if len(under_way) > IN_FLIGHT:
                        yield under_way.popleft().result()
                while under_way:
                    yield under_way.popleft().result()
            finally:
                for future in under_way:
                    future.cancel()
        with asking("Making the index findable"):
            self._connection.working.indices.refresh(index=self.writes)
        self._forget()

    def tend(self) -> bool:
        """Nothing: Elasticsearch sees to itself."""
        return False

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of every document, in the order of ids, as of one moment."""
        client = self._connection.working
        with asking("Reading the versions"):
            moment = client.open_point_in_time(index=self.reads, keep_alive="1m")["id"]
            try:
                after: list[Any] | None = None
                while True:
                    page = elastic_query.page_of_versions(after, VERSIONS_PAGE)
                    point = {"id": moment, "keep_alive": "1m"}
                    hits = client.search(body={**page, "pit": point})["hits"]["hits"]
                    yield from ((hit.id, hit.version) for hit in map(_hit, hits))
                    if len(hits) < VERSIONS_PAGE:
                        return
                    after = hits[-1]["sort"]
            finally:
                client.close_point_in_time(id=moment)

    def document_frequency(self, field: str, token: str) -> int:
        """Return in how many documents `field` holds `token`; may lag by `FREQUENCY_AGE`."""
        return self.document_frequencies([(field, token)])[field, token]

    def document_frequencies(
        self, tokens: Iterable[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Return `document_frequency` of each (field, token), in one request at most."""
        now = time.monotonic()
        asked = dict.fromkeys(tokens)
        with self._remembering:
            known = {
                pair: kept[1]
                for pair in asked
                if (kept := self._frequencies.get(pair)) and now - kept[0] < FREQUENCY_AGE
            }
        unknown = [pair for pair in asked if pair not in known]
        if not unknown:
            return known
        [answer] = self._asked([elastic_query.counted(unknown)])
        buckets = answer["aggregations"]["tokens"]["buckets"]
        found = {pair: b["doc_count"] for pair, b in zip(unknown, buckets, strict=True)}
        with self._remembering:
            if len(self._frequencies) + len(found) > MOST_FREQUENCIES:
                self._frequencies.clear()
            self._frequencies.update((pair, (now, count)) for pair, count in found.items())
        return known | found

    def vocabulary(self, level: int) -> Vocabulary:
        """Return the words a reader of `level` may see; at most half a minute old."""
        return self._words.of(level)

    def count(self) -> int:
        """Return the number of documents; may lag others' writes by `FREQUENCY_AGE`."""
        now = time.monotonic()
        with self._remembering:
            at, known = self._counted
            if now - at < FREQUENCY_AGE:
                return known
        with asking("Counting"):
            client = self._connection.searching
            found = client.count(index=self.reads, query={"exists": {"field": "level"}})["count"]
        with self._remembering:
            self._counted = now, int(found)
        return int(found)

    def size(self) -> int:
        """Return the bytes that the index takes, without its copies."""
        with asking("Measuring the index"):
            stats = self._connection.working.indices.stats(index=self.reads, metric="store")
            return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def close(self) -> None:
        """Let go of what is remembered."""
        self._words = Words(self._aggregated)
        self._forget()

    def _forget(self) -> None:
        """What is remembered of numbers is no longer so."""
        with self._remembering:
            self._frequencies.clear()
            self._counted = (-FREQUENCY_AGE, 0)

    def _asked(
        self, bodies: Sequence[dict[str, Any]], copy: str = "all", *, scored: bool = True
    ) -> list[Mapping[str, Any]]:
        """The answers to searches, whole ones only: a shard that is missing is a failure.

        The same `copy` of the index is asked each time the same is given. `scored`: by words.
        """
        client = self._connection.searching
        asked: dict[str, Any] = {"allow_partial_search_results": False, "preference": copy}
        if scored:
            asked["search_type"] = self._kind
        with asking("The search"):
            if len(bodies) == 1:
                return [client.search(index=self.reads, body=bodies[0], **asked).body]
            header = {"index": self.reads, **asked}
            lines = [line for body in bodies for line in (header, body)]
            answers = client.msearch(searches=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise refusal("The search", answer.get("status", 500), answer["error"])
        return list(answers)

    def _aggregated(self, body: dict[str, Any]) -> Mapping[str, Any]:
        with asking("Reading the words of the index"):
            client = self._connection.working
            return client.search(index=self.reads, allow_partial_search_results=False, **body).body

    def _write(
        self, documents: Iterable[EngineDocument], deletes: Iterable[Deletion], *, refresh: bool
    ) -> WriteReport:
        actions = [
            *((d.id, d.version, elastic_mapping.source(d, self.space)) for d in documents),
            *((d.id, d.version, elastic_mapping.tombstone(d)) for d in deletes),
        ]
        newest: dict[int, tuple[int, bytes]] = {}
        for id_, version, body in actions:
            if not 0 <= version <= _LARGEST:
                raise EngineFailed(f"Document {id_} cannot have the version {version}.")
            if id_ not in newest or newest[id_][0] <= version:
                newest[id_] = (version, body)
        stale: set[int] = set()
        for lines in _in_portions(newest):
            stale |= self._sent(lines, refresh=refresh)
        return WriteReport(frozenset(newest.keys() - stale), frozenset(stale))

    def _sent(self, lines: Sequence[Any], *, refresh: bool) -> set[int]:
        """Send a bulk request; returns the ids that the index knows in a newer version."""
        with asking("The write"):
            answer = self._connection.writing.bulk(
                index=self.writes,
                operations=lines,
                require_alias=True,
                refresh=refresh,
                filter_path="errors,items.*._id,items.*.status,items.*.error",
            )
        stale: set[int] = set()
        for item in answer["items"] if answer["errors"] else ():
            outcome = item["index"]
            if outcome["status"] == _CONFLICT:
                stale.add(int(outcome["_id"]))
            elif "error" in outcome:
                raise refusal(f"Document {outcome['_id']}", outcome["status"], outcome["error"])
        return stale


def _in_portions(newest: Mapping[int, tuple[int, bytes]]) -> Iterator[list[Any]]:
    lines: list[Any] = []
    size = 0
    for id_, (version, body) in newest.items():
        # An equal version is written again: it is a repeated delivery, not an older one.
        action = {"_id": str(id_), "version": version, "version_type": "external_gte"}
        lines += ({"index": action}, body)
        size += len(body)
        if size > BULK:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


def _first_fetch(query: EngineQuery) -> int:
    if query.limit < 1:
        return 0
    last = query.offset + query.limit
    return min(DEEPEST, last + TIES if query.should else last)


def _complete(hits: Sequence[EngineHit], query: EngineQuery, size: int) -> bool:
    """Whether all that tie with the last hit of the page are there: ties fall by id, so none may
    be missing, or a page would repeat what another one showed."""
    last = query.offset + query.limit
    if not query.should or query.limit < 1 or len(hits) < size or size >= DEEPEST:
        return True
    return _rounded(hits[-1].score) < _rounded(hits[last - 1].score)


def _result(
    query: EngineQuery, hits: Sequence[EngineHit], answer: Mapping[str, Any]
) -> EngineResult:
    ordered = sorted(hits, key=lambda hit: (-_rounded(hit.score), hit.id))
    counted = answer.get("aggregations", {})
    return EngineResult(
        hits=tuple(ordered[query.offset : query.offset + max(0, query.limit)]),
        total=answer["hits"]["total"]["value"] if query.count else 0,
        facets={
            name: {str(b["key"]): int(b["doc_count"]) for b in counted[name]["buckets"]}
            for name in query.facets
            if name in FACETS
        },
        coverage=elastic_query.shares(query, answer["hits"]["hits"]),
    )


def _hits(answer: Mapping[str, Any]) -> list[EngineHit]:
    return [_hit(hit) for hit in answer["hits"]["hits"]]


def _hit(hit: Mapping[str, Any]) -> EngineHit:
    fields = hit["fields"]
    return EngineHit(fields["id"][0], fields["version"][0], float(hit.get("_score") or 0.0))


def _rounded(score: float) -> float:
    """Sums of the same floats differ in the last digits by the order in which they were added."""
    return round(score, 4)


def _preference(queries: Sequence[EngineQuery]) -> str:
    """The same copy of the index for the same question: copies may differ in what they have not
    yet forgotten, and so in scores."""
    terms = next((query.should for query in queries if query.should), ())
    return f"q{zlib.crc32(' '.join(term.token for term in terms).encode())}"
