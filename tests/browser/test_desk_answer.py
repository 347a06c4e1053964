"""The open answer on the desk in a real browser: it stays true, and nothing pulls it away."""

import contextlib

import pytest
from django.conf import settings
from playwright.sync_api import Error

from content.models import FaqEntry
from search.index import drain
from tests import factories

from .desk import focused

pytestmark = pytest.mark.browser


def test_a_change_to_the_open_entry_is_announced(desk):
    from playwright.sync_api import expect

    page = desk
    page.keyboard.type("opening hours")
    expect(page.locator("#answer")).to_contain_text("Nine to nine.")
    entry = FaqEntry.objects.get(title="Opening hours")
    entry.lead = "Eight to eight."
    entry.save_revision().publish()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#note")).to_contain_text("has changed")
    expect(page.locator("#answer")).to_contain_text("Eight to eight.")


def test_an_entry_that_is_taken_away_is_announced_and_may_not_be_sent_any_more(desk):
    from playwright.sync_api import expect

    page = desk
    page.keyboard.type("opening hours")
    expect(page.locator("#answer")).to_contain_text("Nine to nine.")
    FaqEntry.objects.get(title="Opening hours").unpublish()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#note")).to_contain_text("no longer published")
    expect(page.locator("#answer .desk-changed")).to_be_visible()
    assert focused(page) == "question"
    page.keyboard.press("Alt+s")
    expect(page.locator("#note")).to_have_text("This entry is no longer published.")


def test_the_focus_stays_in_the_answer_when_it_changes_under_a_reader(desk):
    from playwright.sync_api import expect

    page = desk
    page.keyboard.type("opening hours")
    expect(page.locator("#answer h2")).to_be_visible()
    page.get_by_role("link", name="Open the page").focus()
    entry = FaqEntry.objects.get(title="Opening hours")
    entry.lead = "Eight to eight."
    entry.save_revision().publish()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#answer")).to_contain_text("Eight to eight.")
    assert focused(page) == "answer"


def test_links_lead_to_places_of_the_answer_and_other_pages_open_beside_the_desk(desk):
    from playwright.sync_api import expect

    page = desk
    text = "\n\n".join(
        f"## {heading}\n\n{'Words of the handbook. ' * 60}"
        for heading in ("Answer", "Note", "退货 步骤", "Question")
    )
    link = "[steps](#h-退货-步骤) and [hours](/en/)"
    factories.article("The handbook", body=f"{link}\n\n{text}")
    drain.drain_all()
    page.keyboard.type("handbook")
    expect(page.locator("#answer h2").first).to_have_text("The handbook")
    page.locator("#answer .prose").get_by_role("link", name="steps").click()
    heading = page.get_by_role("heading", name="退货 步骤")
    expect(heading).to_be_in_viewport()
    assert heading.bounding_box()["y"] < 200
    with page.context.expect_page():
        page.locator("#answer .prose").get_by_role("link", name="hours").click()
    assert page.url.endswith("/desk/")


def test_a_late_reply_does_not_replace_a_newer_one(desk):
    from playwright.sync_api import expect

    page, late = desk, []

    def hold(route):
        late.append(route)

    page.route("**/desk/search?q=refund&*", hold)
    page.keyboard.type("refund")
    page.wait_for_timeout(200)
    page.locator("#question").fill("opening hours")
    expect(page.locator("#answer h2")).to_have_text("Opening hours")
    assert late
    for route in late:
        with contextlib.suppress(Error):  # The desk has given up what it no longer wants.
            route.continue_()
    page.wait_for_timeout(500)
    expect(page.locator("#answer h2")).to_have_text("Opening hours")


def test_who_is_signed_out_meanwhile_is_told(desk):
    from playwright.sync_api import expect

    page = desk
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.type("refund")
    expect(page.locator("#note")).to_contain_text("no longer signed in")
    assert focused(page) == "question"
