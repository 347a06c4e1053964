"""Gaps that are one, on their page: split off and joined again; and what customers also asked."""

from __future__ import annotations

import os
import uuid

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from content.models import Entry
from search.index import drain
from search.insights.joining.running import join_new
from search.insights.models import Gap
from search.journeys.models import Event
from search.lookup.together.counting import FEWEST, count_together
from tests import factories
from tests.browser.barriers import barriers
from tests.journeys.making import search
from tests.vectored import by_meaning

pytestmark = pytest.mark.browser

CANCEL, CANCEL_ZH = "how do i cancel my subscription", "怎么取消订阅"


def shot(page: Page, name: str) -> None:
    """A picture to look at, where somebody wants one."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("language", "split_off", "join", "one"),
    [
        ("en", "Split off", "Join", "The two gaps are one."),
        ("zh-hans", "拆出", "合并", "两个知识缺口已合为一个。"),
    ],
)
def test_a_writer_splits_a_wording_off_and_joins_it_again(
    server, browser, settings, language, split_off, join, one
):
    by_meaning(settings)
    search(CANCEL, "person-000000000001")
    search(CANCEL_ZH, "person-000000000002", locale="zh-hans")
    join_new()
    gap = Gap.objects.get(joined_into=None)
    other = Gap.objects.get(joined_into=gap)
    user = factories.user("rosa", group="Reviewers", is_superuser=True)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    page = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{server}/admin/insights/gaps/{gap.pk}/")
    page.locator("#id_username").fill("rosa")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/insights/gaps/*/")
    part = page.get_by_role("row").filter(has=page.locator(f"#insights-part-{other.pk}"))
    expect(part).to_contain_text(CANCEL_ZH, timeout=60_000)
    assert barriers(page) == []
    shot(page, f"gap-{language}-1440")
    page.set_viewport_size({"width": 360, "height": 800})
    shot(page, f"gap-{language}-360")
    page.set_viewport_size({"width": 1440, "height": 900})
    part.get_by_role("button", name=split_off).click()
    expect(page.locator(".messages")).to_contain_text(str(other.pk), timeout=60_000)
    assert not Gap.objects.filter(joined_into__isnull=False).exists()
    join_new()
    assert not Gap.objects.filter(joined_into__isnull=False).exists()
    page.locator("#insights-other").fill(str(other.pk))
    page.get_by_role("button", name=join, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(one, timeout=60_000)
    expect(page.locator(f"#insights-part-{other.pk}")).to_have_text(CANCEL_ZH, timeout=60_000)
    assert barriers(page) == []


def opened(entry: Entry, person: str, action: str) -> None:
    Event.objects.create(
        action_name=action,
        object_id=entry.pk,
        client_id=person,
        query_id=uuid.uuid4() if action == "click" else None,
        created=timezone.now(),
    )


@pytest.mark.parametrize(
    ("code", "titles", "heading"),
    [
        ("en", ("Where is my order?", "When is my refund paid?"), "Customers also asked"),
        ("zh-hans", ("我的订单在哪里？", "退款多久到账？"), "其他客户还问了"),
    ],
)
def test_what_customers_also_asked_stands_under_an_entry(server, browser, code, titles, heading):
    category = factories.category("Orders", code=code)
    first, second = (factories.faq(each, parent=category, lead=each) for each in titles)
    drain.drain_all()
    for number in range(FEWEST):
        opened(first, f"person-{number}", "read")
        opened(second, f"person-{number}", "click")
    count_together()
    for width, scripts in ((1440, True), (360, True), (360, False)):
        context = browser.new_context(
            locale=code, viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{server}{first.get_url()}" if first.get_url()[0] == "/" else first.get_url())
        part = page.get_by_role("region", name=heading)
        expect(part.get_by_role("link")).to_have_text([titles[1]])
        if scripts:
            assert barriers(page) == []
            shot(page, f"entry-{code}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    part.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(titles[1])
