"""Telephone numbers: as they are written in China, Hong Kong, Taiwan and abroad, or called so."""

from __future__ import annotations

from .links import IS, near
from .rules import DIGITS, rules

_ZH_DIGIT = "[\\d零〇一二三四五六七八九幺]"
_EN_DIGIT = "(?:zero|oh|hundred|one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = r"\(?\+?\d(?:[ \-().·/]{0,2}\d){6,14}(?!\d)"
_NOT_A_DATE = r"(?!(?:19|20)\d\d ?[\-/.年])"
_CALLED = (
    "电话|電話|手机|手機|手提|座机|座機|固话|固話|市话|市話|传真|傳真|来电|來電|致电|致電|回电|回電"
    r"|转数快|轉數快|\bfps|payme|联系方式|聯絡方式|聯繫方式|联络|拨|撥|打[我给俾]|联系我|聯絡我"
    r"|搵我|tel"
    "|phone|mobile|cell|hotline"
    r"|landline|\bmob|\bph|whatsapp|fax|dial|contact|my (?:\w+ )?(?:number|no\b\.?)"
    r"|(?:call|text|reach|ring|contact|sms|ping) (?:me|us|him|her|my \w+)"
)

RULES = [
    *rules(
        "⟨phone⟩",
        # International: a plus, eight to fifteen digits.
        r"(?<![\w+])\(?\+ ?\(?\d(?:[ ().\-/]{0,2}\d){7,14}(?!\d)",
        r"(?<![\w.])00 ?[1-9]\d{0,2}(?:[ \-]\(?\d{1,8}\)?){2,5}(?!\d)",
        # Chinese mobile, in the groups that people write.
        r"(?<!\d)(?:\(?(?:00)?86\)?[ \-.]?)?(?:"
        r"1[3-9]\d[ \-.·_/]{0,2}\d{4}[ \-.·_/]{0,2}\d{4}|1[3-9]\d{2}[ \-]\d{4}[ \-]\d{3}"
        r"|1[3-9]\d{2}[ \-]\d{3}[ \-]\d{4}|1[3-9]\d[ \-]\d{3}[ \-]\d{5}|1[3-9]\d{3}[ \-]\d{6}"
        r"|1[3-9]\d[ \-]\d{3}[ \-]\d{3}[ \-]\d{2}"
        r"|1[3-9]\d[ \-]\d{2}[ \-]\d{2}[ \-]\d{2}[ \-]\d{2})(?!\d)",
        rf"(?<!\d)[1一幺][3-9三四五六七八九](?:[ \-,]{{0,2}}{_ZH_DIGIT}){{9}}(?!\d)",
        # National numbers with a leading zero: Chinese landlines, Taiwan, Britain, Germany, France.
        r"(?<![\d.])(?:\(0\d{1,4}\)|0\d{1,3})[ \-]?\d{3,4}[ \-]?\d{4}"
        r"(?: ?(?:(?:转|轉)?(?:分机|分機)|转|轉|ext\.?|x|-|#) ?\d{1,6})?(?!\d)",
        r"(?<![\d.])\(0\) ?\d{2,4}[ \-]\d{3,4}[ \-]?\d{3,4}(?!\d)",
        r"(?<![\w.])\(0\d{1,5}\)[ \-./]{0,2}\d{3,8}(?:[ \-./]\d{2,6}){0,3}(?!\d)",
        r"(?<![\d.])0\d{1,3}(?:\.\d{3,4}){2}(?![\d.])",
        r"(?<![\d.])0(?:\d{2,4}[ \-/]\d{5,8}|\d{2,4} ?/ ?\d{2,4}(?: \d{2,4}){1,3}"
        r"|\d{3,4}[ \-]\d{3}[ \-]\d{3}|\d(?:[ .\-]\d{2}){4})(?!\d)",
        # Hong Kong, Macau and Taiwan with their codes but no plus, and Hong Kong's pairs of four.
        r"(?<![\d.\-])\(?(?:852|853)\)?[ \-]?\d{4}[ \-]?\d{4}(?!\d)",
        r"(?<![\d.\-])\(?886\)?[ \-]?9\d{2}[ \-]?\d{3}[ \-]?\d{3}(?!\d)",
        r"(?<![\d.\-,:/] )(?<![\d.\-,:/$])(?!\d\d00 |\d{4} \d\d00)[569]\d{3} \d{4}(?! ?[\d.\-:/%]"
        r"|,\d)",
        # Service numbers, and North America.
        r"(?<!\d)[48]00[ \-]?(?:\d{3}[ \-]?\d{4}|\d{4}[ \-]?\d{3})(?!\d)",
        # India, in fives.
        r"(?<![\d.\-])(?:\+?91[ \-]?|0)?[6-9]\d{4}[ \-]\d{5}(?![\d\-])",
        r"(?<![\d.\-])1[38]00[ \-]\d{3}[ \-]\d{3}(?![\d\-])",
        r"(?<![\d.\-])(?:1[ \-.])?(?:\(\d{3}\) ?\d{3}[ \-.]\d{4}"
        r"|\d{3}([ \-.])\d{3}\1\d{4})(?![\d\-])"
        r"(?:,? ?(?:ext\.?|extension|x) ?\d{1,6})?",
        r"(?<![\d.])(?:1[ \-.])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ \-./])\d{3}[ \-.]\d{4}(?!\d)"
        r"(?:,? ?(?:ext\.?|extension|x) ?\d{1,6})?",
        # Any number that is called one.
        rf"(?:{_CALLED}){IS}{_NOT_A_DATE}(?P<what>{_NUMBER}(?:,? ?(?:ext\.?"
        rf"|extension) ?\d{{1,6}})?)",
        rf"(?:{_CALLED}){near(12)}(?<![\d.\-]){_NOT_A_DATE}(?P<what>{_NUMBER})",
        r"(?<![\d.\-])\d{3,4}[ \-]?\d{4}"
        r"(?= (?:is|was) my (?:phone|mobile|cell|number|tel)"
        r"|[ ,]?(?:是|係)我[的嘅]?(?:电话|電話|手机|手機|号码|號碼))",
        cues=DIGITS,
    ),
    *rules(
        "⟨phone⟩",
        rf"\b{_EN_DIGIT}(?:[ ,\-]{{1,3}}(?:(?:double|triple) )?{_EN_DIGIT}){{6,}}\b",
        rf"{_ZH_DIGIT}(?:[ \-,、]{{0,2}}{_ZH_DIGIT}){{7,}}(?=是我|打)",
        cues=("two", "five", "eight", "one", "零", "〇", "三", "八", "五", "六"),
    ),
]
