"""One attempt to hand a message to a webhook; signed as Standard Webhooks describe.

Headers: ``webhook-id`` (the same when repeated), ``webhook-timestamp`` (seconds since 1970),
``webhook-signature``: ``v1,`` and base64 of HMAC-SHA256 over ``id.timestamp.body``.
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import http.client
import socket
import ssl
import threading
import time

from django.utils.translation import gettext as _

from .address import Target, resolve

#: Seconds for a connection or a pause in an answer; seconds for all of it; bytes of it read.
TIMEOUT, DEADLINE, ANSWER = 5.0, 10.0, 4096
_PREFIX = "whsec_"


class NotTaken(Exception):
    """The receiver did not take it. The text is for people and names no address."""


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """The header's value; a secret that begins with ``whsec_`` is base64."""
    signed = f"{message}.{timestamp}.".encode() + body
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


class _Connection(http.client.HTTPConnection):
    """To an address that has been looked up and checked already, under the name asked for."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self.target = target
        self.is_broken_off = False

    def connect(self) -> None:
        """Connect to the address, never to the name; the certificate must be the name's."""
        where = (self.target.address, self.target.port)
        self.sock = socket.create_connection(where, self.timeout)
        if self.target.secure:
            context = ssl.create_default_context()
            wrapped = context.wrap_socket(
                self.sock, server_hostname=self.target.host, do_handshake_on_connect=False
            )
            self.sock = wrapped
            wrapped.do_handshake()

    def break_off(self) -> None:
        """End whatever is going on, from another thread."""
        self.is_broken_off = True
        if self.sock is not None:
            with contextlib.suppress(OSError):  # it has ended by itself
                self.sock.shutdown(socket.SHUT_RDWR)


def post(url: str, secret: str, message: str, body: bytes) -> None:
    """Hand ``body`` over. Raises NotTaken or Forbidden. Redirects are not followed."""
    try:
        target = resolve(url)
    except OSError:
        raise NotTaken(_("The name of the receiver was not found.")) from None
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Zhida",
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message, timestamp, body),
        "Connection": "close",
    }
    status = _exchange(target, body, headers)
    if 300 <= status < 400:
        raise NotTaken(_("The receiver redirects; redirects are not followed."))
    if not 200 <= status < 300:
        raise NotTaken(_("The receiver answered with status %(status)s.") % {"status": status})


def _exchange(target: Target, body: bytes, headers: dict[str, str]) -> int:
    connection = _Connection(target)
    watch = threading.Timer(DEADLINE, connection.break_off)
    watch.start()
    try:
        connection.request("POST", target.path, body, headers)
        answer = connection.getresponse()
        answer.read(ANSWER)
        if connection.is_broken_off:  # which ends the headers like an empty line would
            raise TimeoutError
        return answer.status
    except ssl.SSLCertVerificationError:
        raise NotTaken(_("The certificate of the receiver is not valid.")) from None
    except TimeoutError:
        raise NotTaken(_("The receiver did not answer in time.")) from None
    except (OSError, http.client.HTTPException):
        if connection.is_broken_off:
            raise NotTaken(_("The receiver did not answer in time.")) from None
        raise NotTaken(_("The receiver could not be reached, or broke off.")) from None
    finally:
        watch.cancel()
        connection.close()
