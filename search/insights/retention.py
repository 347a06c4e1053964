"""Removes evidence that is older than searches are kept."""

from __future__ import annotations

from datetime import datetime

from .figures import recount
from .models import GapEvidence, Proposal, ProposalEvidence

BATCH = 2_000


def forget(before: datetime) -> int:
    """Delete evidence older than ``before``; the gaps and their history stay."""
    total = 0
    while rows := list(
        GapEvidence.objects.filter(created__lt=before).values_list("pk", "gap_id")[:BATCH]
    ):
        GapEvidence.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        recount({gap for _, gap in rows})
        total += len(rows)
    ProposalEvidence.objects.filter(created__lt=before).delete()
    Proposal.objects.filter(state=Proposal.State.OPEN, evidence__isnull=True).delete()
    return total
