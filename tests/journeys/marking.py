"""Lists of messages with what is personal in them, and of others with what only looks so."""

import re
from collections.abc import Iterator
from pathlib import Path

#: Lists of our own, written one after the other, each without a look at the rules: a message a
#: line, and in ⟦⟧ what must not survive, or what must. "\\n" is a new line.
LISTS = Path(__file__).parent / "redaction_lists"
_MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)


def marked(name: str) -> Iterator[tuple[str, list[str]]]:
    """The messages of a list, and what is marked in them."""
    for line in (LISTS / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text = line.replace("\\n", "\n")
            yield _MARKED.sub(r"\1", text), _MARKED.findall(text)
