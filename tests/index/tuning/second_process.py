"""Another process of the same site, asked over its standard input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.database import address

ROOT = Path(__file__).resolve().parents[3]
_PROCESS = """
import json, sys
import django
django.setup()
from content.audience import Audience
from search.index import tuning
from search.lookup.query import Query
from search.lookup.service import search
for line in sys.stdin:
    text, locale = json.loads(line)
    results = search(Query(text, Audience.PUBLIC, locale, channel="test"))
    found = tuning.current().expansions(text, locale, 0)
    tokens = [token.text for token in tuning.current().analyser.words(text)]
    print(json.dumps([[h.title for h in results.hits], [e.replacement for e in found], tokens]))
    sys.stdout.flush()
"""
Ask = Callable[..., list]


@contextmanager
def second_process(settings: Any) -> Iterator[Ask]:
    """A process that was started before what the test does; asked (text, locale), it answers with
    titles, synonyms and tokens."""
    environment = os.environ | {
        "DATABASE_URL": address(),
        "VAR_DIR": str(settings.INDEX_DIR.parent),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _PROCESS],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    stdin, stdout = process.stdin, process.stdout

    def ask(text: str, locale: str = "en") -> list:
        stdin.write(json.dumps([text, locale]) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())

    ask("anything")
    try:
        yield ask
    finally:
        stdin.close()
        process.wait(30)
        stdout.close()
