"""A question as it is put to the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from content.audience import Audience
from search.journeys import Journey

#: How hits are found: by words and meaning together, or by one of them alone.
Mode = Literal["both", "words", "meaning"]
#: Characters of a question that are read; the rest is left aside.
LONGEST = 500
#: Hits that one page may hold.
MOST = 50


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, by whom, in which language, narrowed to what.

    ``category`` is a page id, ``kind`` "faq" or "article", ``product`` a slug. ``channel`` is one
    of site, suggest, api, desk, contact, replay, test. With ``prefix`` the last word is still
    being typed. Nothing is recorded without a ``journey``. Without ``signals`` hits stand by words
    alone. With ``unhurried`` nobody sits before it: the question's meaning is waited for, so that
    what is measured or foreseen does not hang on how busy the machine is.
    """

    text: str
    audience: Audience
    locale: str
    category: int | None = None
    kind: str = ""
    product: str = ""
    limit: int = 10
    offset: int = 0
    channel: str = "site"
    prefix: bool = False
    journey: Journey | None = None
    spelling: bool = True
    mode: Mode = "both"
    signals: bool = True
    explain: bool = False
    facets: bool = False
    unhurried: bool = False
