"""As many failed searches as a busy site has after a while, for tests and benches."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from search.insights.models import Gap, GapEvidence


def fill(gaps: int, searches: int) -> None:
    """``searches`` failed searches, spread evenly over ``gaps`` gaps."""
    now = timezone.now()
    Gap.objects.bulk_create(
        (
            Gap(
                key=f"word{i}",
                language="en",
                locale="en",
                question=f"question {i}",
                people=i % 97,
                intents=i % 101,
                trend=i % 13 - 6,
                no_answer=1,
                last_seen=now - timedelta(minutes=i),
            )
            for i in range(gaps)
        ),
        batch_size=5_000,
    )
    ids = list(Gap.objects.order_by("pk").values_list("pk", flat=True))
    GapEvidence.objects.bulk_create(
        (
            GapEvidence(
                gap_id=ids[i % gaps],
                query_id=uuid.uuid4(),
                intent_id=uuid.uuid4(),
                reason="no_answer",
                client_id=f"client-{i % 997}",
                kind="customer",
                query=f"question {i % gaps}",
                locale="en",
                audience="public",
                channel="site",
                created=now - timedelta(minutes=i % 40_000),
            )
            for i in range(searches)
        ),
        batch_size=5_000,
    )
