"""Searches, events, votes, contacts, and the settings they obey. Names follow UBI."""

from .contacts import Contact
from .events import Event, Vote
from .searches import Search, VisitorKinds
from .settings import JourneySettings

__all__ = ["Contact", "Event", "JourneySettings", "Search", "VisitorKinds", "Vote"]
