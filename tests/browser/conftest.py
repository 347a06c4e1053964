"""A real browser before a real server; skipped by name where there is no Chromium."""

from __future__ import annotations

import os
import shutil

import pytest
from django.core.cache import cache

from search.index import generations

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def browser(monkeypatch):
    """A browser; contexts and pages are opened by the test."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def server(django_db_serialized_rollback, live_server, settings, tmp_path):
    """A running help centre with an index of its own; its address."""
    settings.INDEX_DIR = tmp_path / "index"
    settings.BASE_URL = live_server.url
    cache.clear()
    generations.forget()
    yield live_server.url
    generations.forget()
