"""Who came in the last thirty days and what for: chance, but the same chance every time."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from . import CLIENT, DAYS

SEED = 7301
CUSTOMERS, AGENTS, STAFF, ROBOTS = 1300, 150, 30, 60
#: By the hour of the day: nobody at night, most in the morning and evening.
HOURS = (1, 0, 0, 0, 0, 1, 2, 4, 7, 9, 10, 9, 7, 7, 8, 8, 7, 7, 8, 10, 10, 8, 5, 2)
#: What more and more people ask, and so deserves to be seen.
RISING = frozenset({"trade-in", "voice-assistant"})


@dataclass(frozen=True, slots=True)
class Visit:
    """One person with one question. ``opens`` names the page that answers it, "" where none does.

    ``wordings`` are tried one after the other until one succeeds.
    """

    at: datetime
    client: str
    kind: Literal["customer", "agent", "staff", "robot"]
    locale: str
    wordings: tuple[str, ...]
    opens: str = ""
    topic: str = ""


def visits(asked: dict[str, Any], now: datetime) -> list[Visit]:
    """Everybody's visits, oldest first. ``asked`` is searches.yaml."""
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    questions = _questions(asked)
    weights = [weight for _, weight in questions]
    kinds = [("customer", CUSTOMERS), ("agent", AGENTS), ("staff", STAFF), ("robot", ROBOTS)]
    made = []
    for kind, number in kinds:
        regulars = [f"{CLIENT}{kind}-{n:05d}" for n in range(1, max(4, int(number * 0.7)))]
        for question, _ in chance.choices(questions, weights, k=number):
            made.append(_visit(chance, now, kind, chance.choice(regulars), question))
    return sorted(made, key=lambda visit: visit.at)


def moment(chance: random.Random, now: datetime, rising: bool = False) -> datetime:
    """A time in the last thirty days, in the hours in which people are awake, before ``now``."""
    days = DAYS * (chance.random() ** 2.2 if rising else chance.random())
    day = (now - timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    hour = chance.choices(range(24), HOURS)[0]
    at = day.replace(hour=hour) + timedelta(seconds=chance.randrange(3600))
    return at if at < now - timedelta(minutes=45) else at - timedelta(days=1)


def _questions(asked: dict[str, Any]) -> list[tuple[dict[str, Any], int]]:
    found = [(row, row["weight"]) for row in asked["found"]]
    missing = [
        ({**wording, "topic": topic["topic"], "others": _others(topic, wording)}, wording["weight"])
        for topic in asked["missing"]
        for wording in topic["wordings"]
    ]
    return found + missing


def _others(topic: dict[str, Any], wording: dict[str, Any]) -> list[str]:
    same = [w["q"] for w in topic["wordings"] if w["locale"] == wording["locale"]]
    return [q for q in same if q != wording["q"]]


def _visit(
    chance: random.Random, now: datetime, kind: Any, client: str, question: dict[str, Any]
) -> Visit:
    topic = question.get("topic", "")
    wordings = [question["q"]]
    if question.get("others") and chance.random() < 0.4:
        wordings.append(chance.choice(question["others"]))
    return Visit(
        at=moment(chance, now, rising=topic in RISING),
        client=client,
        kind=kind,
        locale=question["locale"],
        wordings=tuple(wordings),
        opens=question.get("opens", ""),
        topic=topic,
    )
