"""A manager writes a rule, looks at its preview, and owns the alert that it opens."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from search.insights.alerts import series, watching
from search.insights.alerts.models import Alert, AlertRule
from tests.browser.barriers import barriers
from tests.insights.alerts.making import failing, person

pytestmark = pytest.mark.browser

WORDS = {
    "en": {
        "preview": "Show the preview", "two": "2 alerts in the last 90 days",
        "acknowledge": "Acknowledge", "note": "Keep the note", "close": "Close the alert",
        "acknowledged": "Acknowledged", "closed": "Closed", "rule": "No answers",
    },
    "zh-hans": {
        "preview": "显示预览", "two": "最近 90 天内会有 2 次告警",
        "acknowledge": "确认", "note": "保存备注", "close": "关闭告警",
        "acknowledged": "已确认", "closed": "已关闭", "rule": "无答案过多",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_owner_of_an_alert_from_rule_to_close(server, browser, language, monkeypatch):
    newest = series.newest()
    monkeypatch.setattr(series, "newest", lambda: newest)  # it does not turn meanwhile
    words = WORDS[language]
    owner = person("mona")
    UserProfile.objects.update_or_create(user=owner, defaults={"preferred_language": language})
    for hours, number in ((1, 50), (2, 0), (30, 50), (31, 50), (29, 0)):
        failing(hours, number)
    page = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{server}/admin/insights/alert-rules/new/")
    page.locator("#id_username").fill("mona")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/alert-rules/new/")
    page.locator("#id_name").fill(words["rule"])
    page.locator("#id_conditions-0-measure").select_option("no_answer")
    page.locator("#id_conditions-0-threshold").fill("30")
    page.locator("#id_conditions-0-hours").select_option("1")
    page.get_by_role("button", name=words["preview"]).click()
    expect(page.locator(".alerts-count")).to_contain_text(words["two"])
    look(page, f"rule-{language}")
    # Where Wagtail's header or footer covers half of a button, axe takes it for a small one.
    page.set_viewport_size({"width": 1440, "height": 2600})
    assert barriers(page) == []
    assert not AlertRule.objects.exists()
    page.locator("#w-editor-form button[type=submit]").last.click()
    page.wait_for_url("**/insights/alert-rules/")
    assert barriers(page) == []
    watching.watch()
    page.goto(f"{server}/admin/")
    page.locator(".alerts-panel").get_by_role("link", name=words["rule"]).click()
    page.get_by_role("button", name=words["acknowledge"], exact=True).click()
    expect(page.locator(".insights-facts")).to_contain_text(words["acknowledged"])
    page.locator("#alerts-note").fill("Looked at the index.")
    page.get_by_role("button", name=words["note"]).click()
    expect(page.get_by_role("cell", name="Looked at the index.")).to_be_visible()
    look(page, f"alert-{language}")
    assert barriers(page) == []
    page.goto(f"{server}/admin/insights/alerts/")
    expect(page.get_by_role("link", name=words["rule"])).to_be_visible()
    look(page, f"list-{language}")
    assert barriers(page) == []
    page.get_by_role("link", name=words["rule"]).click()
    page.get_by_role("button", name=words["close"]).click()
    expect(page.locator(".insights-facts")).to_contain_text(words["closed"])
    assert Alert.objects.get().state == "closed"


def look(page, name: str) -> None:
    """Keep pictures where ``SHOTS`` names a folder, and see that nothing sticks out when narrow."""
    folder = os.environ.get("SHOTS")
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (name, width, wide)
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
