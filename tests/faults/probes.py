"""Audience probes: a random reader looks for a random article in a random way, while audiences
change, the outbox drains and the index is rebuilt.

Run as ``python -m tests.faults.probes COUNT``; prints JSON. Nobody may learn of an article that is
not his at that moment: not its title, not its page, not that there is one. The same probes are then
made with the gate wide open, and must find leaks.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

#: A change of an article comes after so many probes, and so many probes look at it at once.
CHANGE_EVERY, AT_ONCE = 25, 4
#: Probes made with the gate open.
PLANTED = 400
READERS = ("public", "customers", "agents")

Way = Callable[["Reader", Any], str]


@dataclass(slots=True)
class Reader:
    """Somebody with an audience and a browser."""

    audience: str
    browser: Any

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address."""
        chance = ".".join(str(random.randrange(1, 250)) for _ in range(4))
        answer = self.browser.get(path, HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR=chance)
        text = b"".join(answer) if getattr(answer, "streaming", False) else answer.content
        return answer.status_code, text.decode(errors="replace")


def page(reader: Reader, entry: Any) -> str:
    """Its own address, without its id."""
    status, text = reader.get(entry.get_url())
    return text if status == 200 else ""


def search_page(reader: Reader, entry: Any) -> str:
    """The results page."""
    return reader.get(f"/en/search/?q={_word(entry)}")[1]


def api_search(reader: Reader, entry: Any) -> str:
    """Hits, and whether there are any."""
    text = reader.get(f"/api/v1/search?q={_word(entry)}")[1]
    return text + (_title(entry) if json.loads(text)["total"] else "")


def remembered(reader: Reader, entry: Any) -> str:
    """The same question again, as a cache would answer it."""
    api_search(reader, entry)
    return api_search(reader, entry)


def misspelt(reader: Reader, entry: Any) -> str:
    """What is proposed instead of a word with an error."""
    word = _word(entry)
    asked = word[:5] + word[6] + word[5] + word[7:]
    found = json.loads(reader.get(f"/api/v1/search?q={asked}")[1])
    return _title(entry) if word in json.dumps(found) and word != asked else ""


def suggestions(reader: Reader, entry: Any) -> str:
    """While typing."""
    return reader.get(f"/api/v1/suggest?q={_word(entry)[:9]}")[1]


def api_article(reader: Reader, entry: Any) -> str:
    """By its id."""
    status, text = reader.get(f"/api/v1/articles/{entry.pk}")
    return text if status == 200 else ""


def desk(reader: Reader, entry: Any) -> str:
    """The agent's search."""
    return reader.get(f"/desk/search?q={_word(entry)}")[1]


def desk_entry(reader: Reader, entry: Any) -> str:
    """The agent's right pane."""
    return reader.get(f"/desk/entry/{entry.pk}")[1]


def most_asked(reader: Reader, entry: Any) -> str:
    """The front page, on which every article is pinned as most asked."""
    return reader.get("/en/")[1]


def shelf(reader: Reader, entry: Any) -> str:
    """The page of its category."""
    return reader.get(entry.get_parent().get_url())[1]


def contact(reader: Reader, entry: Any) -> str:
    """What is offered before a message is sent."""
    return reader.get(f"/en/contact/?q={_word(entry)}")[1]


def gap_examples(reader: Reader, entry: Any) -> str:
    """The evidence of gaps, which is for writers."""
    return reader.get("/admin/insights/gaps/")[1]


def sitemap(reader: Reader, entry: Any) -> str:
    """What crawlers are told."""
    return reader.get("/sitemap.xml")[1]


def standby(reader: Reader, entry: Any) -> str:
    """The node's own copy, which has not heard of any change since it was filled."""
    from content.audience import Audience
    from search.lookup.library import STANDBY
    from search.lookup.query import Query
    from search.lookup.service import search

    asked = Query(_word(entry), Audience(reader.audience), "en", channel="test", facets=True)
    found = search(asked, STANDBY)
    seen = " ".join(hit.title for hit in (*found.hits, *found.perhaps))
    return seen + (_title(entry) if found.total or found.facets.get("kind") else "")


