"""The plain project in a process of its own: ``fill SIZE``, ``pages NUMBER`` or ``ask``.

``pages`` prints ``[{id, path, title}]`` of the first English articles as JSON. ``ask`` reads lines
of JSON ``[text, locale]`` and answers each with ``{seconds, titles}``, or ``{error}``.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django


def _ask() -> None:
    from django.db import Error

    from .search import search

    for line in sys.stdin:
        text, locale = json.loads(line)
        started = time.perf_counter()
        try:
            found = search(text, locale)
        except Error as error:
            print(json.dumps({"error": str(error)}), flush=True)
            continue
        seconds = time.perf_counter() - started
        print(json.dumps({"seconds": seconds, "titles": [p.title for p in found]}), flush=True)


def _pages(number: int) -> None:
    from .models import Article

    first = Article.objects.filter(locale__language_code="en").order_by("pk")[:number]
    print(json.dumps([{"id": p.pk, "path": p.get_url(), "title": p.title} for p in first]))


def main(command: str, number: str = "0") -> None:
    """Do what is asked."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.plain.settings"
    django.setup()
    if command == "fill":
        from .filling import fill

        fill(int(number))
    elif command == "pages":
        _pages(int(number))
    else:
        _ask()


if __name__ == "__main__":
    main(*sys.argv[1:])
