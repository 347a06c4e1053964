"""``serve``, behind ``make run``: one command, and nothing of it left when it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from cms.management.commands import serve
from cms.new_site import FRONT, is_laid
from content.models import Entry, FrontPage
from tests.database import address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def family(pid: int) -> set[int]:
    """The process and all below it, as Linux tells."""
    found, waiting = set(), [pid]
    while waiting:
        one = waiting.pop()
        found.add(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text().split()]
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc of Linux")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_web_server_and_worker_without_orphans(number):
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            *f"serve --empty --port {port}".split(),
        ],
        env={**os.environ, "DATABASE_URL": address()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        lines = iter(process.stdout.readline, "")
        assert any(line.startswith("Worker ") for line in lines)
        # The socket is open before the web server: whoever comes early waits, and is served.
        assert urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20).read() == b"ok\n"
        members = family(process.pid)
        assert len(members) >= 4  # itself, gunicorn and one or two of its workers, ours
        process.send_signal(number)
        assert process.wait(15) == 0
        deadline = time.monotonic() + 5
        while any(map(is_running, members)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [pid for pid in members if is_running(pid)] == []
    finally:
        process.kill()
        process.stdout.close()


def test_what_processes_share_is_loaded_and_left_alone_by_the_collector(tmp_path):
    loaded = {"search.lookup.views", "pypinyin", "elasticsearch"}
    says = f"print(gc.get_freeze_count(), *({loaded} - sys.modules.keys()))"
    command = [sys.executable, "-c", f"import cms.wsgi, gc, sys; {says}"]
    given = {"DJANGO_SETTINGS_MODULE": "cms.settings.development", "VAR_DIR": str(tmp_path)}
    env = {**os.environ, **given, "ELASTICSEARCH_URL": "http://127.0.0.1:1"}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, check=True
    )
    frozen, *lacking = done.stdout.split()
    assert int(frozen) > 100_000
    assert lacking == []


@pytest.mark.django_db
def test_a_port_in_use_is_said_before_anything_is_done(monkeypatch):
    monkeypatch.setattr(serve.Command, "prepare", lambda *_: pytest.fail("must not begin"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is in use.*make run PORT="):
            call_command("serve", port=port)
    with pytest.raises(CommandError, match="Port 99999 cannot be used"):
        call_command("serve", port=99999)


@pytest.mark.django_db
@pytest.mark.parametrize("empty", [True, False])
def test_a_site_that_began_with_an_import_gets_its_ground_and_an_administrator(
    empty, monkeypatch, settings, tmp_path, index
):
    settings.VAR_DIR = tmp_path
    Page.objects.filter(depth__gt=1).delete()
    Page.fix_tree()
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    (tmp_path / "a.md").write_text("# A")
    call_command("import_articles", tmp_path, locale="en", category="help")
    filled = []
    monkeypatch.setattr(serve.Command, "fill", lambda _, name: filled.append(name) or call(name))
    call = call_command
    assert not is_laid()
    for _again in range(2):
        serve.Command().prepare(empty=empty)
        assert filled == ["seed_site"]
    fronts = FrontPage.objects.order_by("locale__language_code")
    assert [(p.title, p.greeting) for p in fronts] == [FRONT[c] for c in sorted(FRONT)]
    assert len({p.translation_key for p in fronts}) == 1
    assert get_user_model().objects.get().is_superuser
    assert not Page.objects.filter(slug="home").exists()
    assert Entry.objects.get().get_url() == "/en/help/a/"
