"""The desk in a real browser, by keyboard alone."""

import pytest
from django.conf import settings

from search.index import drain
from search.insights.models import Gap
from search.journeys.models import Event
from tests import factories

from .desk import chosen, clipboard, focused

pytestmark = pytest.mark.browser


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


def test_every_key_is_shown_and_does_the_same_by_mouse(desk):
    from playwright.sync_api import expect

    page = desk
    shown = page.locator(".desk-keys").inner_text()
    for key in ("/", "Esc", "↑", "↓", "Enter", "Alt C", "Alt L", "Alt S", "Alt U", "Alt N"):
        assert key in shown
    page.get_by_role("button", name="used, solved").click()
    expect(page.locator("#note")).to_have_text("Choose an answer first.")
    assert focused(page) == "question"
    page.keyboard.type("opening hours")
    page.get_by_role("button", name="used, not solved").click()
    expect(page.locator("#note")).to_contain_text("used, not solved")
    page.get_by_role("button", name="copy answer").click()
    expect(page.locator("#note")).to_contain_text("Answer copied")
    assert clipboard(page).startswith("Opening hours\n\nNine to nine.\n\nhttp://127.0.0.1")
    assert focused(page) == "question"


def test_the_desk_answers_without_a_script(desk, browser):
    cookies = desk.context.cookies()
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(desk.url)
    page.locator("#question").fill("opening")
    page.keyboard.press("Enter")
    page.get_by_role("option", name="Opening hours").click()
    assert page.locator("h1").inner_text() == "Opening hours"
    context.close()


def test_the_desk_in_chinese_by_an_input_method(desk, browser):
    from playwright.sync_api import expect

    note = [{"type": "markdown", "value": "150元以内可自行决定。"}]
    factories.faq(
        "退款多久到账？",
        code="zh-hans",
        slug="tuikuan",
        lead="五个工作日。",
        body=[{"type": "agents_only", "value": note}],
    )
    factories.faq(
        "客服退款权限", code="zh-hans", slug="quanxian", lead="问主管。", audience="agents"
    )
    drain.drain_all()
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    context.add_cookies(desk.context.cookies())
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.url[:-6])
    page, asked = context.new_page(), []
    page.on("request", lambda r: asked.append(r.url) if "/desk/search" in r.url else None)
    page.goto(desk.url)
    page.wait_for_function("document.activeElement.id === 'question'")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator("#locale").input_value() == "zh-hans"
    assert "复制答案" in page.locator(".desk-keys").inner_text()

    keyboard = context.new_cdp_session(page)
    for typed in ("t", "tui", "tui'kuan"):
        end = len(typed)
        text = {"text": typed, "selectionStart": end, "selectionEnd": end}
        keyboard.send("Input.imeSetComposition", text)
    page.wait_for_timeout(300)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "退款多久"})
    expect(chosen(page)).to_contain_text("退款多久到账？")
    expect(page.locator("#answer .z-agents-only")).to_contain_text("150元以内")
    page.keyboard.press("Alt+c")
    expect(page.locator("#note")).to_contain_text("已复制")
    copied = clipboard(page)
    assert "五个工作日。" in copied
    assert "/zh-hans/" in copied
    assert "150" not in copied

    page.locator("#question").fill("客服退款权限")
    expect(page.locator("#answer h2")).to_have_text("客服退款权限")
    expect(page.locator("#answer .desk-warning")).to_be_visible()
    page.keyboard.press("Alt+c")
    expect(page.locator("#note")).to_contain_text("请勿转给他人")
    page.locator("#question").fill("以旧换新")
    page.keyboard.press("Alt+n")
    expect(page.locator("#note")).to_contain_text("编写人员会看到")
    assert Gap.objects.get(flagged=1).question == "以旧换新"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_desk_has_no_barriers_that_axe_knows(desk, scheme, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import expect

    page = desk
    page.set_viewport_size({"width": width, "height": 240})  # so that both panes scroll
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
