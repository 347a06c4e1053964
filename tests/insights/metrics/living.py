"""People whose journeys are known in advance, told through the recorder; and what they add up to.

Every scene says what it adds to which column. ``Truth`` is their sum, and knows nothing of how the
product counts.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from search.journeys import Journey, recorder
from search.journeys.contacts import create_contact
from search.journeys.models import Contact, Measure, Rating
from search.journeys.records import EventRecord, SearchRecord

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
N = 7


@dataclass
class Truth:
    """What must come out, for customers and for agents."""

    customer: Counter[str] = field(default_factory=Counter)
    agent: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)


class World:
    """Tells scenes; each person is new, so that no scene touches another by chance."""

    def __init__(self, seed: int, entries: list[int]) -> None:
        self.chance = random.Random(seed)
        self.entries = entries
        self.truth = Truth()
        self.records: list[SearchRecord | EventRecord] = []
        self.contacts: list[tuple[datetime, str]] = []
        self._number = 0

    def scenes(self) -> list:
        """All kinds of scenes."""
        return [
            self.finds,
            self.rewords_and_finds,
            self.finds_nothing,
            self.gives_up,
            self.is_rescued,
            self.turns_to_a_person,
            self.comes_back_days_later,
            self.reads_and_votes,
            self.is_solved_in_the_form,
            self.is_solved_but_writes_later,
            self.agent_solves,
            self.agent_flags,
            self.robot,
            self.staff,
            self.types,
        ]

    def person(self) -> str:
        """A client id that nobody else has."""
        self._number += 1
        return f"person-{self.chance.getrandbits(32):08x}-{self._number:06d}"

    def search(self, who: str, at: datetime, query: str, **values) -> str:
        """A search, answered with five hits unless ``values`` say otherwise."""
        hits = tuple((entry, rank) for rank, entry in enumerate(self.entries[:5], 1))
        given = {
            "locale": "en",
            "channel": "site",
            "audience": "public",
            "total": 5,
            "answered": True,
            "hits": hits,
        }
        query_id = str(uuid.UUID(int=self.chance.getrandbits(128)))
        journey = Journey(who, values.pop("kind", "customer"), at=at)
        self.records.append(
            SearchRecord(query_id=query_id, query=query, journey=journey, **given | values)
        )
        return query_id

    def event(self, who: str, at: datetime, action: str, query_id: str = "", **values) -> None:
        """An action."""
        journey = Journey(who, values.pop("kind", "customer"), at=at)
        values.setdefault("locale", "en")
        self.records.append(
            EventRecord(action=action, journey=journey, query_id=query_id, **values)
        )

    def customer(self, who: str = "", **adds: int) -> None:
        """Note what a customer's scene adds."""
        self.truth.customer.update(adds)
        if who:
            self.truth.people.add(who)

    def finds(self, at: datetime) -> None:
        who, rank = self.person(), self.chance.randint(1, 5)
        query = self.search(who, at, "reset password")
        later = at + MINUTE
        self.event(who, later, "click", query, object_id=self.entries[rank - 1], position=rank)
        self.event(who, later, "read", query, object_id=self.entries[rank - 1])
        # The same click and the same read arrive twice.
        self.event(who, later, "click", query, object_id=self.entries[rank - 1], position=rank)
        self.event(who, later + MINUTE, "read", query, object_id=self.entries[rank - 1])
        self.customer(
            who, searches=1, intents=1, with_hits=1, clicked=1, clicks=1, ranked=1, deflected=1,
            rank_sum=rank, rank_squares=rank * rank, reciprocal=720720 // rank, reads=1,
        )  # fmt: skip

    def rewords_and_finds(self, at: datetime) -> None:
        who = self.person()
        self.search(who, at, "frobnicate", total=0, answered=False, hits=())
        query = self.search(who, at + MINUTE, "kettle lid")
        self.event(who, at + 2 * MINUTE, "click", query, object_id=self.entries[0], position=2)
        self.event(who, at + 3 * MINUTE, "click", query, object_id=self.entries[1], position=4)
        self.customer(
            who, searches=2, intents=1, with_hits=1, clicked=1, clicks=2, ranked=2, deflected=1,
            rank_sum=6, rank_squares=20, reciprocal=360360, reformulated=1,
        )  # fmt: skip

    def finds_nothing(self, at: datetime) -> None:
        who = self.person()
        self.search(who, at, "zzgrmpf", total=0, answered=False, hits=())
        self.customer(who, searches=1, intents=1, no_answer=1, no_results=1, unsuccessful=1)

    def gives_up(self, at: datetime) -> None:
        who = self.person()
        self.search(who, at, "warranty")
        self.customer(who, searches=1, intents=1, with_hits=1, no_click=1, unsuccessful=1)

    def is_rescued(self, at: datetime) -> None:
        who = self.person()
        self.search(who, at, "pasword", answered=False, rescue="spelling")
        self.customer(
            who, searches=1, intents=1, with_hits=1, no_answer=1, no_click=1, rescued=1,
            unsuccessful=1,
        )  # fmt: skip

    def turns_to_a_person(self, at: datetime) -> None:
        who = self.person()
        query = self.search(who, at, "broken screen")
        self.event(who, at + MINUTE, "click", query, object_id=self.entries[0], position=1)
        self.contacts.append((at + 5 * MINUTE, who))
        self.customer(
            who, searches=1, intents=1, with_hits=1, clicked=1, clicks=1, ranked=1, rank_sum=1,
            rank_squares=1, reciprocal=720720, contacted=1, unsuccessful=1, contacts=1, forms=1,
        )  # fmt: skip

    def comes_back_days_later(self, at: datetime) -> None:
        """Within N days or after them; a click without a rank."""
        who, late = self.person(), self.chance.random() < 0.5
        query = self.search(who, at, "loud fan")
        self.event(who, at + MINUTE, "click", query, object_id=self.entries[2])
        self.contacts.append((at + (N + 1 if late else N - 1) * DAY, who))
        self.customer(
            who, searches=1, intents=1, with_hits=1, clicked=1, clicks=1, contacts=1, forms=1,
            deflected=int(late),
        )  # fmt: skip

    def reads_and_votes(self, at: datetime) -> None:
        """The vote is changed once: the last one holds."""
        who, helpful = self.person(), self.chance.random() < 0.5
        entry = self.chance.choice(self.entries)
        self.event(who, at, "read", object_id=entry)
        self.event(who, at + MINUTE, "vote", object_id=entry, helpful=not helpful)
        self.event(who, at + 2 * MINUTE, "vote", object_id=entry, helpful=helpful)
        self.customer(reads=1, votes=1, helpful=int(helpful))

    def is_solved_in_the_form(self, at: datetime) -> None:
        who = self.person()
        self.search(who, at, "my lid is broken", channel="contact")
        self.event(who, at + MINUTE, "used_solved", object_id=self.entries[0], channel="contact")
        self.customer(forms=1, forms_solved=1)

    def is_solved_but_writes_later(self, at: datetime) -> None:
        who = self.person()
        self.search(who, at, "my lid fell off", channel="contact")
        self.event(who, at + MINUTE, "used_solved", object_id=self.entries[0], channel="contact")
        self.contacts.append((at + 2 * DAY, who))
        self.customer(forms=2, contacts=1)

    def agent_solves(self, at: datetime) -> None:
        who, seconds = self.person(), self.chance.randint(5, 90)
        desk = {"kind": "agent", "channel": "desk"}
        query = self.search(who, at, "refund", audience="agents", **desk)
        done = at + timedelta(seconds=seconds)
        self.event(who, done, "copy", query, object_id=self.entries[0], position=1, **desk)
        self.event(who, done, "used_solved", query, object_id=self.entries[0], **desk)
        self.truth.agent.update(
            searches=1, intents=1, with_hits=1, clicked=1, solved=1, timed=1,
            time_sum=seconds * 10, time_squares=(seconds * 10) ** 2,
        )  # fmt: skip

    def agent_flags(self, at: datetime) -> None:
        who, desk = self.person(), {"kind": "agent", "channel": "desk"}
        query = self.search(
            who, at, "goodwill", audience="agents", total=0, answered=False, hits=(), **desk
        )
        self.event(who, at + MINUTE, "not_found", query, **desk)
        self.truth.agent.update(
            searches=1, intents=1, no_answer=1, no_results=1, unsuccessful=1, flagged=1
        )

    def robot(self, at: datetime) -> None:
        self.search("robot", at, "everything", kind="robot")

    def staff(self, at: datetime) -> None:
        who = self.person()
        query = self.search(who, at, "test", kind="staff", audience="internal")
        self.event(who, at, "click", query, object_id=self.entries[0], position=1, kind="staff")
        self.event(who, at, "read", object_id=self.entries[0], kind="staff")

    def types(self, at: datetime) -> None:
        """Three keystrokes become one search."""
        who = self.person()
        for second, text in enumerate(("pri", "printer", "printer jam")):
            then = at + timedelta(seconds=second)
            self.search(who, then, text, prefix=True, channel="suggest")
        self.search(who, at + timedelta(seconds=4), "printer jam")
        self.customer(who, searches=1, intents=1, with_hits=1, no_click=1, unsuccessful=1)

    def tell(self, batch: int = 40) -> None:
        """Hand everything to the recorder; then the contacts, in the order of time."""
        for number, record in enumerate(self.records, 1):
            add = (
                recorder.record_search
                if isinstance(record, SearchRecord)
                else recorder.record_event
            )
            add(record)
            if number % batch == 0:
                recorder.flush()
        recorder.flush()
        for at, who in sorted(self.contacts):
            create_contact(Journey(who, at=at), "Please help", "a@example.com", "en")


def rate(truth: Truth, contacts: list[Contact], chance: random.Random) -> None:
    """People answer the questions after a contact, and somebody closes some of them."""
    for contact in contacts:
        _answer(truth, contact, Measure.CSAT, chance.randint(1, 5))
        _answer(truth, contact, Measure.CES, chance.randint(1, 7))
        _answer(truth, contact, Measure.NPS, chance.randint(0, 10))
        _answer(truth, contact, Measure.SOLVED, chance.randint(0, 1))


def _answer(truth: Truth, contact: Contact, measure: Measure, value: int) -> None:
    Rating.objects.create(contact=contact, measure=measure, value=value)
    adds = {
        Measure.CSAT: {"csat_answers": 1, "csat_satisfied": int(value >= 4)},
        Measure.CES: {"ces_answers": 1, "ces_sum": value, "ces_squares": value * value},
        Measure.NPS: {
            "nps_answers": 1,
            "nps_promoters": int(value >= 9),
            "nps_detractors": int(value <= 6),
        },
        Measure.SOLVED: {"fcr_answers": 1, "fcr_solved": value},
    }
    truth.customer.update(adds[measure])
