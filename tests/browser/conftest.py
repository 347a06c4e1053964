"""A real browser before a real server; skipped by name where there is no Chromium."""

from __future__ import annotations

import os
import shutil

import pytest
from django.core.cache import cache
from django.db import connection

from search.index import drain, generations
from tests import factories

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


@pytest.fixture(scope="package")
def chromium(django_db_setup):
    """One for all tests of this room that follow each other."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        begins_with = connection._test_serialized_contents
        with sync_playwright() as playwright:
            # While Playwright's loop runs, Django's connection is another one.
            connection._test_serialized_contents = begins_with
            opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield opened
            opened.close()
            connection.close()


@pytest.fixture
def browser(chromium):
    """A browser; contexts and pages are opened by the test."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def server(django_db_serialized_rollback, live_server, settings, tmp_path):
    """A running help centre with an index of its own; its address."""
    settings.INDEX_DIR = tmp_path / "index"
    settings.BASE_URL = live_server.url
    cache.clear()
    generations.forget()
    yield live_server.url
    generations.forget()


@pytest.fixture
def desk(server, browser):
    """The desk of a site with three entries, signed in to, with the clipboard readable."""
    note = [{"type": "markdown", "value": "Up to 150 you may decide."}]
    factories.faq(
        "How long does a refund take?",
        lead="Five working days.",
        body=[{"type": "agents_only", "value": note}],
    )
    factories.faq("Refund to another card", lead="It goes back to the card that paid.")
    factories.faq("Opening hours", lead="Nine to nine.")
    factories.user("anna", group="Agents")
    drain.drain_all()
    address = server.replace("localhost", "127.0.0.1")
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = context.new_page()
    page.goto(f"{address}/desk/")
    page.locator("#id_username").fill("anna")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/desk/")
    page.wait_for_function("document.activeElement.id === 'question'")
    yield page
    context.close()
