"""Takes out what identifies a person, before anything is written.

E-mail addresses, telephone numbers, Chinese identity numbers (checksum), bank cards (checksum),
secrets in addresses, and runs of nine or more digits. Short order numbers, versions, dates,
prices and error codes stay. Patterns are looked for in a copy in which full-width characters and
other scripts' digits are ASCII, character for character, so that offsets agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

EMAIL, PHONE, IDENTITY, CARD, NUMBER, SECRET = (
    "⟨email⟩",
    "⟨phone⟩",
    "⟨id number⟩",
    "⟨card⟩",
    "⟨number⟩",
    "⟨secret⟩",
)
_S = r"[ \-]"
_DASHES = dict.fromkeys("‐‑‒–—−－", "-")
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t", " ")

_SECRETS = [
    re.compile(r"(?<=://)[^\s/?#@]+(?=@)"),
    re.compile(
        r"(?i)(?<=[?&#;])((?:[\w.\-]*(?:token|secret|passw(?:or)?d|passwd|api[_\-]?key|signature"
        r"|session|credential|jwt)[\w.\-]*|pwd|sig|key|auth|code|sid|otp|ticket|state)=)([^\s&#;]+)"
    ),
    re.compile(
        r"(?i)(\b(?:password|passwd|pwd|secret|token|api[_\-]?key)\s*=\s*)([\x21-\x7e]{4,})"
    ),
    re.compile(
        r"(?i)((?:password|passwd|密码|密碼|口令)\s*(?:is|是|为|為|:)\s*)"
        r"((?=[\x21-\x7e]*\d)[\x21-\x7e]{4,})"
    ),
    re.compile(r"(?i)(\bbearer\s+)([A-Za-z0-9._~+/=\-]{8,})"),
    re.compile(r"\beyJ[\w\-]{8,}\.[\w\-]{8,}(?:\.[\w\-]*)?"),
    re.compile(r"\b(?:sk|pk|rk|ghp|gho|github_pat|xox[abp]|AKIA)[_\-]?[A-Za-z0-9_\-]{16,}"),
    re.compile(r"(https?://\S*?/)((?=\w*\d)(?=\w*[A-Za-z])\w{24,})(?=[/?#\s]|$)"),
]
_EMAILS = [
    re.compile(
        r"[A-Za-z0-9!#$%'*+^_`{|}~.\-]+@(?:[A-Za-z0-9\-]+\.)+[A-Za-z0-9\-]*[A-Za-z0-9]"
        r"|[A-Za-z0-9!#$%'*+^_`{|}~.\-]+@\[[0-9A-Fa-f:.]+\]"
    ),
    re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"),
]
_IDENTITY_18 = re.compile(rf"(?<!\d)\d{{6}}{_S}?\d{{8}}{_S}?\d{{3}}[\dXx](?![\dA-Za-z])")
_IDENTITY_15 = re.compile(rf"(?<!\d)\d{{6}}{_S}?\d{{6}}{_S}?\d{{3}}(?!\d)")
_CARD = re.compile(
    rf"(?<!\d)(?:\d{{13,19}}|\d{{4}}(?:{_S}\d{{4}}){{2,3}}(?:{_S}\d{{1,4}})?"
    rf"|\d{{4}}{_S}\d{{6}}{_S}\d{{4,5}}|\d{{6}}{_S}\d{{7,13}})(?!\d)"
)
_PHONES = [
    # International: a plus, eight to fifteen digits.
    re.compile(r"(?<![\w+])\+ ?\(?\d(?:[ ().\-/]{0,2}\d){7,14}(?!\d)"),
    re.compile(r"(?<![\w.])00[1-9]\d{0,2}(?:[ \-]\(?\d{1,4}\)?){2,5}(?!\d)"),
    # Chinese mobile, in the groups that people write.
    re.compile(
        r"(?<!\d)(?:(?:00)?86[ \-.]?)?(?:"
        r"1[3-9]\d[ \-.·]?\d{4}[ \-.·]?\d{4}|1[3-9]\d{2}[ \-]\d{4}[ \-]\d{3}"
        r"|1[3-9]\d{2}[ \-]\d{3}[ \-]\d{4}|1[3-9]\d[ \-]\d{3}[ \-]\d{5}|1[3-9]\d{3}[ \-]\d{6}"
        r"|1[3-9]\d[ \-]\d{2}[ \-]\d{2}[ \-]\d{2}[ \-]\d{2})(?!\d)"
    ),
    # National numbers with a leading zero: Chinese landlines, Taiwan, Britain, Germany, France.
    re.compile(
        r"(?<![\d.])(?:\(0\d{1,4}\)|0\d{1,3})[ \-]?\d{3,4}[ \-]?\d{4}"
        r"(?: ?(?:转|轉|分机|分機|ext\.?|x|-) ?\d{1,6})?(?!\d)"
    ),
    re.compile(
        r"(?<![\d.])0(?:\d{2,4}[ \-/]\d{5,8}|\d{3,4}[ \-]\d{3}[ \-]\d{3}"
        r"|\d(?:[ .\-]\d{2}){4})(?!\d)"
    ),
    # Service numbers, and North America.
    re.compile(r"(?<!\d)[48]00[ \-]?(?:\d{3}[ \-]?\d{4}|\d{4}[ \-]?\d{3})(?!\d)"),
    re.compile(
        r"(?<![\d.])(?:1[ \-.])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ \-.])\d{3}[ \-.]\d{4}(?!\d)"
    ),
]
_CALLED_PHONE = re.compile(
    r"(?i)((?:电话|電話|手机|手機|座机|座機|传真|傳真|tel|phone|mobile|cell|whatsapp|fax)"
    r"(?:号码|號碼|号|號| number| no)?\.?\s{0,2}(?:is|是|为|為|:|#)?\s{0,2})"
    r"(\(?\d(?:[ \-()]?\d){6,14})(?!\d)"
)
_RUNS = [
    re.compile(r"(?<!0\.)(?<!\d)\d{9,}"),
    re.compile(r"(?<!\d)\d(?: \d){8,}(?!\d)"),
    re.compile(r"[零〇一二三四五六七八九幺]{9,}"),
]


def redact(text: str) -> str:
    """``text`` with every personal number, address and secret replaced by a named placeholder."""
    ascii_text = _ascii(text)
    for patterns, placeholder, confirm in _STEPS:
        for pattern in patterns:
            if (replaced := _replace(text, ascii_text, pattern, placeholder, confirm)) != text:
                text, ascii_text = replaced, _ascii(replaced)
    return text


def _replace(
    text: str,
    ascii_text: str,
    pattern: re.Pattern[str],
    placeholder: str,
    confirm: Callable[[str], bool] | None,
) -> str:
    pieces, end = [], 0
    for match in pattern.finditer(ascii_text):
        # A pattern with two groups keeps the first (the name) and takes out the second.
        start, stop = match.span(2) if pattern.groups else match.span()
        if confirm and not confirm(match[0]):
            continue
        pieces += [text[end:start], placeholder]
        end = stop
    return "".join([*pieces, text[end:]]) if pieces else text


def _ascii(text: str) -> str:
    return text if text.isascii() else "".join(map(_ascii_character, text))


def _ascii_character(character: str) -> str:
    if character.isascii() or "\u4e00" <= character <= "\u9fff":
        return character
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if character == "。":
        return character
    return _DASHES.get(character) or _SPACES.get(character) or character


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def luhn(text: str) -> bool:
    """Whether the digits of ``text`` pass the checksum of bank cards (ISO/IEC 7812-1)."""
    digits = [int(d) for d in reversed(_digits(text))]
    doubled = [d if i % 2 == 0 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(digits)]
    return len(set(digits)) > 1 and sum(doubled) % 10 == 0


def is_identity_18(text: str) -> bool:
    """Whether ``text`` is a Chinese identity number of 18 places (GB 11643-1999)."""
    number = "".join(c for c in text if c.isalnum()).upper()
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(number[:17], weights, strict=True))
    return number[17] == "10X98765432"[total % 11] and _is_date(number[6:14])


def is_identity_15(text: str) -> bool:
    """Whether ``text`` is an identity number of the older kind: 15 digits with a date of birth."""
    number = _digits(text)
    return number[0] in "12345678" and _is_date("19" + number[6:12])


def _is_date(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return 1850 < int(text[:4]) < 2100


_STEPS: tuple[tuple[list[re.Pattern[str]], str, Callable[[str], bool] | None], ...] = (
    (_SECRETS, SECRET, None),
    (_EMAILS, EMAIL, None),
    ([_IDENTITY_18], IDENTITY, is_identity_18),
    ([_CARD], CARD, luhn),
    ([_IDENTITY_15], IDENTITY, is_identity_15),
    (_PHONES, PHONE, None),
    ([_CALLED_PHONE], PHONE, None),
    (_RUNS, NUMBER, None),
)
