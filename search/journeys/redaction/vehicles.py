"""Number plates, as they are in China and Hong Kong, or as they are called so."""

from __future__ import annotations

from .links import IS, near
from .rules import DIGITS, rules

_PROVINCES = "京津沪渝冀豫辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬遼魯蘇贛陝閩貴粵寧瓊"
# Clouds have machines, whose names begin with letters.
_YUNNAN = "(?<![里讯訊上华華私公有混])[云雲]"
_CALLED = (
    r"(?:车牌|車牌|港牌|牌号|牌號|牌照|车号|車號|车子?是|(?:licen[cs]e|number|registration"
    r"|reg) plate"
    r"|\bplates?\b|\bvrn"
    r"|(?:vehicle|car) reg(?:istration)?|my reg|my tag|reg(?:istration)? n(?:o|umber)"
    r"|(?:license tag|tag number|tag no)"
    r"|registration(?= (?:number|no|is"
    r"|[A-Z]{2}\d\d)))"
)
_PLATE = (
    r"(?=[A-Z0-9 ·•\-]*\d)(?-i:[A-Z0-9]{1,4}[ \-·•]?[A-Z0-9]{2,6})(?![A-Za-z0-9])"
    r"|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8}(?![A-Z0-9])"
)

RULES = rules(
    "⟨plate⟩",
    r"(?<!\d)(?:[使领領]\d{6}|\d{6}[使领領])(?!\d|用|馆)",
    rf"(?:[{_PROVINCES}]|{_YUNNAN}) ?[A-Z][ ·•.\-]{{0,3}}(?=[A-Z]*\d)[A-Z0-9]{{4,5}}"
    r"[A-Z0-9挂學学警港澳](?![A-Z0-9])",
    rf"(?:[{_PROVINCES}]|{_YUNNAN})[A-Z]{{1,2}}\d{{5}}(?!\d)",
    r"(?<![A-Z0-9])(?P<what>(?-i:[A-Z]{2}\d{2} ?[A-Z]{3}))(?![A-Za-z0-9])(?=.{0,24}\b(?:reg|plate"
    r"|towed|parked|parking|fine))",
    r"\b(?:my|the|our) (?:car|van|vehicle|motorbike) \(?(?P<what>(?-i:[A-Z]{2}\d{2} ?[A-Z]{3}))"
    r"(?![A-Za-z0-9])",
    rf"{_CALLED}{IS}(?P<what>{_PLATE})",
    rf"{_CALLED}{near(10)}(?<![A-Z0-9])"
    r"(?P<what>(?-i:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{2,3}[ \-]\d{3,4}|\d{4}-[A-Z]{2}))(?![A-Za-z0-9])",
    cues=DIGITS,
)
