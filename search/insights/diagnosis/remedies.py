"""What a diagnosis leads to: a proposed phrasing with its effect, or a change of audience asked
for. Nothing here changes what readers see."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext
from wagtail.models import Comment

from content.audience import Audience
from content.models import Entry
from search.insights import states
from search.insights.models import Gap
from search.insights.proposals.models import Proposal, ProposalEvidence
from search.insights.proposals.wording import proposable
from search.text import exact_key


@transaction.atomic
def propose_phrasing(gap: Gap, entry: Entry) -> Proposal | None:
    """The gap's commonest wording as a phrasing of ``entry``, for a person to decide; None where
    it is nothing but what was blacked out, or the proposal was decided already.

    ``entry`` must be in the gap's language. The searches with these words are its evidence.
    """
    wordings = (
        gap.evidence.filter(locale=entry.locale.language_code)
        .values("query")
        .annotate(number=Count("query_id", distinct=True))
        .order_by("-number", "query")
    )
    words = next((w for row in wordings if (w := proposable(row["query"]))), "")
    if not words:
        return None
    key = exact_key(words)
    rows = {
        row.query_id: row
        for row in gap.evidence.filter(locale=entry.locale.language_code)
        if exact_key(proposable(row.query)) == key
    }
    audiences = {Audience(row.audience) for row in rows.values()}
    proposal, _ = Proposal.objects.get_or_create(
        kind=Proposal.Kind.PHRASING,
        key=key[:255],
        replacement="",
        locale=entry.locale.language_code,
        entry=entry,
        defaults={
            "words": words,
            "audience": min(audiences, key=lambda a: a.level),
            "people": len({row.client_id or row.intent_id for row in rows.values()}),
            "searches": len(rows),
            "worth_a_look": True,
        },
    )
    ProposalEvidence.objects.bulk_create(
        [
            ProposalEvidence(
                proposal=proposal,
                query_id=row.query_id,
                client_id=row.client_id,
                query=row.query,
                audience=row.audience,
                how=ProposalEvidence.How.GAP,
                created=row.created,
            )
            for row in rows.values()
        ],
        ignore_conflicts=True,
    )
    return proposal


@transaction.atomic
def ask_for_audience(gap: Gap, entry: Entry, user: Any) -> bool:
    """Leave a comment beside the audience of ``entry``, where whoever answers for it decides.

    Returns False where the same comment waits there already.
    """
    asked = gap.evidence.values_list("audience", flat=True).distinct()
    widest = min((Audience(a) for a in asked), key=lambda a: a.level, default=Audience.PUBLIC)
    text = gettext(
        "%(people)d people (%(audience)s) searched for “%(question)s” and may not see this. "
        "Should they?"
    ) % {"people": gap.people, "audience": widest.label, "question": gap.question}
    waiting = Comment.objects.filter(page=entry, contentpath="audience", resolved_at=None)
    if waiting.filter(text__contains=f"“{gap.question}”").exists():
        return False
    Comment.objects.create(page=entry, user=user, text=text, contentpath="audience")
    states.move(gap, states.State.IN_WORK, states.Action.ASKED, user, note=entry.title)
    return True
