"""What the worker runs for this room: (name, seconds between runs or "HH:MM" a day, function)."""

from __future__ import annotations

from collections.abc import Callable

from .alerts.sending import send_due
from .alerts.watching import watch
from .collect import collect_unclicked, collect_unhelpful
from .coverage.keeping import check_all, check_due
from .departments.digests import make_due
from .diagnosis.keeping import diagnose_all, diagnose_new
from .figures import recount_recent
from .joining.running import join_all, join_new
from .metrics.counting import count_due
from .proposals.collecting import collect_proposals
from .questions.runs import group_by_night
from .relevance.proposing import propose
from .relevance.running import run_by_night, run_if_tuned
from .verification import verify_all

SCHEDULE: list[tuple[str, int | str, Callable[[], object]]] = [
    ("collect searches without a click", 300, collect_unclicked),
    ("collect searches whose answer did not help", 300, collect_unhelpful),
    ("join gaps that mean the same", 300, join_new),
    ("join all gaps that mean the same", "02:40", join_all),
    ("diagnose gaps", 600, diagnose_new),
    ("diagnose all gaps anew", "03:00", diagnose_all),
    ("make weekly digests", 900, make_due),
    ("count figures", 120, count_due),
    ("watch for alerts", 60, watch),
    ("send messages of alerts", 15, send_due),
    ("propose phrasings and synonyms", 600, collect_proposals),
    ("propose judged queries", "01:30", propose),
    ("measure relevance", "05:00", run_by_night),
    ("measure relevance after tuning", 60, run_if_tuned),
    ("group questions", "03:40", group_by_night),
    ("look whether frequent questions are covered after changes", 60, check_due),
    ("look whether frequent questions are covered", "04:20", check_all),
    ("recount gaps", "02:30", recount_recent),
    ("replay gaps", "04:00", verify_all),
]
