"""Which addresses a webhook may reach. A name is looked up once; its answer is connected to.

``ALERT_WEBHOOKS_PRIVATE`` lets webhooks reach this machine and its network, and go without TLS.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address
#: IPv6 addresses that stand for an IPv4 address in their last 32 bits: NAT64 (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")
#: Of IANA's registries of special addresses, what ``ipaddress`` does not know in every version;
#: Teredo and 6to4 among them, which lead to addresses written inside them.
_SPECIAL = tuple(
    ip_network(network)
    for network in (
        *("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "2001::/23"),
        *("2002::/16", "3fff::/20", "5f00::/16"),
    )
)


class Forbidden(Exception):
    """A webhook may not go there. The text is for people and names no address."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect (``address``, ``port``), and what to ask of whom there."""

    secure: bool
    host: str
    address: str
    port: int
    path: str


def is_private_allowed() -> bool:
    """Whether the operator lets webhooks reach private addresses."""
    return bool(getattr(settings, "ALERT_WEBHOOKS_PRIVATE", False))


def is_public(address: Address) -> bool:
    """Whether an address is one of the internet's, whatever form it is written in."""
    if isinstance(address, IPv6Address):
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    if any(address in network for network in _SPECIAL):
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
    )


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def check_url(url: str) -> SplitResult:
    """What can be told of an address without looking its name up. Raises Forbidden."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise Forbidden(_("This is no address.")) from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise Forbidden(_("This is no address."))
    if parts.username is not None or parts.password is not None:
        raise Forbidden(_("The address must not hold a user’s name or password."))
    if is_private_allowed():
        return parts
    if parts.scheme != "https":
        raise Forbidden(_("The address must begin with https://."))
    try:
        # As the resolver reads them: 127.1, 2130706433 and 0x7f000001 are addresses too.
        literal: Address | None = IPv4Address(socket.inet_aton(host))
    except OSError:
        literal = _literal(host)
    if literal is not None and not is_public(literal):
        raise Forbidden(_not_public())
    return parts


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _not_public() -> str:
    return _("The address is private or reserved. Webhooks do not go there.")


def resolve(url: str) -> Target:
    """Look the name up, once. Raises Forbidden where any of its addresses is not public, and
    OSError where it has none."""
    parts = check_url(url)
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        asked = host if ":" in host else host.encode("idna").decode()
    except UnicodeError:
        raise Forbidden(_("This is no address.")) from None
    found = socket.getaddrinfo(asked, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in found]
    if not is_private_allowed():
        for address in addresses:
            if not is_public(ip_address(address.partition("%")[0])):
                raise Forbidden(_not_public())
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", asked, addresses[0], port, path)
