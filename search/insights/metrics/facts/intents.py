"""Intents: one person's attempt, in the hour of its first search."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from search.insights.metrics.calendar import Window
from search.insights.metrics.models import FigureSettings
from search.journeys.models import Contact, Event, Search

from .fact import COUNTED, NOT_SEARCHES, Fact, chunks, inside, within
from .places import Places
from .stored import first_hit, key

#: Between two searches of one intent lie ten minutes at most (see ``journeys.merging``).
PAUSE = timedelta(minutes=30)
#: Reciprocal ranks are kept in units of 1 ÷ this, which all ranks up to 16 divide.
UNIT = 720_720
#: An agent who took longer has been away from the call.
LONGEST = timedelta(hours=1)
_ACTIONS = ("click", "copy", "used_solved", "used_unsolved", "not_found")
_ANSWERED = frozenset({"copy", "used_solved"})


#: As ``stored.key`` has it.
Key = uuid.UUID | str


class _Row(NamedTuple):
    created: datetime
    pk: int
    intent: Key
    query_id: Key
    client: str
    kind: str
    query: str
    key: str
    locale: str
    channel: str
    audience: str
    total: int
    answered: bool
    rescue: str
    clicks: int
    contact: int | None
    #: The entry that was shown first.
    shown: int | None


class _Act(NamedTuple):
    created: datetime
    pk: int
    query_id: Key
    action: str
    entry: int | None
    rank: int | None


_FIELDS = (
    *("created", "pk", key("intent_id"), key("query_id"), "client_id", "kind", "query", "key"),
    *("locale", "channel", "audience", "total", "answered", "rescue", "clicks", "contact_id"),
    first_hit(),
)


_ACT_FIELDS = (*("created", "pk", key("query_id"), "action_name", "object_id", "position_ordinal"),)


def facts(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """The intents whose first search lies in ``windows``."""
    intents = _intents(windows)
    acts = _acts(intents)
    places.learn(act.entry for found in acts.values() for act in found if act.entry)
    places.learn(row.shown for rows in intents for row in rows if row.shown)
    contacts = _Contacts(windows)
    for rows in intents:
        done = sorted(act for row in rows for act in acts.get(row.query_id, ()))
        yield _fact(rows, done, places, contacts)


def _intents(windows: Sequence[Window]) -> list[list[_Row]]:
    groups: dict[Key, list[_Row]] = defaultdict(list)
    for row in _rows().filter(within("created", windows)).values_list(*_FIELDS).iterator():
        groups[row[2]].append(_Row(*row))
    edges = [(start + PAUSE, end - PAUSE) for start, end in windows]
    near = [intent for intent, rows in groups.items() if _near(rows, windows, edges)]
    for chunk in chunks(near):
        for intent in chunk:
            groups[intent] = []
        for row in _rows().filter(intent_id__in=chunk).values_list(*_FIELDS):
            groups[row[2]].append(_Row(*row))
    counted = (sorted(r for r in rows if _counts(r)) for rows in groups.values())
    return [rows for rows in counted if rows and inside(rows[0].created, windows)]


def _near(rows: list[_Row], windows: Sequence[Window], edges: Sequence[Window]) -> bool:
    """Whether there may be more of these rows' intent than lies in the windows."""
    for row in rows:
        at = row[0]
        for (start, end), (after, before) in zip(windows, edges, strict=True):
            if start <= at < end and not after <= at < before:
                return True
    return False


def _rows():
    return Search.objects.filter(settled=True).exclude(kind="robot")


def _counts(row: _Row) -> bool:
    return row.kind in COUNTED and row.channel not in NOT_SEARCHES


def _acts(intents: list[list[_Row]]) -> dict[Key, list[_Act]]:
    """What was done with the results, by search; customers leave nothing else than clicks."""
    asked = (r.query_id for rows in intents for r in rows if r.clicks or r.kind == "agent")
    acts: dict[Key, list[_Act]] = defaultdict(list)
    for chunk in chunks(asked):
        found = Event.objects.filter(query_id__in=chunk, action_name__in=_ACTIONS)
        for values in found.values_list(*_ACT_FIELDS):
            acts[values[2]].append(_Act(*values))
    return acts


