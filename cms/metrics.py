"""``/metrics``: figures for Prometheus, summed over all processes of the site on this machine.

Counters live in small files under ``VAR_DIR/metrics``, one set a process, so that any process can
answer for all. The folder may be emptied while the site is stopped.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(settings.VAR_DIR / "metrics"))
os.makedirs(os.environ["PROMETHEUS_MULTIPROC_DIR"], exist_ok=True)

from prometheus_client import (  # noqa: E402 - reads the folder's name when it is imported
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily, Metric  # noqa: E402

if TYPE_CHECKING:
    from search.journeys.models import Search

SEARCHES = Counter("zhida_searches", "Searches recorded.", ["channel", "kind", "answered"])
SECONDS = Histogram(
    "zhida_search_duration_seconds",
    "Time that the search service took for a recorded search.",
    ["channel"],
    buckets=(0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5),
)
RECORDS = Counter(
    "zhida_journey_records",
    "Searches and events recorded, dropped or failed to write.",
    ["outcome"],
)

_mirrored: dict[str, int] = {}
_lock = threading.Lock()


def count_searches(sender: Any, searches: list[Search], **kwargs: Any) -> None:
    """Count searches when their records are complete (receiver of ``searches_recorded``).

    History that is made after the fact (a demonstration) is not what the site is doing now.
    """
    since = timezone.now() - timedelta(hours=1)
    for search in searches:
        if search.updated >= since:
            answered = "yes" if search.answered else "no"
            SEARCHES.labels(search.channel, search.kind, answered).inc()
            SECONDS.labels(search.channel).observe(search.duration_ms / 1000)
    mirror_records()


def mirror_records() -> None:
    """Carry this process's counters of the recorder over to the shared ones."""
    from search.journeys import counters

    with _lock:
        for outcome, number in counters.counts().items():
            if (more := number - _mirrored.get(outcome, 0)) > 0:
                RECORDS.labels(outcome).inc(more)
                _mirrored[outcome] = number


class Site:
    """Gauges that are true of the whole site, read when asked."""

    def collect(self) -> Iterator[Metric]:
        """Outbox, index, workers, gaps."""
        from . import health

        depth, age = health.outbox()
        yield _gauge("zhida_outbox_rows", "Changes that the index has not confirmed.", depth)
        yield _gauge("zhida_outbox_age_seconds", "Age of the oldest such change.", age)
        parts = health.examine()
        up = GaugeMetricFamily(
            "zhida_part_up", "Whether a part of the site works.", labels=["part"]
        )
        for name, part in parts.items():
            up.add_metric([name], float(part.ok))
        yield up
        documents = parts["index"].detail.get("documents", 0)
        yield _gauge("zhida_index_documents", "Documents that the index has confirmed.", documents)
        lacking = parts["meaning"].detail.get("lacking", 0)
        yield _gauge("zhida_vectors_lacking", "Documents that lack vectors.", lacking)
        yield from self.gaps()

    def gaps(self) -> Iterator[Metric]:
        """Gaps by state."""
        from django.db.models import Count

        from search.insights.models import Gap

        family = GaugeMetricFamily("zhida_gaps", "Gaps by state.", labels=["state"])
        queue = Gap.objects.filter(joined_into=None).order_by()
        counted = queue.values("state").annotate(number=Count("pk"))
        for state, number in counted.values_list("state", "number"):
            family.add_metric([state], number)
        yield family


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=float(value))


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The text format of Prometheus. Holds counts only, nothing of anybody's words."""
    mirror_records()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    connection.ensure_connection()
    registry.register(Site())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
