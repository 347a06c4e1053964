"""Dates of birth."""

from __future__ import annotations

from .links import IS, near
from .rules import rules

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ZH = "[零〇一二三四五六七八九十]"
_DATE = (
    r"(?:\d{4}\s?[\-/.年]\s?\d{1,2}\s?[\-/.月]\s?\d{1,2}\s?[日号號]?"
    r"|\d{1,2}\s?[\-/.]\s?\d{1,2}\s?[\-/.]\s?\d{2,4}"
    rf"|{_ZH}{{2,4}}年{_ZH}{{1,2}}月(?:{_ZH}{{1,3}}[日号號])?"
    r"|(?:民[国國]\s?)?\d{2,4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号號])?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \-](?:of )?{_MONTHS},?[ \-]\d{{2,4}}"
    rf"|{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    r"|(?:19|20)\d{6})"
)
#: Without a year, or without a day: only where nothing stands between.
_PART = (
    rf"(?:\d{{1,2}}[\-/.]\d{{1,2}}(?![\d\-/.])|\d{{1,2}}月\d{{1,2}}[日号號]?"
    rf"|{_ZH}{{1,2}}月{_ZH}{{1,3}}[日号號]?"
    rf"|{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of )?{_MONTHS}"
    rf"|{_MONTHS},?\s\d{{4}}(?!\d)|\d{{4}}[./\-]\d{{1,2}}(?![\d./\-])|\d{{6}}(?!\d)"
    r"|(?:19|20)\d\d\s?年?(?!\d)|[6-9]\d年)"
)
_CUE = (
    r"(?:出生日期|出生年月日?|出生年份|出生|生日|生辰|(?:出)?生[于於]|date of birth"
    r"|d\.?\s?o\.?\s?b\b\.?"
    r"|birth ?(?:date|day|year)|year of birth|b-?day|born(?: on| in)?)"
)
_GIFT = (
    *(
        "券|礼|禮|优惠|優惠|折|福利|活动|活動|蛋糕|特权|月",
        "gift|coupon|cake|party|order|offer|disc|vouch",
    ),
    "promo|deal|bonus",
)

RULES = rules(
    "⟨date of birth⟩",
    rf"{_CUE}{IS}(?P<what>{_DATE})(?!\d)",
    rf"{_CUE}{IS}(?P<what>{_PART})",
    rf"(?:生日|birthday){IS}(?P<what>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)",
    rf"{_CUE}{near(14, *_GIFT)}(?<!\d)(?P<what>{_DATE})(?!\d)",
    rf"(?<!\d)(?P<what>{_DATE}|[6-9]\d年|(?:19|20)\d\d年)(?=\s?的?(?:出生|生日|生的|生人"
    rf"|生(?![产成效])))",
    r"(?:我是?|本人)(?P<what>(?:19)?[5-9]\d年(?:\d{1,2}月(?:\d{1,2}[日号號])?)?)(?=的?[,。])",
    rf"(?<!\d)(?P<what>{_DATE})(?= is (?:my|his|her) (?:birth|dob))",
    cues=("生", "birth", "born", "b.", "dob", "bday", "b-day", "d o b", "我", "本人"),
)
