"""The loop in a real browser: search, fail, gap, draft, publish, found, closed, reopened."""

import re

import pytest
from playwright.sync_api import Page, expect

from search.insights import schedule
from tests import factories
from tests.themes.building import small_site

pytestmark = pytest.mark.browser

ASKED = "vinyl gramophone needles"
ANSWER = "We sell needles for every gramophone."


@pytest.fixture
def site(server, settings):
    """A small help centre that tells the engine at once; a reviewer; its address."""
    settings.INDEX_DRAIN = "inline"
    built = small_site()
    factories.user("rosa", group="Reviewers", is_superuser=True, is_staff=True)
    built.address = server
    return built


def test_a_failed_search_comes_back_to_the_writers_and_stays_until_it_succeeds(site, browser):
    customer = browser.new_context(locale="en").new_page()
    writer = browser.new_context(locale="en", viewport={"width": 1440, "height": 1000}).new_page()
    _search(customer, site.address)
    expect(customer.get_by_text(ANSWER)).to_have_count(0)

    _sign_in(writer, site.address)
    _open_gap(writer, site.address)
    expect(writer.locator("dl")).to_contain_text("Open")
    writer.get_by_role("button", name="Write the answer").click()
    writer.wait_for_url("**/edit/**")
    draft = writer.url
    expect(writer.locator("[name=title]")).to_have_value(ASKED)
    evidence = writer.locator("[data-side-panel=evidence]")
    expect(evidence).to_be_visible()
    expect(evidence).to_contain_text(ASKED)

    writer.locator("[name=lead]").fill(ANSWER)
    _press(writer, "action-publish")
    expect(writer.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()

    _search(customer, site.address)
    expect(customer.get_by_text(ANSWER).first).to_be_visible()
    _open_gap(writer, site.address)
    expect(writer.locator("dl")).to_contain_text("Closed")

    writer.goto(draft.replace("/edit/", "/unpublish/"))
    writer.get_by_role("button", name=re.compile("unpublish", re.IGNORECASE)).click()
    _search(customer, site.address)
    expect(customer.get_by_text(ANSWER)).to_have_count(0)
    _run_daily_replay()
    _open_gap(writer, site.address)
    expect(writer.locator("dl")).not_to_contain_text("Closed")


def _search(page: Page, address: str) -> None:
    page.goto(f"{address}/en/")
    box = page.get_by_role("combobox").first
    box.fill(ASKED)
    box.press("Enter")
    page.wait_for_url("**/search/**")


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/admin/login/")
    page.locator("[name=username]").fill("rosa")
    page.locator("[name=password]").fill("secret")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")


def _open_gap(page: Page, address: str) -> None:
    page.goto(
        f"{address}/admin/insights/gaps/?state=open&state=in_work&state=verifying&state=closed"
    )
    page.get_by_role("link", name=ASKED).first.click()
    page.wait_for_url(re.compile(r"/gaps/\d+/$"))


def _press(page: Page, action: str) -> None:
    """Choose an action of the editor, which may stand in the menu beside the first one."""
    button = page.locator(f"button[name={action}]").first
    if not button.is_visible():
        page.locator("footer .w-dropdown-button [data-w-dropdown-target=toggle]").first.click()
    button.click()


def _run_daily_replay() -> None:
    """What the worker does each day."""
    for job in schedule.SCHEDULE:
        if "replay" in job[0]:
            job[2]()
