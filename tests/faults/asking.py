"""Somebody who searches all the time, through a proxy that knows two web servers."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.request
from dataclasses import dataclass, field

from .ground import WORD

#: Seconds between two searches; after which the proxy gives up one server.
PAUSE, PATIENCE = 0.1, 5.0


@dataclass(slots=True)
class Asker:
    """Counts searches and those that were answered: with a still article among the hits."""

    ports: list[int]
    asked: int = 0
    answered: int = 0
    by_standby: int = 0
    seconds: list[float] = field(default_factory=list)
    #: Seconds between an answer and the next one, where searches failed in between.
    without: float = 0.0
    failures: list[str] = field(default_factory=list)
    #: Set while the database itself is away: nothing can be answered then.
    excused: threading.Event = field(default_factory=threading.Event)
    excused_asked: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to ask."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stop.set()
        if self._thread:
            self._thread.join(3 * PATIENCE)

    def _run(self) -> None:
        last = time.monotonic()
        failed = False
        while not self._stop.is_set():
            began = time.monotonic()
            excused = self.excused.is_set()
            answer, reason = self._ask()
            took = time.monotonic() - began
            if answer is None and (excused or self.excused.is_set()):
                self.excused_asked += 1
                last, failed = time.monotonic(), False
                self._stop.wait(PAUSE)
                continue
            self.asked += 1
            self.seconds.append(took)
            if answer is None:
                failed = True
                self.failures.append(f"{time.strftime('%H:%M:%S')} {reason}")
            else:
                self.answered += 1
                self.by_standby += answer.get("as_of") is not None
                if failed:
                    self.without += time.monotonic() - last
                last, failed = time.monotonic(), False
            self._stop.wait(PAUSE)

    def _ask(self) -> tuple[dict | None, str]:
        reasons = []
        for port in random.sample(self.ports, len(self.ports)):
            # Different words each time, so that no answer is a remembered one.
            noise = f"{WORD} {random.choice('abcdefghij') * 2} {random.randrange(10**6)}"
            url = f"http://127.0.0.1:{port}/api/v1/search?q={noise.replace(' ', '+')}"
            visitor = ".".join(str(random.randrange(1, 250)) for _ in range(4))
            request = urllib.request.Request(url, headers={"X-Forwarded-For": visitor})
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                    found = json.load(response)
            except (OSError, ValueError) as error:
                reasons.append(f"{port}: {error}")
                continue
            hits = [*found["hits"], *found["perhaps"]]
            if any(WORD in hit["title"] for hit in hits):
                return found, ""
            reasons.append(f"{port}: nothing found")
        return None, "; ".join(reasons)
