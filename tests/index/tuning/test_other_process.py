"""A change is in force in another, running process at its very next search."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.index.tuning.models import DictionaryWord, Pin, PinnedEntry, Synonym
from tests import factories as make
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


@pytest.fixture
def other(
    django_db_serialized_rollback, transactional_db, settings, index
) -> Iterator[Callable[[str, str], list]]:
    """Ask a second process: returns titles, synonyms and tokens."""
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

    yield ask
    stdin.close()
    process.wait(30)
    stdout.close()


def test_synonym_pin_and_word_are_in_force_in_another_process(other, index) -> None:
    router = make.article("Router lights", body="What they mean.")
    course = make.article("云课堂登录", code="zh-hans", body="云课堂")
    index.drain()
    assert other("wifi")[:2] == [[], []]
    assert "云课堂" not in other("云课堂", "zh-hans")[2]

    pin = Pin.objects.create(query="wifi")
    PinnedEntry.objects.create(pin=pin, entry=router)
    assert other("wifi")[0] == [router.title]
    pin.delete()
    assert other("wifi")[0] == []

    synonym = Synonym.objects.create(words="wifi", synonyms="wireless")
    assert other("wifi")[1] == ["wireless"]
    synonym.delete()
    assert other("wifi")[1] == []

    DictionaryWord.objects.create(word="云课堂")
    assert "云课堂" in other("云课堂", "zh-hans")[2]
    index.drain()
    assert other("云课堂", "zh-hans")[0] == [course.title]
