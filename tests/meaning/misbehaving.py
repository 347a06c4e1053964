"""An endpoint that answers `POST /v1/embeddings` as it is told to: well, wrongly, late or never."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DIMENSIONS = 16


def numbers(text: str, dimensions: int = DIMENSIONS, salt: str = "") -> list[float]:
    """Numbers between -1 and 1 that any text always has."""
    digest = sha256(f"{salt}{text}".encode()).digest() * (1 + dimensions // 32)
    return [byte / 127.5 - 1 for byte in digest[:dimensions]]


class Misbehaving(ThreadingHTTPServer):
    """``manner`` says how it answers; ``heard`` has the requests, ``headers`` their headers."""

    daemon_threads = True

    def __init__(self, port: int = 0, dimensions: int = DIMENSIONS) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.manner, self.dimensions = "well", dimensions
        self.heard: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, texts: list[str]) -> Any:
        rows: list[Any] = [numbers(text, self.dimensions) for text in texts]
        match self.manner:
            case "dimension":
                rows = [numbers(text, self.dimensions + 8) for text in texts]
            case "another model":
                rows = [numbers(text, self.dimensions, "other") for text in texts]
            case "another model afterwards" if len(self.heard) > 1:
                rows = [numbers(text, self.dimensions, "other") for text in texts]
            case "NaN":
                rows[-1][3] = float("nan")
            case "infinite":
                rows[-1][3] = float("inf")
            case "zeros":
                rows[-1] = [0.0] * self.dimensions
            case "words":
                rows[-1] = ["much"] * self.dimensions
            case "uneven":
                rows[-1] = rows[-1][:-1]
            case "too few":
                rows.pop()
            case "no list":
                return {"error": "none"}
        data = [{"index": n, "embedding": row} for n, row in enumerate(rows)]
        match self.manner:
            case "backwards":
                data.reverse()
            case "twice":
                data[-1]["index"] = 0
        return {"object": "list", "data": data}


class _Handler(BaseHTTPRequestHandler):
    server: Misbehaving
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append({"path": self.path, **body})
        self.server.headers.append({name.lower(): v for name, v in self.headers.items()})
        match self.server.manner.split():
            case ["hangs"]:
                time.sleep(30)
            case ["slow", seconds]:
                time.sleep(float(seconds))
                self._say(200, json.dumps(self.server.answer(body["input"])).encode())
            case ["drips"]:
                self._drip()
            case ["closes"]:
                self.connection.close()
            case ["status", code]:
                key = self.headers.get("Authorization", "")
                self._say(int(code), f"<h1>No</h1> {key}".encode(), "text/html")
            case ["page"]:
                self._say(200, b"<html>Welcome</html>", "text/html")
            case ["refuses", word] if any(word in text for text in body["input"]):
                self._say(400, b'{"error": {"message": "bad input"}}')
            case _:
                self._say(200, json.dumps(self.server.answer(body["input"])).encode())

    def _say(self, code: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(300):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[Misbehaving]:
    """Runs one, on a port of its own."""
    server = Misbehaving()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
