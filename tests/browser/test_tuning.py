"""Synonym, dictionary word and pin, made by a writer in a browser: the effect that is shown before
saving is what another, running process finds right after."""

from __future__ import annotations

import pytest

from search.index import drain
from search.index.tuning.models import DictionaryWord, Pin, Synonym
from tests import factories as make
from tests.index.tuning.second_process import second_process
from tests.lookup.tuning.test_effect import searched

pytestmark = pytest.mark.browser
WAIT = 30_000


def sign_in(browser, server):
    make.user("writer", group="Writers")
    page = browser.new_context(locale="en").new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{server}/admin/login/")
    page.fill("[name=username]", "writer")
    page.fill("[name=password]", "secret")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def foreseen(page) -> dict[str, list[str]]:
    """Search → titles that will be found, as the page shows them."""
    page.wait_for_selector("#effect")
    return {
        row.query_selector("th span").inner_text(): [
            title.inner_text() for title in row.query_selector_all("td:nth-of-type(2) li > [lang]")
        ]
        for row in page.query_selector_all("#effect tbody tr")
    }


def submit(page) -> None:
    page.click("footer button[type=submit]")


def test_tuned_in_a_browser_and_found_elsewhere_as_foreseen(browser, server, settings) -> None:
    router = make.article("Router lights", body="What the lights mean.")
    course = make.article("云课堂怎么登录", code="zh-hans", body="登录云课堂")
    make.article("课堂纪律", code="zh-hans", body="课堂上的云")
    drain.drain_all()
    for text, locale in (("wifi", "en"), ("zebra", "en"), ("云", "zh-hans")):
        searched(text, 2, locale=locale)
    page = sign_in(browser, server)
    with second_process(settings) as other:
        # A synonym.
        page.goto(f"{server}/admin/tuning/synonyms/new/")
        page.fill("[name=words]", "wifi")
        page.fill("[name=synonyms]", "router lights")
        submit(page)
        assert foreseen(page) == {"wifi": [router.title]}
        assert other("wifi")[0] == []
        submit(page)
        page.wait_for_url("**/tuning/synonyms/")
        assert other("wifi")[0] == [router.title]
        assert Synonym.objects.get().words == "wifi"

        # A pin, with the entry taken from Wagtail's chooser.
        page.goto(f"{server}/admin/tuning/pins/new/")
        page.fill("[name=query]", "zebra")
        page.click("text=Choose a page")
        page.fill("#id_q", "Router")
        page.click(".page-results a.choose-page:has-text('Router lights')")
        page.wait_for_selector(".chooser__title:has-text('Router lights')")
        submit(page)
        assert foreseen(page) == {"zebra": [router.title]}
        assert other("zebra")[0] == []
        submit(page)
        page.wait_for_url("**/tuning/pins/")
        assert other("zebra")[0] == [router.title]
        assert Pin.objects.get().entries.get().entry_id == router.pk

        # A dictionary word; the worker drains what it promises.
        page.goto(f"{server}/admin/tuning/dictionary/new/")
        page.fill("[name=word]", "云课堂")
        submit(page)
        shown = foreseen(page)
        assert "1 article has the word" in page.inner_text("#effect")
        submit(page)
        page.wait_for_url("**/tuning/dictionary/")
        assert "1 still to be indexed again" in page.inner_text("table")
        drain.drain_all()
        for text, titles in shown.items():
            assert other(text, "zh-hans")[0][: len(titles)] == titles
        assert other("云课堂", "zh-hans")[0][0] == course.title
        page.wait_for_selector("[data-progress]", state="detached")
        assert DictionaryWord.objects.get().articles == 1
