"""Numbers that prove themselves by a check digit."""

from __future__ import annotations

from datetime import date


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


def reads_as_identity_18(text: str) -> bool:
    """Whether ``text`` has a province and a date of birth where such a number has them.

    The check digit is left aside: people mistype, and write numbers down wrongly.
    """
    number = "".join(c for c in text if c.isalnum())
    return number[0] in "1234568" and _is_date(number[6:14]) and number[6:8] in ("19", "20")


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


def is_iban(text: str) -> bool:
    """Whether ``text`` is an international bank account number (ISO 13616, modulo 97)."""
    number = "".join(c for c in text if c.isalnum()).upper()
    turned = number[4:] + number[:4]
    return 15 <= len(number) <= 34 and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def is_singaporean_identity(text: str) -> bool:
    """Whether ``text`` is a letter, seven digits and the letter that fits (NRIC and FIN)."""
    kind, check = text[0].upper(), text[-1].upper()
    weights = (2, 7, 6, 5, 4, 3, 2)
    total = sum(int(d) * w for d, w in zip(text[1:8], weights, strict=True))
    total += {"T": 4, "G": 4, "M": 3}.get(kind, 0)
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "M": "KLJNPQRTUWX"}.get(kind, "XWUTRQPNMLK")
    place = 10 - total % 11 if kind == "M" else total % 11
    return check == letters[place]


def is_taiwanese_identity(text: str) -> bool:
    """Whether ``text`` is a letter and nine digits that fit, as on identity cards of Taiwan."""
    order = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
    region = order.index(text[0].upper()) + 10
    digits = [region // 10, region % 10, *map(int, text[1:])]
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(d * w for d, w in zip(digits, weights, strict=True)) % 10 == 0
