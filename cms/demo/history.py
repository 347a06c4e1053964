"""Thirty days of history, made by asking the real service and recording what it really answered."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from content.audience import Audience
from content.importing.drafts import NAMESPACE
from search.insights.collect import collect_all
from search.insights.metrics.counting import count_due
from search.insights.models import Gap
from search.journeys import recorder
from search.journeys.contacts import create_contact
from search.journeys.journey import Journey
from search.journeys.models import Contact, Measure, Search
from search.journeys.ratings import rate
from search.journeys.records import EventRecord
from search.lookup.query import Query
from search.lookup.results import Hit, Results
from search.lookup.service import search

from . import CLIENT, DAYS, answered, entries
from .pages import load
from .plans import SEED, Visit, moment, visits

#: Records written at a time.
BATCH = 100
#: Of those who found something: the share that comes to the contact form later.
AFTERWARDS = 0.08
#: Of those at the form with an offer: the share that it answers.
SOLVED_IN_FORM = 0.45
ADDRESS_OF_WRITERS = "customer@example.com"
_CHANNELS = {"agent": "desk"}
_AUDIENCES = {"agent": Audience.AGENTS, "staff": Audience.INTERNAL}


@dataclass(frozen=True, slots=True)
class Told:
    """How much history was made."""

    searches: int
    gaps: int


def tell(progress: Callable[[int, int], None]) -> Told:
    """Live through all visits in the order of time, then votes and contacts; collect the gaps."""
    asked, now = load("searches"), timezone.now()
    story = Story(now)
    plan = visits(asked, now)
    for number, visit in enumerate(plan, 1):
        story.live(visit)
        if number % BATCH == 0:
            recorder.flush()
            progress(number, len(plan))
    for row in asked["votes"]:
        story.vote(row)
    for number, row in enumerate(asked["contacts"], 1):
        story.contact(number, row)
    story.writers()
    answered.live(now, story.live, story.write)
    recorder.flush()
    since = now - timedelta(days=DAYS + 2)
    collect_all(since)
    answered.close(now)
    count_due()
    return Told(Search.objects.filter(client_id__startswith=CLIENT).count(), Gap.objects.count())


class Story:
    """What people did; every choice comes from one seeded source of chance."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.chance = random.Random(SEED + 1)  # noqa: S311 - it has to be the same every time
        #: Of what comes after a search: apart, so that it changes nothing of the searches.
        self.afterwards = random.Random(SEED + 2)  # noqa: S311
        self.versions: dict[int, int] = {}
        #: When somebody who had found something turned to a person all the same.
        self.late: list[tuple[datetime, Visit]] = []
        self.pages: dict[tuple[uuid.UUID, str], int] = {}
        rows = entries().values_list(
            "pk", "translation_key", "locale__language_code", "live_revision_id"
        )
        for pk, key, code, revision in rows:
            self.pages[key, code] = pk
            self.versions[pk] = revision

    def page(self, name: str, locale: str) -> int | None:
        """The entry that the lists call ``name``, in that language or a near one."""
        key = uuid.uuid5(NAMESPACE, f"translation:{name}")
        near = (locale, "zh-hans", "en") if locale.startswith("zh") else (locale,)
        return next((self.pages[key, code] for code in near if (key, code) in self.pages), None)

    def live(self, visit: Visit) -> bool:
        """Ask, look, click, read, perhaps ask again in other words; whether it was answered."""
        at = visit.at
        for text in visit.wordings:
            journey = Journey(visit.client, visit.kind, at=at)
            results = self.ask(visit, text, journey)
            if visit.kind in ("robot", "staff"):
                return False
            if self.answered(visit, results, journey):
                return True
            at += timedelta(seconds=self.chance.randint(12, 70))
        if visit.kind == "agent" and visit.topic and self.chance.random() < 0.6:
            self.record("not_found", replace(journey, at=at), results)
        return False

    def ask(self, visit: Visit, text: str, journey: Journey) -> Results:
        """One search through the service, recorded as of then."""
        return search(
            Query(
                text=text,
                audience=_AUDIENCES.get(visit.kind, Audience.PUBLIC),
                locale=visit.locale,
                channel=_CHANNELS.get(visit.kind, "site"),
                journey=journey,
            )
        )

    def answered(self, visit: Visit, results: Results, journey: Journey) -> bool:
        """Whether the person saw what they needed among the results, and opened it."""
        wanted = self.page(visit.opens, visit.locale) if visit.opens else None
        ranked = list(enumerate(results.hits, 1))
        right = next(((rank, hit) for rank, hit in ranked if hit.id == wanted), None)
        if right is None:
            if ranked and not visit.opens and self.chance.random() < 0.12:
                self.open(*ranked[0], visit, results, journey)
            return False
        rank, hit = right
        if self.chance.random() > 0.99 - 0.03 * rank:
            return False
        self.open(rank, hit, visit, results, journey)
        if visit.kind == "customer" and self.afterwards.random() < AFTERWARDS:
            hours = self.afterwards.randint(1, 240)
            self.late.append((journey.at + timedelta(hours=hours), visit))
        return True

    def open(self, rank: int, hit: Hit, visit: Visit, results: Results, journey: Journey) -> None:
        """Click and read; an agent also says what came of it."""
        at = visit.at + timedelta(seconds=self.chance.randint(3, 25))
        later = replace(journey, at=at)
        section = hit.section.anchor if hit.section else ""
        self.record("click", later, results, hit.id, rank, section)
        self.record("read", later, results, hit.id)
        if visit.kind == "agent":
            solved = "used_solved" if self.chance.random() < 0.8 else "used_unsolved"
            self.record("copy", later, results, hit.id, rank)
            self.record(solved, later, results, hit.id, rank)

    def record(
        self,
        action: str,
        journey: Journey,
        results: Results | None = None,
        page: int | None = None,
        rank: int | None = None,
        section: str = "",
        **vote: Any,
    ) -> None:
        """One event as of ``journey.at``."""
        record = EventRecord(
            action=action,
            journey=journey,
            query_id=results.query_id if results else "",
            object_id=page,
            position=rank,
            section=section,
            locale=results.query.locale if results else vote.pop("locale", ""),
            channel=_CHANNELS.get(journey.kind, "site"),
            version=self.versions.get(page or 0),
            **vote,
        )
        recorder.record_event(record)

    def vote(self, row: dict[str, Any]) -> None:
        """So many votes on one page as the list says, the comments among them."""
        yes = round(row["votes"] * row["helpful"])
        opinions: list[dict[str, Any]] = [{"helpful": True}] * yes
        opinions += [{"helpful": False, "reason": "not_solved"}] * (row["votes"] - yes)
        for comment in row.get("comments", ()):
            like = next(o for o in opinions if o["helpful"] == comment["helpful"])
            opinions.remove(like)
            said = {"reason": comment["reason"], "comment": comment["text"]}
            opinions.append({"helpful": comment["helpful"], **said, "locale": comment["locale"]})
        for number, opinion in enumerate(opinions, 1):
            locale = opinion.get("locale") or self.chance.choice(("en", "zh-hans", "zh-hans"))
            page = self.page(row["key"], locale)
            if page is None:
                continue
            client = f"{CLIENT}voter-{row['key']}-{number:03d}"[:64]
            journey = Journey(client, at=moment(self.chance, self.now))
            self.record("read", journey, page=page, locale=locale)
            self.record("vote", journey, page=page, **{**opinion, "locale": locale})

    def contact(self, number: int, row: dict[str, Any]) -> None:
        """Somebody searches, perhaps reads, and then writes to a person."""
        at, client, locale = (
            moment(self.chance, self.now),
            f"{CLIENT}writer-{number:03d}",
            row["locale"],
        )
        for text in row["searched"]:
            journey = Journey(client, at=at)
            visit = Visit(at, client, "customer", locale, (text,))
            results = self.ask(visit, text, journey)
            for name in row["read"]:
                if page := self.page(name, locale):
                    ranks = {hit.id: rank for rank, hit in enumerate(results.hits, 1)}
                    later = replace(journey, at=at + timedelta(seconds=20))
                    if page in ranks:
                        self.record("click", later, results, page, ranks[page])
                    self.record("read", later, results, page)
        later = Journey(client, at=at + timedelta(minutes=4))
        self.settle(create_contact(later, row["message"], ADDRESS_OF_WRITERS, locale))

    def writers(self) -> None:
        """Whoever turns to a person from the form: some are answered by an offer before."""
        for at, visit in self.late:
            journey = Journey(visit.client, at=at)
            question = visit.wordings[-1]
            offered = Query(
                text=question,
                audience=Audience.PUBLIC,
                locale=visit.locale,
                channel="contact",
                journey=journey,
            )
            found = search(offered)
            if at > self.now:
                continue
            if found.hits and self.afterwards.random() < SOLVED_IN_FORM:
                later = replace(journey, at=at + timedelta(minutes=1))
                page = found.hits[0].id
                record = EventRecord(
                    "used_solved", later, object_id=page, locale=visit.locale, channel="contact"
                )
                recorder.record_event(record)
                continue
            later = replace(journey, at=at + timedelta(minutes=3))
            self.settle(create_contact(later, question, ADDRESS_OF_WRITERS, visit.locale))

    def write(self, visit: Visit, message: str) -> None:
        """Write to a person."""
        journey = Journey(visit.client, at=visit.at)
        self.settle(create_contact(journey, message, ADDRESS_OF_WRITERS, visit.locale))

    def settle(self, contact: Contact) -> None:
        """Most contacts are closed, most of those with an article, and some writers say how."""
        if self.afterwards.random() < 0.85:
            contact.state = Contact.State.CLOSED
            if self.pages and self.afterwards.random() < 0.7:
                contact.entry_id = self.afterwards.choice(sorted(self.pages.values()))
            contact.save(update_fields=["state", "entry"])
        if self.afterwards.random() < 0.6:
            rate(
                contact,
                {
                    Measure.CSAT: self.afterwards.choice((2, 3, 4, 4, 5, 5)),
                    Measure.CES: self.afterwards.choice((3, 5, 6, 6, 7)),
                    Measure.NPS: self.afterwards.choice((4, 7, 8, 9, 9, 10)),
                    Measure.SOLVED: int(self.afterwards.random() < 0.7),
                },
            )