WAYS: tuple[Way, ...] = (
    page,
    search_page,
    api_search,
    remembered,
    misspelt,
    suggestions,
    api_article,
    desk,
    desk_entry,
    most_asked,
    shelf,
    contact,
    gap_examples,
    sitemap,
    standby,
)


def _word(entry: Any) -> str:
    return entry.title.split()[-1]


def _title(entry: Any) -> str:
    return f"Restless {_word(entry)}"


def probe(count: int, chance: random.Random, *, changing: bool) -> tuple[list[str], Counter[str]]:
    """Leaks in words, and how often each way was tried."""
    from content.audience import Audience
    from content.models import Article

    ids = list(Article.objects.filter(slug__startswith="restless-").values_list("pk", flat=True))
    readers = _readers()
    leaks: list[str] = []
    tried: Counter[str] = Counter()
    looked_at: list[int] = []
    for number in range(count):
        if changing and number % CHANGE_EVERY == 0:
            looked_at = [_change(chance.choice(ids), chance)] * AT_ONCE
        entry = Article.objects.get(pk=looked_at.pop() if looked_at else chance.choice(ids))
        reader, way = chance.choice(readers), chance.choice(WAYS)
        tried[way.__name__] += 1
        shown = way(reader, entry)
        may = entry.live and Audience(reader.audience).sees(Audience(entry.audience))
        if not may and _title(entry).lower() in shown.lower().replace("+", " "):
            leaks.append(f"{reader.audience} saw {entry.audience} {entry.pk} by {way.__name__}")
    return leaks, tried


def _change(pk: int, chance: random.Random) -> int:
    from content.models import Article

    entry = Article.objects.get(pk=pk)
    if entry.live and chance.random() < 0.2:
        entry.unpublish()
    else:
        entry.audience = chance.choice(("public", "customers", "agents", "internal"))
        entry.save_revision().publish()
    return pk


def _readers() -> list[Reader]:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.test import Client

    made = []
    for audience in READERS:
        browser = Client()
        if audience != "public":
            user, _ = get_user_model().objects.get_or_create(username=f"probe-{audience}")
            if audience == "agents":
                user.groups.add(Group.objects.get(name="Agents"))
            browser.force_login(user)
        made.append(Reader(audience, browser))
    return made


def _rebuilding(stop: threading.Event) -> None:
    from django.db import connection

    from search.index.rebuild import RebuildFailed, rebuild

    while not stop.wait(1.0):
        try:
            rebuild()
        except RebuildFailed:
            continue
    connection.close()


def main() -> None:
    """Probe, plant a leak, probe again."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    from content import prepared
    from content.models import Article, Entry
    from search.index import standby as copy
    from search.lookup.models import PinnedQuestion

    copy.follow()
    restless = Article.objects.filter(slug__startswith="restless-")
    for pk in restless.values_list("pk", flat=True):
        PinnedQuestion.objects.get_or_create(entry_id=pk)
    stop = threading.Event()
    rebuilds = threading.Thread(target=_rebuilding, args=(stop,), daemon=True)
    rebuilds.start()
    leaks, tried = probe(int(sys.argv[1]), random.Random(11), changing=True)
    stop.set()
    rebuilds.join(60)
    queryset = type(Entry.objects.all())
    prepared.forget()
    with patch.object(queryset, "visible_to", lambda self, audience: self.filter(live=True)):
        planted, _ = probe(PLANTED, random.Random(12), changing=False)
    print(
        json.dumps(
            {
                "probes": sum(tried.values()),
                "leaks": len(leaks),
                "leaked": leaks[:10],
                "ways": dict(tried),
                "finds_a_planted_leak": bool(planted),
                "planted_leaks_found": len(planted),
            }
        )
    )


if __name__ == "__main__":
    main()
