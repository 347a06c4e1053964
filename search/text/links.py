"""Markdown links, of which only the text is for reading."""

import re

_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")


def without_targets(text: str) -> str:
    """Return `text` with links and images replaced by their text; offsets are not kept."""
    return _LINK.sub(r"\1", text) if "](" in text else text


def blanked(text: str) -> str:
    """Return `text` with everything of a link but its text turned to blanks; offsets are kept."""
    if "](" not in text:
        return text
    return _LINK.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    before = match.start(1) - match.start()
    after = match.end() - match.end(1)
    return " " * before + match[1] + " " * after
