"""P6: importing Markdown, everything included, against a plain loop of single pages.

``python -m tests.bench.p6_import --size 10000 [--corpora FOLDER]``. The corpora (tar.gz files or
folders of Markdown) are repeated until there are ``size`` files; the folder is named by the
environment variable ZHIDA_CORPORA or the option. Import and loop run one after the other, each in
processes of its own on a fresh database. Times are wall-clock, from the start of the command to the
last entry in the search index.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

LOOP = 300


def corpus_files(corpora: Path, scratch: Path) -> list[Path]:
    """Every Markdown file of the corpora, archives unpacked into ``scratch``."""
    for archive in sorted(corpora.glob("*.tar.gz")):
        with tarfile.open(archive) as tar:
            tar.extractall(scratch / archive.name.split(".")[0], filter="data")
    found = [*scratch.rglob("*.md"), *corpora.rglob("*.md")]
    return sorted(p for p in found if p.is_file())


def lay_out(files: list[Path], size: int, target: Path) -> None:
    """Copy ``files`` round after round until there are ``size``."""
    for number in range(size):
        source = files[number % len(files)]
        path = target / f"round-{number // len(files)}" / f"{number % len(files)}-{source.name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())


def run(size: int = 10_000, corpora: str | None = None) -> dict[str, Any]:
    """Measure; the figures, or ``skipped`` with the reason."""
    where = corpora or os.environ.get("ZHIDA_CORPORA", "")
    if not where or not Path(where).is_dir():
        return {"name": "p6", "skipped": "no corpora: set ZHIDA_CORPORA to their folder"}
    with tempfile.TemporaryDirectory(prefix="p6-") as name:
        scratch = Path(name)
        files = corpus_files(Path(where), scratch / "unpacked")
        if not files:
            return {"name": "p6", "skipped": f"no Markdown in {where}"}
        lay_out(files, size, scratch / "docs")
        load = os.getloadavg()[0]
        loop = _inner(scratch, "loop")
        whole = _inner(scratch, "import")
    import_ms = whole["seconds"] * 1000 / size
    loop_ms = loop["seconds"] * 1000 / loop["pages"]
    return {
        "name": "p6",
        "files": size,
        "distinct_files": min(size, len(files)),
        "import_ms_a_page": round(import_ms, 2),
        "loop_ms_a_page": round(loop_ms, 2),
        "loop_pages": loop["pages"],
        "times_as_fast": round(loop_ms / import_ms, 2),
        "indexed": whole["indexed"],
        "find_problems_empty": whole["sound"],
        "load_before": round(load, 2),
        "cores": os.cpu_count(),
    }


def _inner(scratch: Path, part: str) -> dict[str, Any]:
    var = scratch / f"var-{part}"
    var.mkdir()
    env = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "cms.settings.development"}
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
    command = [sys.executable, "-m", "tests.bench.p6_import", "--part", part, str(scratch / "docs")]
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _import(docs: Path) -> dict[str, Any]:
    start = time.perf_counter()
    command = [sys.executable, "manage.py", "import_articles", str(docs)]
    subprocess.run(
        [*command, "--locale", "en", "--category", "bench"], check=True, capture_output=True
    )
    import django

    django.setup()
    from wagtail.models import Page

    from search.index import drain
    from search.index.models import IndexedDocument

    drain.drain_all()
    seconds = time.perf_counter() - start
    sound = not any(Page.find_problems())
    return {"seconds": seconds, "indexed": IndexedDocument.objects.count(), "sound": sound}


def _loop(docs: Path) -> dict[str, Any]:
    """``add_child``, revision, publish, convert, index: page after page."""
    import django

    django.setup()
    from django.conf import settings

    settings.INDEX_DRAIN = "off"
    from content.importing.places import Places
    from content.models import Article
    from content.rendering.kept import html_of
    from search.index import drain

    shelf = Places().category("en", "bench")
    files = sorted((docs / "round-0").iterdir())
    chosen = files[:: max(1, len(files) // LOOP)][:LOOP]
    start = time.perf_counter()
    for number, path in enumerate(chosen):
        text = path.read_text("utf-8", "replace")
        page = Article(title=path.stem[:255], slug=f"p-{number}", locale=shelf.locale)
        page.body = [{"type": "markdown", "value": text}]
        shelf.add_child(instance=page)
        page.save_revision().publish()
        html_of([text])
        drain.drain_all()
    return {"seconds": time.perf_counter() - start, "pages": len(chosen)}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--corpora")
    parser.add_argument("--part", choices=("import", "loop"))
    parser.add_argument("docs", nargs="?", type=Path)
    given = parser.parse_args()
    if given.part:
        print(json.dumps((_import if given.part == "import" else _loop)(given.docs)))
    else:
        print(json.dumps(run(given.size, given.corpora), indent=1))


if __name__ == "__main__":
    main()
