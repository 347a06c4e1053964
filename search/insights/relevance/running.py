"""Runs the judged queries through the one service, and compares with the run before."""

from __future__ import annotations

from datetime import timedelta
from statistics import fmean

from django.db import transaction
from django.utils import timezone

from content.audience import Audience
from search.index import generations
from search.lookup.evaluation import metrics
from search.lookup.query import Query
from search.lookup.service import search

from .models import JudgedQuery, RelevanceResult, RelevanceRun
from .significance import ALPHA, fall_by_chance

DEPTH = 10
#: Runs by night are kept so long; their results fill most of the table.
KEPT = timedelta(days=400)


def run(cause: str) -> RelevanceRun | None:
    """Measure all accepted queries now; None where there are none. Records no searches."""
    queries = list(
        JudgedQuery.objects.filter(state=JudgedQuery.State.ACCEPTED)
        .prefetch_related("judgements")
        .order_by("pk")
    )
    queries = [query for query in queries if query.judgements.all()]
    if not queries:
        return None
    tuned = generations.state().tuning
    results = [_measured(query) for query in queries]
    made = RelevanceRun(
        cause=cause,
        tuning=tuned,
        queries=len(results),
        ndcg=fmean(r.ndcg for r in results),
        mrr=fmean(r.mrr for r in results),
        recall=fmean(r.recall for r in results),
        before=RelevanceRun.objects.first(),
    )
    _compare(made, results)
    with transaction.atomic():
        made.save()
        for result in results:
            result.run = made
        RelevanceResult.objects.bulk_create(results, batch_size=500)
        RelevanceRun.objects.filter(created__lt=timezone.now() - KEPT).delete()
    return made


def run_by_night() -> RelevanceRun | None:
    """What the schedule calls once a day."""
    return run(RelevanceRun.Cause.NIGHTLY)


def run_if_tuned() -> RelevanceRun | None:
    """Run where the tuning is another than at the last run; nothing otherwise (two queries)."""
    last = RelevanceRun.objects.values_list("tuning", flat=True).first()
    if last is None or last == generations.state().tuning:
        return None
    return run(RelevanceRun.Cause.TUNING)


def fallen(made: RelevanceRun) -> list[tuple[RelevanceResult, RelevanceResult]]:
    """(before, now) of the queries that measure less than in the run before, the worst first."""
    if made.before_id is None:
        return []
    now = {r.query_id: r for r in made.results.select_related("query")}
    before = RelevanceResult.objects.filter(run_id=made.before_id, query_id__in=list(now))
    pairs = [(b, now[b.query_id]) for b in before if now[b.query_id].ndcg < b.ndcg]
    return sorted(pairs, key=lambda pair: (pair[1].ndcg - pair[0].ndcg, pair[0].query_id))


def _measured(query: JudgedQuery) -> RelevanceResult:
    asked = Query(
        query.text,
        Audience(query.audience),
        query.locale,
        limit=DEPTH,
        channel="test",
        unhurried=True,
    )
    results = search(asked)
    ranking = [str(hit.id) for hit in (*results.hits, *results.perhaps)][:DEPTH]
    grades = {str(j.entry_id): j.grade for j in query.judgements.all()}
    return RelevanceResult(
        query=query,
        ndcg=metrics.ndcg(ranking, grades, DEPTH),
        mrr=metrics.reciprocal_rank(ranking, grades, DEPTH),
        recall=metrics.recall(ranking, grades, DEPTH),
        ranking=[int(each) for each in ranking],
    )


def _compare(made: RelevanceRun, results: list[RelevanceResult]) -> None:
    """Only queries that both runs have tell whether the search has become worse."""
    if made.before is None:
        return
    was = dict(made.before.results.values_list("query_id", "ndcg"))
    both = [(was[r.query_id], r.ndcg) for r in results if r.query_id in was]
    before, now = [b for b, _ in both], [n for _, n in both]
    made.p = fall_by_chance(before, now)
    made.fell = sum(now) < sum(before) and made.p < ALPHA
