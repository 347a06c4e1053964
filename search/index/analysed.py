"""The tokens and passages of an entry: made of its texts by the analysis, and of nothing else.

So what was made once can be kept by a digest of both (see `kept`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from content.audience import Audience
from content.rendering import Piece, plain_text, put_together
from search.engine.fields import AGENTS_LEVEL, CUSTOMERS_LEVEL
from search.engine.protocol import Tokens
from search.text import Analyser

from .tokens import Parts, tokens
from .vectors.passages import Passage, PassageKey, Section, passages


@dataclass(frozen=True)
class Texts:
    """All texts of an entry that readers of some level may find.

    Phrasings are (text, for agents only); ``extra`` are keywords and names of products; ``lead`` is
    HTML, and so are the pieces of the body.
    """

    title: str
    audience: Audience
    level: int
    phrasings: Sequence[tuple[str, bool]]
    extra: Sequence[str]
    lead: str
    body: Sequence[Piece]

    @property
    def everyone(self) -> list[Section]:
        """The sections for all readers of the entry; the lead comes first."""
        return self._sections[0]

    @property
    def fewer(self) -> list[Section]:
        """The sections for fewer readers."""
        return self._sections[1]

    @cached_property
    def _sections(self) -> tuple[list[Section], list[Section]]:
        body = put_together(self.body, self.audience, Audience.INTERNAL)
        lead = plain_text(self.lead)
        everyone: list[Section] = [("", "", lead, self.audience.level)] if lead else []
        fewer: list[Section] = []
        for section in body.sections:
            if section.text.strip() or section.heading:
                level = section.audience.level
                row = (section.anchor, section.heading, section.text, level)
                (everyone if level <= self.level else fewer).append(row)
        return everyone, fewer

    def passages(self) -> list[Passage]:
        """The texts that have vectors."""
        return passages(self.title, self.level, self.phrasings, self.everyone, self.fewer)


@dataclass(frozen=True, slots=True)
class Analysed:
    """What an engine and the vectors need of some texts.

    Where it was kept (``laid_out``) there are no tokens, only how they lie in an index.
    """

    passages: Sequence[PassageKey]
    #: (for all readers of the entry, for fewer), as in `IndexedDocument`.
    sections: Callable[[], Sequence[Sequence[Section]]]
    text: Tokens = field(default_factory=Tokens)
    customers: Tokens = field(default_factory=Tokens)
    agents: Tokens = field(default_factory=Tokens)
    laid_out: bytes = b""


def analyse(texts: Texts, analyser: Analyser) -> Analysed:
    """The tokens of ``texts`` for each group of readers, and their passages."""
    level, phrasings = texts.level, texts.phrasings
    hidden = [text for text, narrow in phrasings if narrow]
    open_to_all = [text for text, narrow in phrasings if not narrow or level >= AGENTS_LEVEL]
    everyone = [(heading, text) for _, heading, text, _ in texts.everyone]
    return Analysed(
        passages=[each.key for each in texts.passages()],
        sections=lambda: (texts.everyone, texts.fewer),
        text=tokens(Parts(texts.title, open_to_all, texts.extra, everyone), analyser),
        customers=_narrow(CUSTOMERS_LEVEL, (), texts, analyser),
        agents=_narrow(AGENTS_LEVEL, hidden, texts, analyser),
    )


def _narrow(reader: int, hidden: Sequence[str], texts: Texts, analyser: Analyser) -> Tokens:
    """What readers of the level ``reader`` find in a document of a lower level besides.

    ``hidden`` are phrasings. Texts above agents are found by nobody.
    """
    if texts.level >= reader:
        return Tokens()
    sections = [(heading, text) for _, heading, text, its in texts.fewer if its <= reader]
    if not hidden and not sections:
        return Tokens()
    found = tokens(Parts(title="", phrasings=hidden, extra=(), sections=sections), analyser)
    return replace(found, exact_title=())
