"""Cuts pieces out of texts so that they read well: by sentences, else between words."""

import re

_SENTENCE_END = re.compile(r"[.!?;:]\s+|[。！？；\n]+")
_BREAK = re.compile(r"\s+|[，、,]\s*")
_GRAPHEME_EXTENDERS = re.compile("[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_STOPPED = re.compile(r"[.!?。！？…]$")
#: The end of a line that ends without a stop, as a title's, a list item's or a table row's does.
_LINE = re.compile(r"(?<=[^\s.,:;!?…。，、：；！？·])[ \t]*\n\s*(?=[^\s·])")
_OTHER_BLANK = re.compile(r"[^\S ]")
_CUT = "…"
#: Characters by which a passage may be shorter so as to begin with a sentence.
_BACK = 70


def piece(text: str, start: int, length: int) -> str:
    """Cut a piece that begins with a sentence where one begins nearby, and ends between words.

    Lines that end without a stop are parted by a dot.
    """
    begin = _begin(text, start, max(0, start - min(_BACK, length // 2)))
    end = min(len(text), begin + length)
    if end < len(text):
        end = _end(text, max(start, begin + length // 2), end)
    stripped = text[begin:end].strip()
    if "\n" in stripped:
        stripped = _LINE.sub(" · ", stripped)
    stripped = _OTHER_BLANK.sub(" ", stripped)
    return (
        (_CUT if begin > 0 else "")
        + stripped
        + (_CUT if end < len(text) and not _STOPPED.search(stripped) else "")
    )


def beginning(text: str, length: int) -> str:
    """Return the first ``length`` characters, cut between sentences or words where it is longer."""
    return piece(text, 0, length)


def _begin(text: str, start: int, earliest: int) -> int:
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, earliest, start)]
    if sentences:
        return sentences[-1]
    if earliest == 0:
        return 0
    between = _BREAK.search(text, earliest, start)
    return _whole(text, between.end() if between else earliest)


def _end(text: str, earliest: int, latest: int) -> int:
    breaks = [m.start() for m in _BREAK.finditer(text, earliest, latest)]
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, earliest, latest)]
    if sentences and sentences[-1] > earliest + (latest - earliest) // 2:
        return sentences[-1]
    return _whole(text, breaks[-1] if breaks else latest)


def _whole(text: str, place: int) -> int:
    """Move on where `place` would part a character from what is combined with it."""
    while place < len(text) and (
        _GRAPHEME_EXTENDERS.match(text[place]) or (place and text[place - 1] == "\u200d")
    ):
        place += 1
    return place
