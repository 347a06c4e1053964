"""What of an entry may leave the house, by who it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from content.audience import Audience
from content.importing.drafts import Block, EntryDraft


def narrowed(
    draft: EntryDraft, audience: Audience, hidden_snippets: frozenset[tuple[str, str]]
) -> EntryDraft:
    """``draft`` as ``audience`` may have it: no agents' blocks, phrasings, people's names."""
    if audience is Audience.INTERNAL:
        return draft
    to_agents = audience.sees(Audience.AGENTS)
    return replace(
        draft,
        body=tuple(_blocks(draft.body, draft.locale, to_agents, hidden_snippets)),
        phrasings=tuple(p for p in draft.phrasings if to_agents or not p.agents_only),
        owner=draft.owner if to_agents else "",
        backup_owner=draft.backup_owner if to_agents else "",
        verified_by=draft.verified_by if to_agents else "",
    )


def _blocks(
    blocks: Iterable[Block], locale: str, to_agents: bool, hidden: frozenset[tuple[str, str]]
) -> Iterator[Block]:
    for block in blocks:
        if block.type == "agents_only":
            if to_agents:
                yield Block(block.type, tuple(_blocks(block.value, locale, to_agents, hidden)))
        elif block.type != "snippet" or (
            (block.value["name"], block.value["locale"] or locale) not in hidden
        ):
            yield block
