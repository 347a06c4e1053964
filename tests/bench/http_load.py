"""Asks a server over kept connections: as fast as it answers, or at a steady pace."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit


class Visitor:
    """One kept connection."""

    def __init__(self, address: str, headers: dict[str, str] | None = None) -> None:
        self.netloc = urlsplit(address).netloc
        self.headers = headers or {}
        self.connection = http.client.HTTPConnection(self.netloc, timeout=30)

    def get(self, path: str) -> float:
        """Seconds until the whole answer is there; raises on any status but 200."""
        started = time.perf_counter()
        try:
            self.connection.request("GET", path, headers=self.headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection = http.client.HTTPConnection(self.netloc, timeout=30)
            self.connection.request("GET", path, headers=self.headers)
            answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
        return time.perf_counter() - started


def rate(address: str, paths: Sequence[str], visitors: int, seconds: float) -> float:
    """Answers a second that ``visitors`` get who ask without a pause."""
    deadline = time.perf_counter() + seconds
    counts = [0] * visitors

    def work(number: int) -> None:
        visitor = Visitor(address)
        position = number
        while time.perf_counter() < deadline:
            visitor.get(paths[position % len(paths)])
            position += visitors
            counts[number] += 1

    _together(work, visitors)
    return sum(counts) / seconds


def paced(
    address: str,
    keystrokes: Sequence[Sequence[str]],
    a_second: float,
    headers: Sequence[dict[str, str]] = (),
) -> list[float]:
    """Each visitor asks its paths at a steady pace, whatever the server does; seconds each.

    Time counts from the moment of the keystroke, so that waiting for the one before is not hidden.
    """
    times: list[list[float]] = [[] for _ in keystrokes]
    begin = time.perf_counter() + 0.5

    def work(number: int) -> None:
        visitor = Visitor(address, headers[number] if headers else None)
        offset = number / len(keystrokes) / a_second
        for position, path in enumerate(keystrokes[number]):
            due = begin + offset + position / a_second
            time.sleep(max(0.0, due - time.perf_counter()))
            visitor.get(path)
            times[number].append(time.perf_counter() - due)

    _together(work, len(keystrokes))
    return [each for some in times for each in some]


def _together(work: Callable[[int], None], number: int) -> None:
    errors: list[BaseException] = []

    def safely(position: int) -> None:
        try:
            work(position)
        except BaseException as error:  # noqa: BLE001 - shown by the main thread
            errors.append(error)

    threads = [threading.Thread(target=safely, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
