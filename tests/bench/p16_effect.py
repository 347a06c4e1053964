"""P16: what publishing a draft would change, over 200 top searches and the open gaps.

Of two kinds of draft: one that says again what some article says, as most do; and one that names
in its text what is asked most, so that it stands among the answers of many searches.
"""

from __future__ import annotations

import random
import time
import uuid
from datetime import timedelta
from typing import Any

from .questions import questions
from .site import prepare, shelves
from .timing import percentiles

GOAL_S = 3.0
DRAFTS, EACH = 10, 250
#: Of five classes of question; a prefix is nobody's search.
_ASKED = ("three words", "very common words", "whole questions", "exact titles", "typing errors")


def run(size: int) -> dict[str, Any]:
    """Seconds by the clock and of the processor for the drafts, and how much of it was run."""
    seconds = prepare(size)
    _fill()
    kinds = {"as another article": _rows(wide=False), "names what is asked": _rows(wide=True)}
    return {
        "articles": size,
        "made in s": seconds,
        **kinds,
        "goal s": GOAL_S,
        "reached": all(
            row["slowest ms"] <= 1000 * GOAL_S and not row["left for lack of time"]
            for row in kinds.values()
        ),
    }


def _rows(*, wide: bool) -> dict[str, Any]:
    taken: list[float] = []
    worked: list[float] = []
    left = run_ = 0
    chance = random.Random(1)
    for _ in range(DRAFTS + 1):
        clock, work, found = _measure(chance, wide)
        taken.append(clock)
        worked.append(work)
        left, run_ = left + found.effect.unrun, run_ + found.effect.run
    return {
        "wall ms": percentiles(taken[1:]),
        "first ms": round(taken[0] * 1000),  # gathers the words of the vocabulary
        "slowest ms": round(max(taken) * 1000),
        "processor ms": percentiles(worked[1:]),
        "searches run a draft": round(run_ / len(taken), 1),
        "left for lack of time": left,
    }


def _measure(chance: random.Random, wide: bool) -> tuple[float, float, Any]:
    import json

    from django.db import transaction

    from content.audience import Audience
    from content.models import Article
    from search.insights.effects import effect_of

    ids = Article.objects.filter(live=True).values_list("pk", flat=True)[:5000]
    source = Article.objects.select_related("locale").get(pk=chance.choice(list(ids)))
    shelf = shelves()[source.locale.language_code][0]
    with transaction.atomic():
        page = Article(
            title=f"On {source.title}",
            slug=f"draft-{time.time_ns()}",
            locale=source.locale,
            lead=source.lead,
            body=json.dumps([*source.body.raw_data, *(_asked(source, chance) if wide else ())]),
            live=False,
        )
        shelf.add_child(instance=page)
        page.save_revision()
        draft = page.get_latest_revision_as_object()
        clock, work = time.perf_counter(), time.process_time()
        found = effect_of(draft, Audience.INTERNAL)
        clock, work = time.perf_counter() - clock, time.process_time() - work
        transaction.set_rollback(True)
    return clock, work, found


def _asked(source: Any, chance: random.Random) -> list[dict[str, Any]]:
    """A block that names thirty of the most asked searches of the article's language."""
    named = " / ".join(each.text for each in chance.sample(_top(source.locale.language_code), 30))
    return [{"type": "markdown", "value": named, "id": str(uuid.uuid4())}]


def _top(locale: str) -> list[Any]:
    """What the effect asks for."""
    from content.audience import Audience
    from search.insights.effects import TOP
    from search.insights.metrics.questions import most_asked

    return most_asked(locale, [audience.value for audience in Audience.INTERNAL.visible()], TOP)


def _fill() -> None:
    """A month of searches: a few asked by many, many by few, a quarter in vain; made once."""
    from django.utils import timezone

    from search.insights import collect
    from search.insights.effects import TOP
    from search.insights.figures import recount
    from search.insights.metrics.counting import count_due
    from search.insights.models import Gap
    from search.journeys.models import Search
    from search.text import group_key

    if all(len(_top(locale)) >= TOP for locale in shelves()):
        return
    chance, now = random.Random(5), timezone.now()
    by_class = questions(EACH)
    asked = [each for name in _ASKED for each in by_class[name]]
    chance.shuffle(asked)
    rows = []
    for place, (text, locale, _) in enumerate(asked):
        answered = chance.random() < 0.75
        for _ in range(max(1, int(60 / (1 + place / 10)))):
            at = now - timedelta(hours=chance.randint(1, 24 * 28))
            rows.append(
                Search(
                    query=text,
                    key=group_key(text),
                    locale=locale,
                    answered=answered,
                    total=int(answered),
                    clicks=int(answered),
                    audience="public",
                    kind="customer",
                    channel="site",
                    client_id=uuid.uuid4().hex,
                    intent_id=uuid.uuid4(),
                    query_id=uuid.uuid4(),
                    settled=True,
                    created=at,
                    updated=at,
                )
            )
    Search.objects.bulk_create(rows, batch_size=500)
    collect.collect_all()
    recount(list(Gap.objects.values_list("pk", flat=True)))
    count_due()
    assert all(len(_top(locale)) >= TOP for locale in shelves())


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p16"])
