"""Where webhooks may go, and how they are signed."""

import hashlib
import hmac
import json
import socket
import threading
import time
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import pytest

from search.insights.alerts.webhooks import address, posting
from search.insights.alerts.webhooks.address import Forbidden, check_url, is_public, resolve
from search.insights.alerts.webhooks.posting import NotTaken, post, signature

SECRET = "a-secret-of-some-length-1234"


@pytest.fixture
def receiver():
    """A real server on loopback that remembers what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            server.taken.append((self.path, dict(self.headers), self.rfile.read(length)))
            self.send_response(server.status)
            for name, value in server.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(server.answer)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.taken, server.status, server.headers, server.answer = [], 204, [], b""
    server.url = f"http://127.0.0.1:{server.server_port}/hook?key=1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def private(settings):
    settings.ALERT_WEBHOOKS_PRIVATE = True


FORBIDDEN = [
    *("127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1"),
    *("198.18.0.1", "192.0.0.8", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "fec0::1"),
    *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b::a00:1", "2002:7f00:1::", "2002:0a00:1::1", "2001:db8::1", "100::1"),
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_private_and_reserved_addresses_are_not_public(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are(text):
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "localhost"),
        *("[::1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "[fe80::1%25lo]", "0", "10.0.0.1"),
        *("169.254.169.254", "2852039166", "127.0.0.1.", "LOCALHOST", "１２７.0.0.1"),
    ],
)
def test_no_form_of_a_private_address_is_connected_to(host):
    with pytest.raises((Forbidden, OSError)) as raised:
        resolve(f"https://{host}/")
    if host not in ("127.0.0.1.",):
        assert raised.type is Forbidden or raised.type is socket.gaierror


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.com/", "ftp://example.com/", "https://", "https://user:pw@example.com/"),
        *("https://example.com:0/", "https://example.com:99999/", "file:///etc/passwd", "//x/"),
        *("https://[::1/", "https://user@example.com/"),
    ],
)
def test_other_addresses_are_refused_when_they_are_written(url):
    with pytest.raises(Forbidden):
        check_url(url)


def test_a_name_is_looked_up_once_and_its_answer_connected_to(monkeypatch, settings, receiver):
    """A name that turns private between check and connection is not followed there."""
    asked = []
    real = socket.getaddrinfo

    def answers(host, port, *args, **kwargs):
        if host != "rebinding.test":
            return real(host, port, *args, **kwargs)
        asked.append(host)
        # First a public address (of a network for documents, where nobody is), then this machine.
        where = "127.0.0.1" if len(asked) > 1 else "9.9.9.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (where, port))]

    connected = []

    def connects(where, timeout=None, **kwargs):
        connected.append(where)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    monkeypatch.setattr(socket, "create_connection", connects)
    with pytest.raises(NotTaken):
        post(f"https://rebinding.test:{receiver.server_port}/", SECRET, "id", b"{}")
    assert asked == ["rebinding.test"]
    assert connected == [("9.9.9.9", receiver.server_port)]
    assert receiver.taken == []


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch):
    rows = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("9.9.9.9", 443)),
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 443, 0, 0)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)
    with pytest.raises(Forbidden):
        resolve("https://two.test/")


def test_loopback_is_refused_unless_the_operator_allows_it(receiver, settings):
    with pytest.raises(Forbidden):
        post(receiver.url, SECRET, "id", b"{}")
    with pytest.raises(Forbidden):
        post(receiver.url.replace("http:", "https:"), SECRET, "id", b"{}")
    assert receiver.taken == []
    settings.ALERT_WEBHOOKS_PRIVATE = True
    post(receiver.url, SECRET, "id", b"{}")
    assert [path for path, _headers, _body in receiver.taken] == ["/hook?key=1"]


def test_the_receiver_can_tell_that_the_message_is_ours(receiver, private):
    body = json.dumps({"a": "知达"}).encode()
    post(receiver.url, SECRET, "message-1", body)
    _path, headers, taken = receiver.taken[0]
    assert taken == body
    stamp = headers["webhook-timestamp"]
    assert abs(time.time() - int(stamp)) < 60
    signed = f"{headers['webhook-id']}.{stamp}.".encode() + taken
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + b64encode(digest).decode()
    assert SECRET not in str(headers)


def test_the_signature_is_that_of_standard_webhooks():
    """The example of the specification's reference libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert b64decode(made.removeprefix("v1,"))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(receiver, private, status):
    receiver.status, receiver.headers = status, [("Location", receiver.url)]
    with pytest.raises(NotTaken, match="redirect"):
        post(receiver.url, SECRET, "id", b"{}")
    assert len(receiver.taken) == 1


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_other_answers_are_failures(receiver, private, status):
    receiver.status = status
    with pytest.raises(NotTaken, match=str(status)):
        post(receiver.url, SECRET, "id", b"{}")


def test_whoever_answers_drop_by_drop_is_left(private, monkeypatch):
    monkeypatch.setattr(posting, "DEADLINE", 0.5)
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip():
        with listener.accept()[0] as taken:
            taken.recv(65536)
            taken.sendall(b"HTTP/1.1 200 OK\r\n")
            while not stop.wait(0.05):
                try:
                    taken.sendall(b"X")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    with pytest.raises(NotTaken):
        post(f"http://127.0.0.1:{listener.getsockname()[1]}/", SECRET, "id", b"{}")
    stop.set()
    thread.join(5)
    listener.close()


def test_nobody_there_and_no_such_name(private):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotTaken):
        post(f"http://127.0.0.1:{port}/", SECRET, "id", b"{}")
    with pytest.raises(NotTaken, match="not found"):
        post("http://nobody.invalid/", SECRET, "id", b"{}")
    assert address.is_private_allowed()
