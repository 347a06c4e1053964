"""An entry there is, chosen on a gap's page in a real browser, closes the gap."""

import pytest
from playwright.sync_api import expect

from search.index import drain
from search.insights.models import Gap, State
from tests import factories
from tests.browser.barriers import barriers
from tests.journeys.making import search

pytestmark = pytest.mark.browser


@pytest.fixture
def gap_page(server, browser):
    """The page of a gap that an entry answers, which nobody has told; a writer is signed in."""
    factories.faq("Sending back old kettles", lead="We take them.", phrasings=["trade in kettle"])
    drain.drain_all()
    search("trade in a kettle", total=0)
    factories.user("rosa", group="Reviewers", is_superuser=True)
    page = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{server}/admin/insights/gaps/{Gap.objects.get().pk}/")
    page.locator("#id_username").fill("rosa")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/insights/gaps/*/")
    return page


def test_an_entry_there_is_is_chosen_and_closes_the_gap(gap_page):
    page = gap_page
    page.get_by_role("button", name="Choose a page").click()
    chooser = page.locator(".modal-body")
    chooser.get_by_role("searchbox").or_(chooser.locator("input[name=q]")).first.fill("Sending")
    chooser.get_by_role("link", name="Sending back old kettles").click()
    expect(page.locator(".insights-actions").last).to_contain_text("Sending back old kettles")
    assert barriers(page) == []
    page.get_by_role("button", name="This entry answers it").click()
    expect(page.locator(".messages")).to_contain_text("the gap is closed")
    expect(page.locator("dl")).to_contain_text("Closed")
    expect(page.get_by_text("1 of 1 searches found the answer")).to_be_visible()
    assert barriers(page) == []
    assert Gap.objects.get().state == State.CLOSED


def test_without_an_entry_the_writer_is_told_what_to_do(gap_page):
    page = gap_page
    page.get_by_role("button", name="This entry answers it").click()
    expect(page.locator(".messages")).to_contain_text("Choose the entry first.")
    assert Gap.objects.get().state == State.OPEN
