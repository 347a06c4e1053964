"""Makes proposals of what was solved; the same events make the same ones, however often read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from content.audience import Audience
from content.models import Entry
from search.index.tuning.dictionary import texts
from search.lookup.query import Query
from search.lookup.service import search
from search.text import exact_key, normalise

from .models import Proposal, ProposalEvidence
from .solutions import How, Solution, solutions
from .wording import difference, proposable

LOOKED_BACK, AT_FIRST = timedelta(days=1), timedelta(days=90)
#: So many people are more than one person's way to say it; a "solved" counts by itself.
ENOUGH = 2
_SAID = (How.SOLVED, How.CONTACT)
#: Steps of a rescue that guess words; a synonym is one already.
_GUESSED = ("spelling", "script")
Wanted = tuple[str, str, str, str, int]


def collect_proposals() -> int:
    """Read what was solved in the last day (at first: in three months).

    Returns how many proposals are new or have new evidence.
    """
    back = LOOKED_BACK if Proposal.objects.exists() else AT_FIRST
    since = timezone.now() - back
    found = list(solutions(since))
    entries = {
        e.pk: e
        for e in Entry.objects.filter(pk__in={s.entry for s in found}, live=True).select_related(
            "locale"
        )
    }
    new: set[int] = set()
    known = set(
        ProposalEvidence.objects.filter(created__gte=since - LOOKED_BACK).values_list(
            "query_id", "proposal__entry_id", "proposal__kind"
        )
    )
    for solution in found:
        entry = entries.get(solution.entry)
        if entry is None or not entry.is_visible_to(Audience(solution.failed.audience)):
            continue
        for wanted in _proposed(solution, entry, known):
            if pk := _keep(solution, wanted):
                new.add(pk)
    _count(new)
    return len(new)


def _proposed(solution: Solution, entry: Entry, known: Container[tuple]) -> Iterator[Wanted]:
    """What this solution speaks for besides what is ``known``: (kind, words, replacement, locale,
    entry id)."""
    failed, by = solution.failed, solution.search
    words = proposable(failed.query)
    if not words:
        return
    phrasing = (failed.query_id, entry.pk, Proposal.Kind.PHRASING.value) not in known
    if phrasing and failed.locale == entry.locale.language_code and not _says(entry, words):
        yield Proposal.Kind.PHRASING, words, "", failed.locale, entry.pk
    synonym = (failed.query_id, entry.pk, Proposal.Kind.SYNONYM.value) not in known
    if not synonym or by is None or by.locale != failed.locale:
        return
    pairs = (
        _rescued(by) if solution.how == How.RESCUE else [difference(words, proposable(by.query))]
    )
    title = [entry.title, *(p.text for p in entry.phrasings.all())]
    text = title if solution.how == How.RESCUE else [t for _, t in texts([entry.pk])]
    for mine, theirs in pairs:
        if mine and theirs and exact_key(mine) != exact_key(theirs) and _stands(theirs, text):
            yield Proposal.Kind.SYNONYM, mine, theirs, failed.locale, entry.pk


def _stands(words: str, texts: Iterable[str]) -> bool:
    """Whether the answer has these words; else they were not what led to it."""
    return any(normalise(words) in normalise(text) for text in texts)


def _says(entry: Entry, words: str) -> bool:
    """Whether the entry is found by these words as a title or phrasing already."""
    texts = [entry.title, *(p.text for p in entry.phrasings.all())]
    return exact_key(words) in {exact_key(text) for text in texts}


def _rescued(row) -> list[tuple[str, str]]:
    """What the service puts in the place of words that it does not know, asked again now."""
    query = Query(row.query, Audience(row.audience), row.locale, channel="replay", explain=True)
    explained = search(query).explanation or {}
    best: dict[str, str] = {}
    for correction in explained.get("corrections", ()):
        if correction.get("step", "spelling") not in _GUESSED:
            continue
        best.setdefault(correction["original"], correction["replacement"])
    return list(best.items())


@transaction.atomic
def _keep(solution: Solution, wanted: Wanted) -> int:
    """The id of the proposal where this search is new evidence for it, else 0."""
    kind, words, replacement, locale, entry = wanted
    failed = solution.failed
    proposal, _ = Proposal.objects.get_or_create(
        kind=kind,
        key=exact_key(words)[:255],
        replacement=replacement,
        locale=locale,
        entry_id=entry,
        defaults={"words": words, "audience": failed.audience},
    )
    _evidence, made = ProposalEvidence.objects.get_or_create(
        proposal=proposal,
        query_id=failed.query_id,
        defaults={
            "client_id": failed.client_id,
            "query": failed.query,
            "audience": failed.audience,
            "how": solution.how,
            "solved_by": solution.search.query if solution.search else "",
            "created": failed.updated,
        },
    )
    return proposal.pk if made else 0


def _count(ids: Iterable[int]) -> None:
    """Bring the figures of these proposals in line with their evidence."""
    for proposal in Proposal.objects.filter(pk__in=list(ids)):
        rows = proposal.evidence.all()
        figures = rows.aggregate(
            people=Count("client_id", distinct=True), searches=Count("pk"), last=Max("created")
        )
        audiences = {Audience(a) for a in rows.values_list("audience", flat=True).distinct()}
        Proposal.objects.filter(pk=proposal.pk).update(
            people=figures["people"],
            searches=figures["searches"],
            last_seen=figures["last"],
            worth_a_look=figures["people"] >= ENOUGH or rows.filter(how__in=_SAID).exists(),
            audience=min(audiences, key=lambda a: a.level),
        )
