"""A site on PostgreSQL: migrated, laid out, imported into, and searched."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
URL = os.environ.get("POSTGRESQL_URL")
pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(not URL, reason="PostgreSQL is absent: POSTGRESQL_URL is not set"),
]


def test_an_imported_article_is_found(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": str(URL),
        "ELASTICSEARCH_URL": "",
        "VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
    }

    def manage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "kettle.md").write_text("# Descale the kettle\n\nUse vinegar.\n", encoding="utf-8")
    manage("migrate", "-v0")
    manage("seed_site")
    manage("import_articles", str(folder), "--locale", "en", "--category", "care")
    assert "1 unchanged" in manage(
        "import_articles", str(folder), "--locale", "en", "--category", "care"
    )
    answer = json.loads(manage("search", "descale kettle", "--locale", "en", "--json"))
    assert answer["hits"][0]["title"] == "Descale the kettle"
    manage("index_check")
