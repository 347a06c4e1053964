"""What stands on the site before anything fails: shelves, still articles and restless ones.

Run as ``python -m tests.faults.ground``.
"""

from __future__ import annotations

import random

from .changes import word

SHELVES, STILL, RESTLESS = 4, 20, 120
AUDIENCES = ("public", "customers", "agents", "internal")
#: Stands in every still article, which must be found at every moment.
WORD = "lighthouse"


def main() -> None:
    """Migrate and fill an empty database, and have the index know all of it."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from cms.new_site import lay_ground
    from content.models import Article, Category, FrontPage
    from search.index import drain, standby

    lay_ground()
    front = FrontPage.objects.filter(locale__language_code="en").get()
    shelves = [
        front.add_child(instance=Category(title=f"Shelf {n}", slug=f"shelf-{n}"))
        for n in range(SHELVES)
    ]
    if standby.is_wanted():
        standby.follow()
    chance = random.Random(1)
    for number in range(STILL + RESTLESS):
        still = number < STILL
        page = Article(
            title=f"Still {number} {WORD}" if still else f"Restless {word(chance)}",
            slug=f"{'still' if still else 'restless'}-{number}",
            body=[{"type": "markdown", "value": "A text that does not matter."}],
            audience="public" if still else chance.choice(AUDIENCES),
        )
        shelves[number % SHELVES].add_child(instance=page)
        page.save_revision().publish()
    drain.drain_all()
    if standby.is_wanted():
        standby.follow()


if __name__ == "__main__":
    main()
