"""The desk in a real browser, by keyboard alone."""

import pytest
from django.conf import settings

from content.models import FaqEntry
from search.index import drain
from search.insights.models import Gap
from search.journeys.models import Event
from tests import factories

pytestmark = pytest.mark.browser


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


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def chosen(page):
    return page.locator("[role=option][aria-selected=true]")


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_a_whole_call_by_keyboard_alone(desk):
    from playwright.sync_api import expect

    page = desk
    assert focused(page) == "question"

    page.keyboard.type("refund take")
    expect(chosen(page)).to_contain_text("How long does a refund take?")
    expect(page.locator("#answer")).to_contain_text("Five working days.")
    expect(page.locator("#answer .z-agents-only")).to_contain_text("Up to 150 you may decide.")
    expect(page.locator("#said")).to_contain_text("How long does a refund take?")
    assert focused(page) == "question"

    page.keyboard.press("Alt+c")
    expect(page.locator("#note")).to_contain_text("Answer copied")
    copied = clipboard(page)
    assert "Five working days." in copied
    assert "/en/" in copied
    assert "150" not in copied
    page.keyboard.press("Alt+l")
    expect(page.locator("#note")).to_contain_text("Link copied")
    assert clipboard(page).startswith("http://127.0.0.1")

    page.keyboard.press("Escape")
    page.keyboard.type("refund")
    expect(page.locator("[role=option]")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    second = chosen(page).inner_text()
    expect(page.locator("#answer h2")).to_have_text(second.splitlines()[0])
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'answer'")
    page.keyboard.press("Alt+s")
    expect(page.locator("#note")).to_contain_text("used, solved")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.id === 'question'")

    page.keyboard.press("Escape")
    page.keyboard.type("trade in an old kettle")
    page.keyboard.press("Alt+n")
    expect(page.locator("#note")).to_contain_text("not found")
    assert focused(page) == "question"

    actions = set(Event.objects.values_list("action_name", flat=True))
    assert {"copy", "click", "read", "used_solved", "not_found"} <= actions
    assert Gap.objects.get(flagged=1).question == "trade in an old kettle"


def test_typing_anywhere_goes_into_the_box(desk):
    page = desk
    page.keyboard.type("opening")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'answer'")
    page.keyboard.type("!")
    assert focused(page) == "question"
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    assert focused(page) == "question"


def test_the_caller_s_language_is_chosen_by_a_key_and_remembered(desk):
    page = desk
    page.keyboard.press("Alt+2")
    assert page.locator("#locale").input_value() == "zh-hans"
    assert focused(page) == "question"
    page.reload()
    assert page.locator("#locale").input_value() == "zh-hans"


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_desk_has_no_barriers_that_axe_knows(desk, scheme, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import expect

    page = desk
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for question in ("", "refund", "nothing of the kind"):
        page.locator("#question").fill(question)
        if question == "refund":
            expect(page.locator("#answer h2")).to_be_visible()
        else:
            page.wait_for_timeout(300)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_fetched_from_other_hosts(desk):
    hosts = desk.evaluate(
        "performance.getEntriesByType('resource').map(entry => new URL(entry.name).hostname)"
    )
    assert set(hosts) <= {"127.0.0.1", "localhost"}
    assert settings.STATIC_URL
