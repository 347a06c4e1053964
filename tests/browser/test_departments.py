"""Departments, touchpoints and a weekly digest in a real browser, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from wagtail.users.models import UserProfile

from search.insights.departments import digests
from search.insights.models import Department, Digest, Touchpoint
from tests import factories
from tests.browser.barriers import barriers
from tests.insights.departments.making import at, entry_in, gap, met, noon, owner

pytestmark = pytest.mark.browser
WEEK = date(2026, 3, 2)


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-hans", 360)])
def test_pages_can_be_used_by_everybody(server, browser, tmp_path, language, width):
    shelf = factories.category("Invoices")
    owner("Billing", {"category": shelf}, people=[factories.user("ann", group="Writers")])
    met(gap("how do I get a copy of an old bill", entry_in(shelf)), WEEK, 25)
    ended = at(WEEK, 0)
    closed = gap("vat number", entry_in(shelf, "VAT"), state="closed", closed_at=ended)
    met(closed, WEEK - timedelta(days=2), 30)
    met(closed, WEEK + timedelta(days=2), 4)
    digests.make_due(noon(WEEK + timedelta(days=7)))
    user = factories.user("rosa", group="Managers", is_superuser=True)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{server}/admin/")
    page.locator("#id_username").fill("rosa")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "login" not in address)
    touchpoint, department = Touchpoint.objects.get(), Department.objects.get()
    for name, where in {
        "digest": f"digests/{Digest.objects.get().pk}/",
        "digests": "digests/",
        "departments": "departments/",
        "department": f"departments/edit/{department.pk}/",
        "touchpoints": "touchpoints/",
        "touchpoint": f"touchpoints/edit/{touchpoint.pk}/",
    }.items():
        page.goto(f"{server}/admin/insights/{where}")
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        assert barriers(page) == [], name
    page.goto(f"{server}/admin/insights/digests/{Digest.objects.get().pk}/")
    said = page.locator(".insights-causes").last.inner_text()
    assert "30" in said
    assert ("fell" if language == "en" else "下降") in said
