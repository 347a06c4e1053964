"""A writer looks at what publishing a draft would change, in a real browser, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from search.index import drain
from search.insights import answers
from search.insights.metrics.counting import count_due
from search.insights.models import Gap
from tests import factories
from tests.browser.barriers import barriers
from tests.journeys.making import search

pytestmark = pytest.mark.browser


def editor(server, browser, language: str, width: int):
    """The editor of the draft that a gap has led to; a writer is signed in."""
    factories.faq("Sending back old kettles", lead="We take them.", phrasings=["old kettle"])
    drain.drain_all()
    for n in range(3):
        search("trade in a kettle", f"ann-{n:016d}", total=1, answered=True)
        search("toaster crumbs", f"bob-{n:016d}")
    count_due()
    user = factories.user("rosa", group="Reviewers", is_superuser=True)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    entry = answers.write_answer(Gap.objects.get(question="toaster crumbs"), user)
    entry.title = "Empty the toaster, and trade in a kettle"
    entry.save_revision()
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{server}/admin/pages/{entry.pk}/edit/")
    page.locator("#id_username").fill("rosa")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    return page


@pytest.mark.parametrize(
    ("language", "width", "button", "said"),
    [
        ("en", 1440, "Show the effect", "The gap would close."),
        ("zh-hans", 360, "查看影响", "该知识缺口会关闭。"),
    ],
)
def test_the_effect_is_shown_when_it_is_asked_for(
    server, browser, tmp_path, language, width, button, said
):
    page = editor(server, browser, language, width)
    toggle = page.locator("[data-side-panel-toggle='effect']")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    page.get_by_role("button", name=button).click()
    here = page.locator("[data-effect-here]")
    expect(here).to_contain_text(said)
    here.locator("summary").first.click()
    expect(here.locator("details li").first).to_be_visible()
    page.screenshot(path=tmp_path / f"effect-{language}-{width}.png")
    assert barriers(page, ".insights-panel[data-effect]") == []
