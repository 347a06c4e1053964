"""The admin pages that are ours, in a real browser and two languages: no barrier that axe knows."""

import pytest

from search.index import drain
from search.insights.collect import collect_all
from search.insights.models import Gap
from tests import factories
from tests.journeys.making import search

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}


@pytest.fixture
def addresses(server):
    """What there is to see, each page with something on it."""
    body = [{"type": "markdown", "value": "Text"}, {"type": "steps", "value": [{"text": "One"}]}]
    entry = factories.faq("How long does a refund take?", lead="Five days.", body=body)
    drain.drain_all()
    search("trade in an old kettle", total=0)
    collect_all()
    return [
        "/admin/content/",
        "/admin/content/import/",
        "/admin/insights/gaps/",
        f"/admin/insights/gaps/{Gap.objects.get().pk}/",
        "/admin/settings/cms/brandsettings/",
        "/admin/settings/journeys/journeysettings/",
        f"/admin/pages/{entry.pk}/edit/",
    ]


@pytest.mark.parametrize(("language", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_no_admin_page_of_ours_has_a_barrier(server, browser, addresses, language, scheme):
    from axe_playwright_python.sync_playwright import Axe

    factories.user("ada", is_superuser=True)
    page = browser.new_context(locale=language, color_scheme=scheme).new_page()
    page.goto(f"{server}/admin/login/")
    page.locator("#id_username").fill("ada")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/admin/")
    found = []
    for address in addresses:
        assert page.goto(server + address).status == 200, address
        result = Axe().run(page, options=RULES).response["violations"]
        found += [(address, v["id"], [n["target"] for n in v["nodes"]][:3]) for v in result]
    assert found == []
