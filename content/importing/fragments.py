"""Tells files that only serve to be included in others from those that articles are made of.

Documentation sites keep passages that several pages share in files of their own. As articles they
would be passages without a beginning, named by their file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any

from . import frontmatter
from .prose import mask

#: Folders that by custom hold only such files.
_FOLDERS = frozenset(
    "include includes _include _includes partials _partials snippets _snippets".split()
)
_TOP_HEADING = re.compile(r"^ {0,3}#[ \t]+\S|^[^\s#>|`~\0][^\n]*\n=+[ \t]*$", re.MULTILINE)


def included_elsewhere(included: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The files that others include, given what each file includes.

    Two files that include each other do not count for one another: one has to be the whole.
    """
    return frozenset(
        name
        for file, names in included.items()
        for name in names
        if file not in included.get(name, ())
    )


def is_fragment(name: str, text: str, included: Collection[str]) -> bool:
    """Whether the file ``name`` with this ``text`` is only a part of others.

    ``included`` names the files that others include. A file that says itself that it is an include
    is one. A file with a title of its own stands alone, unless it is included and lies where such
    files lie; one without is a part where it is included or lies there. Raises FrontMatterError.
    """
    among_them = not _FOLDERS.isdisjoint(part.lower() for part in PurePosixPath(name).parent.parts)
    if not among_them and name not in included:
        return False
    split = frontmatter.split(text)
    if "zhida" in split.fields:
        return False
    if _says_so(split.fields):
        return True
    has_title = bool(split.fields.get("title")) or bool(_TOP_HEADING.search(mask(split.text).text))
    return (among_them and name in included) or not has_title


def _says_so(fields: dict[str, Any]) -> bool:
    return str(fields.get("ms.topic", "")).strip().lower() == "include"
