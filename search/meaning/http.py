"""An embedder elsewhere: any endpoint that answers `POST …/v1/embeddings` as OpenAI's does.

Nothing that it answers is believed unseen: number and order of the vectors, their dimensions, and
that they are numbers. While it fails, searches ask it no more (`search.breaker`); whoever makes the
vectors of articles has time, and asks again.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import urllib3

from search.breaker import Breaker

from .answers import read_vectors
from .protocol import EmbedderBusy, EmbedderFailed, EmbedderRefused

if TYPE_CHECKING:
    from .protocol import Vectors

#: How an endpoint is told what a text is: by a field `input_type` ("query" or "passage"), by what
#: the E5 models were trained with before the text ("query: ", "passage: "), or not at all.
ROLES = ("input_type", "prefix", "none")
Role = Literal["query", "passage"]

#: Answers after which the same request may succeed a moment later; and those that concern its text.
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({400, 413, 422})
#: Times that a request for vectors of articles is sent; seconds before the second, then doubled.
ATTEMPTS, PAUSE, LONGEST_PAUSE = 3, 0.5, 10.0
#: Bytes of an answer that are read: more is no list of vectors.
LARGEST = 64_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the endpoint is and how it is asked. Time-outs in seconds, of a whole request."""

    address: str
    name: str = ""
    api_key: str = ""
    roles: str = "none"
    query_timeout: float = 2.0
    passage_timeout: float = 60.0
    batch: int = 32

    def __post_init__(self) -> None:
        if self.roles not in ROLES:
            raise ValueError(f"“{self.roles}” is none of {', '.join(ROLES)}.")

    @property
    def url(self) -> str:
        """The address with the path of the call, where it has none or only begins it."""
        parts = urlsplit(self.address)
        host = parts.netloc.rpartition("@")[2]
        path = parts.path.rstrip("/")
        if not path:
            path = "/v1"
        if not path.endswith("/embeddings"):
            path += "/embeddings"
        return f"{parts.scheme}://{host}{path}"

    @property
    def model(self) -> str:
        """All that decides what a text's vector is; holds no secret."""
        told = f"{self.url} {self.name} {self.roles}"
        if len(told) <= 200:
            return told
        return f"{told[:150]}… {hashlib.sha1(told.encode(), usedforsecurity=False).hexdigest()}"


class HttpEmbedder:
    """Asks an endpoint. Threads may share it; connections are kept, after a fork made anew."""

    def __init__(self, endpoint: Endpoint, dimensions: int = 0) -> None:
        self.endpoint = endpoint
        self._dimensions = dimensions
        self._pid, self._pool = 0, urllib3.PoolManager()
        self.breaker = Breaker("The embeddings endpoint", lambda: self._asked(["?"], "query", 0))

    @property
    def model(self) -> str:
        """Address, name and how texts are told apart."""
        return self.endpoint.model

    @property
    def dimensions(self) -> int:
        """0 until the endpoint has answered."""
        return self._dimensions

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of what people ask; raises `EmbedderBusy` at once while it is spared."""
        if not self.breaker.allows():
            raise EmbedderBusy("The embeddings endpoint is being spared after failures.")
        try:
            found = self._asked(texts, "query", self.endpoint.query_timeout)
        except EmbedderFailed as failure:
            if not isinstance(failure, EmbedderRefused):
                self.breaker.failed(failure)
            raise
        self.breaker.succeeded()
        return found

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of what articles say, by so many requests as the texts need."""
        import numpy

        size = self.endpoint.batch
        found = [self._patiently(texts[at : at + size]) for at in range(0, len(texts), size)]
        return numpy.concatenate(found) if found else numpy.empty((0, self.dimensions), "f4")

    def _patiently(self, texts: Sequence[str]) -> Vectors:
        pause = PAUSE
        for left in reversed(range(ATTEMPTS)):
            try:
                return self._asked(texts, "passage", self.endpoint.passage_timeout)
            except EmbedderBusy as busy:
                if not left:
                    raise
                time.sleep(min(LONGEST_PAUSE, busy.after or pause))
                pause *= 2
        raise AssertionError

    def _asked(self, texts: Sequence[str], role: Role, timeout: float) -> Vectors:
        body = self._sent(self._request(texts, role), timeout or self.endpoint.query_timeout)
        found = read_vectors(body, len(texts), self._dimensions)
        self._dimensions = found.shape[1]
        return found

    def _request(self, texts: Sequence[str], role: Role) -> dict[str, Any]:
        prefix = f"{role}: " if self.endpoint.roles == "prefix" else ""
        asked: dict[str, Any] = {
            "input": [f"{prefix}{text}" for text in texts],
            "encoding_format": "float",
        }
        if self.endpoint.name:
            asked["model"] = self.endpoint.name
        if self.endpoint.roles == "input_type":
            asked["input_type"] = role
        return asked

    def _sent(self, request: dict[str, Any], timeout: float) -> bytes:
        """The body of a good answer, within so many seconds, whatever the endpoint does."""
        end = time.monotonic() + timeout
        try:
            answer = self._connections().request(
                "POST",
                self.endpoint.url,
                json=request,
                headers=self._headers(),
                timeout=urllib3.Timeout(connect=min(timeout, 3.0), read=timeout),
                redirect=False,
                preload_content=False,
            )
            try:
                body = self._read(answer, end)
            finally:
                # A connection with something left to read is of no more use.
                answer.close() if answer.length_remaining else answer.release_conn()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            reason = f"{type(error).__name__}: {self._clean(str(error))}"
            raise EmbedderBusy(f"The embeddings endpoint does not answer ({reason}).") from None
        if answer.status != 200:
            raise self._refusal(answer.status, body, answer.headers.get("Retry-After", ""))
        return body

    def _connections(self) -> urllib3.PoolManager:
        if self._pid != os.getpid():
            self._pool = urllib3.PoolManager(num_pools=1, maxsize=2, retries=False)
            self._pid = os.getpid()
        return self._pool

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self.endpoint.api_key:
            headers["Authorization"] = f"Bearer {self.endpoint.api_key}"
        elif "@" in (netloc := urlsplit(self.endpoint.address).netloc):
            headers |= urllib3.make_headers(basic_auth=netloc.rpartition("@")[0])
        return headers

    def _read(self, answer: urllib3.BaseHTTPResponse, end: float) -> bytes:
        pieces, size = [], 0
        while piece := answer.read1(65_536):
            pieces.append(piece)
            size += len(piece)
            if time.monotonic() > end:
                raise EmbedderBusy("The embeddings endpoint is too slow.")
            if size > LARGEST:
                raise EmbedderFailed("The embeddings endpoint answers too much.")
        return b"".join(pieces)

    def _refusal(self, status: int, body: bytes, after: str) -> EmbedderFailed:
        said = self._clean(" ".join(body[:2000].decode("utf-8", "replace").split()))[:160]
        text = f"The embeddings endpoint answered {status}: {said}"
        if status in _REFUSED:
            return EmbedderRefused(text)
        if status not in _LATER:
            return EmbedderFailed(text)
        return EmbedderBusy(text, float(after) if after.isdigit() else 0.0)

    def _clean(self, text: str) -> str:
        """Some endpoints repeat the key that they were given."""
        return text.replace(self.endpoint.api_key, "…") if self.endpoint.api_key else text
