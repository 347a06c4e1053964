"""E-mail addresses, also those written so that no robot reads them."""

from __future__ import annotations

from .links import IS
from .rules import rules

_TLD = (
    r"(?:com|net|org|edu|gov|cn|hk|tw|uk|us|de|fr|jp|sg|ca|au|co|io|me|ai|app|dev|info|biz|cc|top"
    r"|xyz)"
)
_DOT = r"(?:\s{0,2}[\[({<]?\s?(?:dot|点|點|\.|。)\s?[\])}>]?\s{0,2})"
_AT = r"(?:@|#|艾特|圈a|小老鼠|_at_|-at-|at符号)"
_PROVIDERS = (
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|aol|gmx|proton(?:mail)?|mail"
    r"|qq|foxmail|163|126|yeah|sina|sohu|139|189|naver|hey)"
)
_LATIN = r"[A-Za-z0-9À-ɏ.+'_\-]{1,64}"
_CLASSIC = r"[A-Za-z0-9!#$%'*+^_`{|}~.\-]{1,64}"
_WORD = r"[A-Za-z0-9._+\-]{1,64}"
_HOST = r"[A-Za-z0-9\-]{1,63}"

RULES = rules(
    "⟨email⟩",
    r"\"[\w .+'\-]{1,40}\"@(?:[\w\-]+\.)+\w{2,}",
    r"\b[\w.\-]{2,40}@(?:ok\w+|ybl|paytm|upi|axl|ibl|apl)\b(?!\.)",
    rf"{_LATIN}(?:@|%40)(?:[A-Za-z0-9À-ɏ\-]{{1,63}}\.){{1,8}}[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ\-]{{0,62}}",
    r"(?u:[\w.+'\-]{1,64}@(?:[\w\-]{1,63}\.){0,4}(?=[\w\-.]{0,127}[^\x00-\u024f])[\w\-]{1,63}\.[^"
    r"\W\d_]{1,20})",
    # Mistyped, at a provider that is known.
    rf"{_WORD}@{{1,2}}{_PROVIDERS}(?:[ ,.。]{{1,2}}{_TLD}(?:\.{_TLD})?)?(?![\w@.\-])",
    # The last label of a host begins with a letter; "package@1.2.0" is a version.
    rf"{_CLASSIC}(?:@|%40)(?:{_HOST}\.){{1,8}}[A-Za-z][A-Za-z0-9\-]*"
    rf"|{_CLASSIC}@\[[0-9A-Fa-f:.]+\]",
    # "ann (at) example (dot) org", "ann at example dot org".
    rf"{_WORD}(?:{_DOT}[A-Za-z0-9]+)?\s{{0,2}}[\[({{<]\s?(?:at|a|@|艾特)\s?[\])}}>]"
    rf"\s{{0,2}}{_HOST}(?:{_DOT}{_HOST}){{1,5}}",
    rf"{_WORD}(?:\sdot\s[A-Za-z0-9]{{1,64}}){{0,3}}\sat\s{_HOST}(?:\sdot\s{_HOST}){{0,3}}"
    rf"\sdot\s{_TLD}(?:\sdot\s{_TLD})?\b",
    rf"{_WORD}\sat\s{_PROVIDERS}\s?\.\s?{_TLD}\b",
    rf"{_WORD}\s?在\s?{_PROVIDERS}\s?(?:点|點|\.|dot)\s?{_TLD}\b",
    rf"mail(?: address)?{IS}"
    rf"(?P<what>{_WORD}\sat\s[\w\-]{{1,63}}(?:\.[\w\-]{{1,63}}){{0,4}}\s?\.\s?{_TLD})\b",
    rf"(?P<what>(?=\w*[\d._]){_WORD}\sat\s[\w\-]{{1,63}}(?:\.[\w\-]{{1,63}}){{0,4}}\.{_TLD})\b",
    rf"{_WORD}\s?{_AT}\s?{_HOST}(?:{_DOT}|_dot_|-dot-){_TLD}(?:{_DOT}{_TLD})?(?![A-Za-z0-9])",
    rf"{_WORD} ?#at# ?{_HOST}{_DOT}{_TLD}(?:{_DOT}{_TLD})?(?![A-Za-z0-9])",
    cues=(
        *("@", "%40", "#", " at ", "(at", "[at", "{at", "<at", "( at", "[ at", "(a)", "[a]"),
        *("_at_", "-at-", "at符号", "艾特", "圈a", "小老鼠", "在"),
    ),
)
