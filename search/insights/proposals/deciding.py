"""Accept, refuse, undo: each is somebody's decision, kept with the name."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.audience import Audience
from content.models import Entry
from content.phrasings import add_phrasing, remove_phrasing
from search.index.tuning.models import Synonym

from .models import Proposal

ACCEPT, UNDO = "insights.accept_phrasing", "insights.undo_phrasing"
State, Kind = Proposal.State, Proposal.Kind


class DecidedAlready(Exception):
    """Somebody was faster; nothing was changed."""


def is_agents_only(proposal: Proposal, entry: Entry) -> bool:
    """Whether a phrasing is for agents: its words came only from people who see more than the
    entry's own readers."""
    return not Audience(entry.audience).sees(proposal.audience)


@transaction.atomic
def accept(proposal: Proposal, user: Any) -> Proposal:
    """Make the phrasing or the synonym.

    Raises `DecidedAlready`, `EntryIsLocked` or `PermissionDenied`; then nothing was changed.
    """
    proposal = _locked(proposal, State.OPEN)
    if proposal.kind == Kind.PHRASING:
        entry = proposal.entry
        live = add_phrasing(
            entry,
            proposal.words,
            agents_only=is_agents_only(proposal, entry),
            user=user,
            action=ACCEPT,
        )
        proposal.in_draft = not live
    else:
        if not user.has_perm("search_index.add_synonym"):
            raise PermissionDenied
        row = synonym_of(proposal)
        row.save()
        log(instance=row, action="wagtail.create", user=user)
        proposal.synonym_id = row.pk
    return _decided(proposal, State.ACCEPTED, user)


@transaction.atomic
def refuse(proposal: Proposal, user: Any) -> Proposal:
    """It is not to be proposed again."""
    return _decided(_locked(proposal, State.OPEN), State.REFUSED, user)


@transaction.atomic
def undo(proposal: Proposal, user: Any) -> Proposal:
    """Take a decision back; the proposal is open again. Raises as `accept` does."""
    proposal = _locked(proposal, State.ACCEPTED, State.REFUSED)
    if proposal.state == State.ACCEPTED and proposal.kind == Kind.PHRASING:
        remove_phrasing(proposal.entry, proposal.words, user=user, action=UNDO)
    elif proposal.state == State.ACCEPTED:
        if not user.has_perm("search_index.delete_synonym"):
            raise PermissionDenied
        for row in Synonym.objects.filter(pk=proposal.synonym_id or 0):
            log(instance=row, action="wagtail.delete", user=user, deleted=True)
            row.delete()
    proposal.synonym_id, proposal.in_draft = None, False
    return _decided(proposal, State.OPEN, None)


def synonym_of(proposal: Proposal) -> Synonym:
    """The synonym that would be made: one way, for those who see what its askers see."""
    return Synonym(
        words=proposal.words,
        synonyms=proposal.replacement,
        both_ways=False,
        locale=proposal.locale,
        audience=proposal.audience,
    )


def _locked(proposal: Proposal, *states: str) -> Proposal:
    fresh = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("entry")
        .filter(pk=proposal.pk, state__in=states)
        .first()
    )
    if fresh is None:
        raise DecidedAlready
    return fresh


def _decided(proposal: Proposal, state: str, user: Any) -> Proposal:
    proposal.state, proposal.decided_by = state, user
    proposal.decided_at = timezone.now() if user else None
    proposal.save()
    return proposal
