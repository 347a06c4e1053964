"""A gap that was answered: searched for in vain, then its page was published and found.

The searches before are made while the page is not there, those after while it is; its gap is closed
by the same replay as any other.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from wagtail.models import Page

from content.importing.drafts import NAMESPACE
from content.models import Entry
from search.index import drain
from search.insights import states, verification
from search.insights.models import Gap, GapHistory, State
from search.journeys import recorder

from . import ADDRESS, CLIENT, DAYS, entries
from .plans import SEED, Visit, moment

KEY, PEOPLE = "child-lock", f"{CLIENT}child-lock-"
#: People who ask in thirty days, and when it was published.
VISITS, AGO = 130, timedelta(days=12)
#: Of those who find nothing, the share that writes to a person.
WRITE = 0.3
_WORDINGS = {"en": ("child lock", "childproof hot water"), "zh-hans": ("童锁", "儿童锁怎么开")}
_MESSAGES = {
    "en": "How do I keep my children from drawing hot water?",
    "zh-hans": "怎么防止孩子接到热水？",
}


def live(now: datetime, tell: Callable[[Visit], bool], write: Callable[[Visit, str], None]) -> None:
    """Live through the visits; ``tell`` says whether one found its answer, ``write`` contacts."""
    chance = random.Random(SEED + 4)  # noqa: S311 - it has to be the same every time
    pages, published = list(_pages()), now - AGO
    visits = sorted(_visits(chance, now), key=lambda visit: visit.at)
    for page in pages:
        page.unpublish()
    drain.drain_all()
    for visit in (v for v in visits if v.at < published):
        if not tell(visit) and chance.random() < WRITE:
            later = replace(visit, at=visit.at + timedelta(minutes=4))
            write(later, _MESSAGES[visit.locale])
    recorder.flush()
    for page in pages:
        page.save_revision().publish()
        Page.objects.filter(pk=page.pk).update(
            first_published_at=published, last_published_at=published
        )
    drain.drain_all()
    for visit in (v for v in visits if v.at >= published):
        tell(visit)


def close(now: datetime) -> None:
    """Have the gaps replayed and closed, as of when the page was published."""
    writer = get_user_model().objects.filter(username="writer", email__endswith=ADDRESS).first()
    pages = {page.locale.language_code: page for page in _pages()}
    ours = Gap.objects.filter(evidence__client_id__startswith=PEOPLE, joined_into=None)
    for gap in ours.distinct().order_by("pk"):
        page = pages.get("zh-hans" if gap.language == "zh" else gap.language)
        if page is None:
            continue
        states.link(gap, page, writer)
        states.move(gap, State.VERIFYING, states.Action.VERIFYING)
        verification.verify(gap)
        GapHistory.objects.filter(gap=gap).update(created=now - AGO)
        Gap.objects.filter(pk=gap.pk, state=State.CLOSED).update(closed_at=now - AGO)


def _pages() -> Iterator[Entry]:
    key = uuid.uuid5(NAMESPACE, f"translation:{KEY}")
    for entry in entries().filter(translation_key=key).select_related("locale").order_by("pk"):
        yield entry.specific


def _visits(chance: random.Random, now: datetime) -> Iterator[Visit]:
    for number in range(VISITS):
        locale = chance.choice(("en", "zh-hans", "zh-hans"))
        wordings = list(_WORDINGS[locale])
        chance.shuffle(wordings)
        if chance.random() < 0.5:
            wordings.pop()
        client = f"{PEOPLE}{number:03d}"
        at = moment(chance, now)
        if now - at < timedelta(days=DAYS):
            yield Visit(at, client, "customer", locale, tuple(wordings), KEY, KEY)
