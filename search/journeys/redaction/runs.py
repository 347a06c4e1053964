"""What is left of long numbers, whatever they are."""

from __future__ import annotations

from .rules import DIGITS, rules

RULES = [
    *rules(
        "⟨number⟩",
        # Seconds and milliseconds since 1970, of now, are times.
        r"(?<!\d\.)(?<![A-Za-z0-9])(?!1[4-9]\d{8}(?:\d{3})?(?!\d))\d{9,}",
        r"(?<!\d)\d(?: {1,2}\d){8,}(?!\d)",
        cues=DIGITS,
    ),
    *rules(
        "⟨number⟩",
        r"[零〇一二三四五六七八九幺](?:[ \-,]?[零〇一二三四五六七八九幺]){8,}",
        cues=("零", "〇", "三", "五", "六", "八"),
    ),
]
