"""Addresses of devices, and positions on the earth."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network

from .links import IS, near
from .rules import DIGITS, rules

_IP4 = r"\d{1,3}(?:\.\d{1,3}){3}"
_ENDS = r"(?![\w.]*\.\d|\w)"
_VERSIONED = (
    r"(?<!v)(?<!version )(?<!版本)(?<!版本 )(?<!版本号)(?<!固件)(?<!固件 )(?<!驱动)(?<!驱动 )"
    r"(?<!build )"
    r"(?<!firmware )(?<!driver )(?<!release )(?<!升级到)(?<!更新到)(?<!release-)"
)
#: Networks that every house has (RFC 1918).
_PRIVATE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
#: Latitude or longitude, to about 10 m or nearer.
_DEGREES = r"[-+]?\d{1,3}\.\d{4,}"
_MINUTES = r"\d{1,3}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:\.\d+)?[\"″]\s?)?"


def _is_host(text: str) -> bool:
    """Whether ``text`` is the address of one machine in a network: no mask, not this one itself."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or text.startswith("255."))


def _is_host_for_sure(text: str) -> bool:
    """Whether ``text`` is one, of nobody's own network, and unlike a program's version."""
    parts = text.split(".")
    long = sum(len(part) == 3 for part in parts)
    own = any(ip_address(text) in network for network in _PRIVATE) if _is_host(text) else True
    sure = long > 1 or (long == 1 and sum(len(part) > 1 for part in parts) > 2)
    return not own and (sure or (len(parts[0]) == 3 and "0" not in parts))


def _is_far_from_null(text: str) -> bool:
    """Nobody lives within ten degrees of 0°, 0° by both: small pairs are measures."""
    return bool(re.search(r"\d{2}\.", text))


RULES = [
    *rules(
        "⟨address of a device⟩",
        rf"\bip(?:v?4)?(?:\s?(?:address|addr|地址|位址))?{IS}(?P<what>{_IP4})(?![\d.])",
        rf"(?:\bip(?:v?4)?\b|\bping|\bfrom|登[录錄入]|来自|來自|访问"
        rf"|訪問){near(12)}(?<![\d.])(?P<what>{_IP4})(?![\d.])",
        rf"\bip(?:v6)?(?:\s?(?:address|addr|地址|位址))?{IS}(?P<what>"
        rf"(?:[0-9A-F]{{0,4}}:){{2,7}}[0-9A-F]{{1,4}})(?![\w:])",
        r"(?<![\w:.])(?=[0-9A-F:]*\d)(?=(?:[0-9A-F]*:){2})(?:[0-9A-F:]*:\d{1,3}(?:\.\d{1,3}){3}"
        r"|[0-9A-F:]{4,39})(?![\w:])",
        cues=DIGITS,
        confirm=_is_host,
    ),
    *rules(
        "⟨address of a device⟩",
        rf"(?<![\d.\w/\-]){_VERSIONED}{_IP4}{_ENDS}",
        cues=DIGITS,
        confirm=_is_host_for_sure,
    ),
    *rules(
        "⟨address of a device⟩",
        r"(?<![\w\-])(?<!\b[0-9A-F]{2}:)(?:[0-9A-F]{2}[:\-]){5}[0-9A-F]{2}(?![\w:\-])",
        r"(?<![\w.])(?=[0-9a-f.]*\d)[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}(?![\w.])",
        rf"\bmac(?:\s?(?:address|addr|地址|位址))?{IS}(?P<what>[0-9A-F]{{12}}"
        rf"|(?:[0-9A-F]{{2}} ){{5}}[0-9A-F]{{2}})(?!\w)",
        rf"\b(?:imei|meid|imsi|iccid|esim|eid)\d?{IS}(?P<what>\d(?:[ \-/]?\d){{13,31}})(?!\d)",
        rf"\b(?:imei|meid|imsi|iccid){near(12)}(?P<what>\d(?:[ \-/]?\d){{13,19}})(?!\d)",
        rf"\b(?:udid|device id|idfa|android id|设备id){IS}(?P<what>(?=[\w\-]*\d)[\w\-]{{12,40}})",
        cues=DIGITS,
    ),
    *rules(
        "⟨position⟩",
        rf"(?<![\d.]){_DEGREES}\s?°?\s?[NS]?\s?[,，;/]\s?{_DEGREES}(?:\s?°?\s?[EW]\b|°)?(?![\d.])",
        cues=DIGITS,
        confirm=_is_far_from_null,
    ),
    *rules(
        "⟨position⟩",
        rf"{_MINUTES}[NS][, ]{{0,2}}{_MINUTES}[EW]",
        cues=DIGITS,
    ),
]
