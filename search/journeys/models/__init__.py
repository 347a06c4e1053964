"""Searches, events, votes, contacts, and the settings they obey. Names follow UBI."""

from .changes import ChangedHour
from .contacts import Contact
from .events import Event, Vote
from .ratings import SCALES, Measure, Rating
from .searches import Search, VisitorKinds
from .settings import JourneySettings

__all__ = [
    "SCALES",
    "ChangedHour",
    "Contact",
    "Event",
    "JourneySettings",
    "Measure",
    "Rating",
    "Search",
    "VisitorKinds",
    "Vote",
]
