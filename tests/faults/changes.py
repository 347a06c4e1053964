"""One author: changes articles at random and writes down what each must look like afterwards.

Run as ``python -m tests.faults.changes NUMBER OF COUNT SEED LEDGER``: of so many authors this is
the one of that number; each has articles of his own, so that the last line of an article in the
ledger is the truth about it. A line is JSON: entry, word (stands in the title), before (words that
stood there), live, audience, seconds, error.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any, TextIO

#: Attempts at a change while the database is away.
PATIENCE = 60


def word(chance: random.Random) -> str:
    """A word that nobody else uses."""
    return "q" + "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(11))


class Author:
    """Makes changes one after another."""

    def __init__(self, number: int, of: int, seed: int, ledger: TextIO) -> None:
        from content.models import Article, Category

        self.chance = random.Random(f"{seed}-{number}")
        self.ledger = ledger
        self.shelves = list(Category.objects.filter(slug__startswith="shelf-").values_list("pk"))
        mine = Article.objects.filter(slug__startswith="restless-").order_by("pk")
        self.entries = [pk for pk in mine.values_list("pk", flat=True) if pk % of == number]
        self.known: dict[int, dict[str, Any]] = {}

    def change(self) -> None:
        """One change, tried again while the database is away; the engine may not matter."""
        from django.db import Error, close_old_connections

        entry = self.chance.choice(self.entries)
        kind = self.chance.choice(("edit", "edit", "publish", "unpublish", "move", "audience"))
        line = {"entry": entry, "kind": kind, "error": ""}
        started = time.monotonic()
        for _ in range(PATIENCE):
            started = time.monotonic()
            try:
                line |= getattr(self, kind)(entry)
                line["error"] = ""
                break
            except Error as error:
                line["error"] = f"{type(error).__module__}.{type(error).__name__}: {error}"
                close_old_connections()
                time.sleep(0.5)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
                line["error"] = f"{type(error).__module__}.{type(error).__name__}: {error}"
                break
        line["seconds"] = round(time.monotonic() - started, 3)
        self.ledger.write(json.dumps(line) + "\n")
        self.ledger.flush()

    def edit(self, pk: int) -> dict[str, Any]:
        """Another title."""
        page = self._page(pk)
        before = page.title.split()[-1]
        page.title = f"Restless {word(self.chance)}"
        page.save_revision().publish()
        return {**self._state(page), "before": before}

    def publish(self, pk: int) -> dict[str, Any]:
        """The same again."""
        page = self._page(pk)
        page.save_revision().publish()
        return self._state(page)

    def unpublish(self, pk: int) -> dict[str, Any]:
        """Out of sight."""
        page = self._page(pk)
        page.unpublish()
        return self._state(page)

    def audience(self, pk: int) -> dict[str, Any]:
        """For others."""
        page = self._page(pk)
        page.audience = self.chance.choice(("public", "customers", "agents", "internal"))
        page.save_revision().publish()
        return self._state(page)

    def move(self, pk: int) -> dict[str, Any]:
        """To another shelf."""
        from content.models import Category

        page = self._page(pk)
        [shelf] = self.chance.choice(self.shelves)
        if page.get_parent().pk != shelf:
            page.move(Category.objects.get(pk=shelf), pos="last-child")
        return self._state(page)

    @staticmethod
    def _page(pk: int) -> Any:
        from content.models import Article

        return Article.objects.get(pk=pk)

    @staticmethod
    def _state(page: Any) -> dict[str, Any]:
        from content.models import Article

        now = Article.objects.get(pk=page.pk)
        return {"word": now.title.split()[-1], "live": now.live, "audience": now.audience}


def main() -> None:
    """Change, until so many changes are made."""
    import django

    django.setup()
    number, of, count, seed = map(int, sys.argv[1:5])
    with Path(sys.argv[5]).open("a", encoding="utf-8") as ledger:
        author = Author(number, of, seed, ledger)
        for _ in range(count):
            author.change()


if __name__ == "__main__":
    main()
