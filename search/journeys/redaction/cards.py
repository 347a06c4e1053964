"""Numbers of bank cards, with what is printed beside them; of accounts; addresses of wallets."""

from __future__ import annotations

import re

from .checksums import is_iban, luhn
from .links import IS, near
from .rules import DIGITS, rules

_CARD = (
    "(?:银行卡|銀行卡|信用卡|储蓄卡|儲蓄卡|借记卡|金融卡|提款卡|一卡通|工资卡|卡号|卡號|卡片|卡"
    "|card|visa|master ?card|amex|unionpay|银联)"
)
_ACCOUNT = (
    r"(?:account|acct|\bacc\b|\ba/c|\bs/c|sort(?: code)?|routing|\baba\b|\bbsb\b|账号|账户|帳號"
    r"|帳戶|賬號"
    r"|賬戶"
    r"|帐号"
    r"|帐户|户口|戶口|对公户|開戶|开户行?)"
)
_BRANDS = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|3[47]\d{13}|(?:6011|65|35)\d{12,14}")


def _is_card(text: str) -> bool:
    """Whether ``text`` passes the checksum, or a brand has such numbers: people mistype."""
    digits = re.sub(r"\D", "", text)
    if all(group.endswith("00") for group in re.split(r"\D", text)):
        return False
    return luhn(digits) or bool(_BRANDS.fullmatch(digits))


RULES = [
    *rules(
        "⟨account⟩",
        r"(?-i:\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[0-9a-fA-F]{40}"
        r"|T[1-9A-HJ-NP-Za-km-z]{33})\b)",
        rf"iban{IS}(?P<what>[A-Z]{{2}}\d{{2}}(?:[ \-]?[A-Z0-9]){{9,30}})(?![A-Z0-9])",
        r"(?-i:\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){3,7}(?: [A-Z0-9]{1,3})?\b)",
        cues=DIGITS,
    ),
    *rules(
        "⟨account⟩",
        r"\b[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,3})?\b",
        cues=DIGITS,
        confirm=is_iban,
    ),
    *rules(
        "⟨card⟩",
        # Issuers' numbers begin with 2 to 6, or 9; those of 13 digits with 4; in any groups.
        r"(?<!\d)(?:4\d{12}|[2-69]\d{13,18}|(?!20)[2-6]\d(?:[ \-._/·,]{0,2}\d){12,17})(?![ \-]?\d)",
        r"(?<!\d)\d{4}(?:[ \-._/]\d{4}){2,3}(?:[ \-._/]\d{1,4})?(?!\d)",
        cues=DIGITS,
        confirm=_is_card,
    ),
    # Cards by name need no checksum.
    *rules(
        "⟨card⟩",
        rf"{_CARD}{IS}(?P<what>\d(?:[ \-._]{{0,2}}\d){{11,20}})(?!\d)",
        rf"{_CARD}{near(12)}(?<!\d)(?P<what>[2-69]\d(?:[ \-._]{{0,2}}\d){{13,17}})(?!\d)",
        r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ \-]\d{4}){2,3}(?:[ \-]\d{1,4})?(?!\d)",
        rf"⟨card⟩[^\n]{{0,40}}?(?:后三位|後三碼|末三碼|背面|反面|三[码碼位]|cvv2?|cvc2?|security"
        rf"|code){IS}(?P<what>\d{{3,4}})(?!\d)",
        r"digits on the back(?: of (?:my|the) card)?(?: is| are|:)?\s(?P<what>\d{3,4})(?!\d)",
        rf"(?:{_CARD}[^\d\n]{{0,4}}(?:背面|反面)|后三位|後三碼|末三碼|背面三[码碼位]"
        rf"|\bcv[vc]2?[码碼]?){IS}(?P<what>\d{{3,4}})(?!\d)",
        r"(?:\bexp(?:iry|iration|ires)?\.?(?: date)?|\bvalid(?: thru| until| to)?|有效期限?至?"
        r"|到期日?)"
        r"[:是为\s]{0,3}(?P<what>(?:0?[1-9]|1[0-2]) ?[/\-] ?(?:20)?\d{2})(?=[^\d⟨\n]{1,16}⟨card⟩)",
        r"⟨card⟩[^⟨\n\d]{0,12}(?:有效期限?至?|到期日?|\bexp(?:iry|ires)?)[:是为\s]{0,3}"
        r"(?P<what>(?:0[1-9]|1[0-2])\d{2})(?!\d)",
        r"⟨card⟩[,;.\s]{0,3}(?P<what>(?:0?[1-9]|1[0-2]) ?[/\-] ?(?:20)?\d{2})(?!\d)",
        r"⟨card⟩[^⟨\n\d]{0,40}?\b(?:exp(?:iry|iration|ires)?\.?(?: date)?|valid(?: thru| until"
        r"| to)?|有效期至?|到期)?"
        r"[:\s]{0,3}(?P<what>(?:0?[1-9]|1[0-2]) ?[/\-] ?(?:20)?\d{2})(?!\d)",
        rf"{_CARD}{near(10)}(?:exp(?:iry|iration|ires)?\.?(?: date)?|valid (?:thru|until)"
        rf"|有效期至?|到期日?){IS}"
        r"(?P<what>(?:0?[1-9]|1[0-2]) ?[/\-] ?(?:20)?\d{2})(?![\d/\-])",
        cues=DIGITS,
    ),
    *rules(
        "⟨account⟩",
        rf"{_ACCOUNT}{IS}(?P<what>[A-Z]{{0,4}}\d(?:[ \-]?\d){{5,22}})(?!\d)",
        rf"{_ACCOUNT}{near(14)}(?<![\d.\-])(?P<what>\d(?:[ \-]?\d){{7,22}})(?!\d)",
        rf"account (?:number|no\b){near(30)}(?<![\d.\-])(?P<what>\d(?:[ \-]?\d){{6,22}})(?!\d)",
        cues=DIGITS,
    ),
]