class _Contacts:
    """When people turned to a person, from the first window on and N days beyond the last."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self.days = timedelta(days=FigureSettings.current().deflection_days)
        start = min((s for s, _ in windows), default=None)
        end = max((e for _, e in windows), default=None)
        self._times: dict[str, list[datetime]] = defaultdict(list)
        if start is None or end is None:
            return
        rows = Contact.objects.filter(created__gte=start, created__lt=end + self.days)
        for client, at in rows.exclude(client_id="").values_list("client_id", "created"):
            self._times[client].append(at)
        for times in self._times.values():
            times.sort()

    def follow(self, client: str, at: datetime) -> bool:
        """Whether one came within N days after ``at``."""
        times = self._times.get(client, [])
        after = bisect_right(times, at)
        return after < len(times) and times[after] <= at + self.days


def _fact(rows: list[_Row], acts: list[_Act], places: Places, contacts: _Contacts) -> Fact:
    first = rows[0]
    clicks = [act for act in acts if act.action == "click"]
    shown = next((row.shown for row in rows if row.shown), None)
    entry = next((act.entry for act in clicks), shown)
    fact = Fact(
        source="intents",
        at=first.created,
        kind=first.kind,
        locale=first.locale,
        channel=first.channel,
        audience=first.audience,
        category=places.category(entry),
        adds={"searches": len(rows), "intents": 1},
        person=first.client,
        question=(first.key, first.query),
        shown={
            "text": " → ".join(dict.fromkeys(row.query for row in rows)),
            "id": first.intent,
        },
    )
    _add_outcome(fact.adds, rows, contacts)
    _add_clicks(fact.adds, clicks)
    if first.kind == "agent":
        _add_agents(fact.adds, first.created, acts)
    return fact


def _add_outcome(adds: dict[str, int], rows: list[_Row], contacts: _Contacts) -> None:
    first = rows[0]
    hits = answered = clicked = contacted = rescued = False
    for row in rows:
        hits = hits or row.total > 0
        answered = answered or row.answered
        clicked = clicked or row.clicks > 0
        contacted = contacted or row.contact is not None
        rescued = rescued or row.rescue != ""
    if not answered:
        adds["no_answer"] = 1
    adds["with_hits" if hits else "no_results"] = 1
    if clicked:
        adds["clicked"] = 1
        if first.kind == "customer" and not (
            contacted or contacts.follow(first.client, first.created)
        ):
            adds["deflected"] = 1
    elif hits:
        adds["no_click"] = 1
    if len(rows) > 1:
        adds["reformulated"] = 1
    if rescued:
        adds["rescued"] = 1
    if contacted:
        adds["contacted"] = 1
    if not answered or not clicked or contacted:
        adds["unsuccessful"] = 1


def _add_clicks(adds: dict[str, int], clicks: list[_Act]) -> None:
    if not clicks:
        return
    ranks = [act.rank for act in clicks if act.rank]
    adds["clicks"] = len(clicks)
    if ranks:
        adds["ranked"], adds["rank_sum"] = len(ranks), sum(ranks)
        adds["rank_squares"] = sum(rank * rank for rank in ranks)
        adds["reciprocal"] = round(UNIT / ranks[0])
        adds["reciprocal_squares"] = round(1_000_000 / ranks[0] ** 2)


def _add_agents(adds: dict[str, int], began: datetime, acts: list[_Act]) -> None:
    done = {act.action for act in acts}
    names = {"used_solved": "solved", "used_unsolved": "unsolved", "not_found": "flagged"}
    adds.update((name, 1) for action, name in names.items() if action in done)
    took = next((act.created - began for act in acts if act.action in _ANSWERED), None)
    if took is not None and timedelta() <= took <= LONGEST:
        tenths = round(took.total_seconds() * 10)
        adds |= {"timed": 1, "time_sum": tenths, "time_squares": tenths * tenths}
