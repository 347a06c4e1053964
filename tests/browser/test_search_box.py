"""The search box in a real browser: keys, suggestions, input methods, recent searches."""

import contextlib

import pytest
from playwright.sync_api import Error

from tests.themes.building import small_site

pytestmark = pytest.mark.browser


def test_escape_closes_suggestions_and_keeps_the_focus(server, browser):
    small_site()
    page = browser.new_context().new_page()
    page.goto(f"{server}/en/")
    page.keyboard.press("/")
    page.keyboard.type("refund")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert page.evaluate("document.activeElement.name") == "q"
    assert page.evaluate("document.activeElement.value") == "refund"


def test_recent_searches_stay_in_the_browser(server, browser):
    small_site()
    page = browser.new_context().new_page()
    page.goto(f"{server}/en/")
    page.keyboard.press("/")
    page.keyboard.type("kettle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.goto(f"{server}/en/")
    page.keyboard.press("/")
    page.get_by_role("option", name="kettle").wait_for()


def test_a_composition_is_not_searched_until_it_ends(server, browser):
    small_site()
    page = browser.new_context().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else 0)
    page.goto(f"{server}/zh-hans/")
    box = page.get_by_role("combobox")
    box.focus()
    box.dispatch_event("compositionstart")
    box.evaluate(
        "e => { e.value = 'tui kuan'; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    page.wait_for_timeout(200)
    assert asked == []
    box.evaluate("e => { e.value = '退款'; }")
    box.dispatch_event("compositionend")
    page.get_by_role("option").first.wait_for()
    assert len(asked) == 1


def test_an_input_method_composes_without_being_searched(server, browser):
    small_site()
    page = browser.new_context().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else 0)
    page.goto(f"{server}/zh-hans/")
    page.keyboard.press("/")
    keyboard = page.context.new_cdp_session(page)
    for typed in ("t", "tui", "tui'kuan"):
        end = len(typed)
        text = {"text": typed, "selectionStart": end, "selectionEnd": end}
        keyboard.send("Input.imeSetComposition", text)
    page.wait_for_timeout(300)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "退款"})
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("combobox").input_value() == "退款"


def test_a_late_reply_does_not_replace_a_newer_one(server, browser):
    small_site()
    page, late = browser.new_context().new_page(), []
    page.goto(f"{server}/en/")

    def hold(route):
        late.append(route)

    page.route("**/suggest?q=ret&*", hold)
    page.keyboard.press("/")
    page.keyboard.type("ret")
    page.wait_for_timeout(300)
    assert late
    page.keyboard.press("Control+a")
    page.keyboard.type("kettle")
    page.get_by_role("option", name="Set up the kettle").first.wait_for()
    for route in late:
        with contextlib.suppress(Error):  # The page has given up what it no longer wants.
            route.continue_()
    page.wait_for_timeout(500)
    assert "kettle" in page.get_by_role("listbox").inner_text()


def test_the_keys_lead_into_the_box_from_anywhere_but_another_field(server, browser):
    site = small_site()
    page = browser.new_context().new_page()
    page.goto(server + site.article.get_url())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.goto(f"{server}/en/contact/")
    page.get_by_label("Your message").focus()
    page.keyboard.type("and/or")
    assert page.get_by_label("Your message").input_value() == "and/or"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"


def test_recent_searches_can_be_cleared_and_leave_the_browser_never(server, browser):
    small_site()
    page, sent = browser.new_context().new_page(), []
    page.goto(f"{server}/en/")
    page.keyboard.press("/")
    page.keyboard.type("kettle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.goto(f"{server}/en/")
    page.keyboard.press("/")
    page.get_by_role("option", name="kettle").wait_for()
    assert not [each for each in sent if "kettle" in each]
    assert "kettle" not in str(page.context.cookies())
    page.get_by_role("option").last.click()
    assert page.evaluate("Object.keys(localStorage)") == []
