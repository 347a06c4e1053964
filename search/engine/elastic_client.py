"""A connection to an Elasticsearch cluster: each call has a time-out, each failure our own name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from .protocol import EngineBusy, EngineFailed, EngineMissing

#: A server that answers so is overloaded or has lost a part; it may take the same a moment later.
_LATER = frozenset({408, 429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the cluster is and how this site lies in it.

    `prefix` keeps several sites on one cluster apart. `replicas` is a number, or a range such as
    "0-1" by which the cluster makes as many copies as it has nodes for. Time-outs in seconds: of a
    search, of a write, and of the work on a whole index. A call that runs out of time is not
    repeated; one that a node refuses to take goes to the next of `addresses`.
    """

    addresses: tuple[str, ...]
    api_key: str = ""
    prefix: str = "zhida"
    shards: int = 1
    replicas: str = "0-1"
    search_timeout: float = 0.8
    write_timeout: float = 30.0
    work_timeout: float = 120.0


class Connection:
    """The clients of one process for each kind of call; after a fork they are made anew."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._pid = 0

    def _connected(self) -> None:
        if self._pid == os.getpid():
            return
        cluster = self.cluster
        client = Elasticsearch(
            list(cluster.addresses),
            api_key=cluster.api_key or None,
            retry_on_timeout=False,
            max_retries=len(cluster.addresses) - 1,
            connections_per_node=20,
        )
        self._searching = client.options(request_timeout=cluster.search_timeout)
        self._writing = client.options(request_timeout=cluster.write_timeout)
        self._working = client.options(request_timeout=cluster.work_timeout)
        self._pid = os.getpid()

    @property
    def searching(self) -> Elasticsearch:
        """For what a reader waits for."""
        self._connected()
        return self._searching

    @property
    def writing(self) -> Elasticsearch:
        """For changes."""
        self._connected()
        return self._writing

    @property
    def working(self) -> Elasticsearch:
        """For what concerns a whole index."""
        self._connected()
        return self._working


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Say a failure of the cluster in the protocol's words; `what` was asked for."""
    try:
        yield
    except NotFoundError as error:
        raise EngineMissing(f"{what}: {_reason(error)}") from error
    except ApiError as error:
        kind = EngineBusy if error.status_code in _LATER else EngineFailed
        raise kind(f"{what}: {_reason(error)}") from error
    except TransportError as error:
        raise EngineBusy(f"{what}: Elasticsearch does not answer ({error.message})") from error


def refusal(what: str, status: int, error: object) -> EngineFailed:
    """The exception for an error inside an answer: of one search of many, or one document."""
    reason = error.get("reason", error) if isinstance(error, dict) else error
    if status == 404:
        return EngineMissing(f"{what}: {reason}")
    return (EngineBusy if status in _LATER else EngineFailed)(f"{what}: {reason}")


def _reason(error: ApiError) -> str:
    body = error.body
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        causes = body["error"].get("root_cause") or [body["error"]]
        return str(causes[0].get("reason") or error.message)
    return str(error.message)
