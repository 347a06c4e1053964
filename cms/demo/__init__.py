"""The demonstration: a small invented company, its help pages, and thirty days of its customers.

Everything made here can be told from what others made, so that one command removes it.
"""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from content.models import Entry
from search.journeys.models import JourneySettings

#: Texts of the demonstration: a folder for each language, and lists in YAML.
CONTENT = Path(__file__).parent / "content"
#: Beginning of the source names of its pages, and of the ids of its visitors.
SOURCE, CLIENT = "demonstration:", "demo-"
#: End of the addresses of its users.
ADDRESS = "@demo.invalid"
DAYS = 30


def entries() -> QuerySet[Entry]:
    """The pages of the demonstration, however they have been edited since."""
    return Entry.objects.filter(imported_source__source__startswith=SOURCE)


def is_complete() -> bool:
    """Whether everything is there."""
    settings = JourneySettings.objects.first()
    return bool(settings and settings.demonstration)


def is_begun() -> bool:
    """Whether somebody began to make it (its users come first)."""
    users = get_user_model().objects.filter(email__endswith=ADDRESS)
    return users.exists() or entries().exists()
