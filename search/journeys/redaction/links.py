"""What stands between a label and what it labels: "number is", "：", "号码改成", in any order."""

from __future__ import annotations

_TAILS = (
    "numbers?|num|nr|nbr|no|code|id|card|号码|號碼|号碼|编号|編號|证号|證號|字号"
    "|字號|卡号|卡號|号|號"
)
_VERBS = (
    "'s|is|was|are|should be|now|reads?|as|it's|就?是|为|為|係|系|叫做?|[写寫][的成]?|填[的成写寫]?"
    "|改[成为為到]|[换換][成为為]|[设設][置定成为為的]*|[输輸]入?[的了]?|登[记記]的?|留[的了]"
    "|我的?|上的?|上面|应该|應該|其实|其實|现在|現在|的"
)

#: Nothing at all, or a few words and signs.
IS = rf"(?:\s{{0,2}}(?:{_TAILS}|{_VERBS}|[:#=.,→>「“\"'(\[【])){{0,5}}\s{{0,2}}"


def near(width: int, *but: str) -> str:
    """At most ``width`` characters of one sentence, without a digit and without any of ``but``."""
    unless = rf"(?!{'|'.join(but)})" if but else ""
    return rf"(?:{unless}[^\d。！？!?;；\n]){{0,{width}}}?"
