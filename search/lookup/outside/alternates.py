"""``hreflang`` links: one page in all the languages in which the public can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from search.lookup.languages import language_tag

from .addresses import absolute


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language; ``tag`` may be ``x-default``."""

    tag: str
    url: str


def alternates(paths: Mapping[str, str]) -> tuple[Alternate, ...]:
    """Links for ``paths`` by language code; none where the page exists in one language only."""
    if len(paths) < 2:
        return ()
    default = paths.get(settings.LANGUAGE_CODE) or next(iter(paths.values()))
    links = [Alternate(language_tag(code), absolute(path)) for code, path in sorted(paths.items())]
    return (*links, Alternate("x-default", absolute(default)))
