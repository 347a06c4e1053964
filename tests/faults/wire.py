"""A wire to a server that can be cut, held or slowed: a proxy on a port of this machine."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit


class Wire:
    """Passes bytes on, until told otherwise by ``state``: "whole", "cut", "held", "slow"."""

    #: Seconds by which a slow wire delays each answer.
    DELAY = 0.3

    def __init__(self, address: str) -> None:
        given = urlsplit(address)
        self._target = (given.hostname or "127.0.0.1", given.port or 9200)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.state = "whole"
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def fail(self, state: str) -> None:
        """Be "cut", "held" or "slow" from now on."""
        if state == "cut":
            self.cut()
        self.state = state

    def cut(self) -> None:
        """Refuse, and break what is under way."""
        self.state = "cut"
        for each in list(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Be gone."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.state == "cut":
                near.close()
                continue
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target, 5)
        except OSError:
            near.close()
            return
        self._open |= {near, far}
        threading.Thread(target=self._pass, args=(near, far, False), daemon=True).start()
        self._pass(far, near, True)

    def _pass(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                while self.state == "held":
                    time.sleep(0.02)
                if answers and self.state == "slow":
                    time.sleep(self.DELAY)
                target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            self._open.discard(each)
