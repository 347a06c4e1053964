"""The pages of figures in a real browser, as writer and manager, in two languages and schemes."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from search.insights.metrics import counting
from search.insights.metrics.models import FigureSettings
from search.journeys.models import Contact
from tests import factories
from tests.insights.metrics.living import World, rate

from .barriers import barriers_at

pytestmark = pytest.mark.browser
PAGES = {
    "Managers": (
        *("overview/", "searches/", "searches/?list=rising", "content/", "content/live/"),
        *("agents/", "figures/no_answer/", "figures/csat/", "contacts/"),
    ),
    "Writers": ("searches/", "content/", "figures/helpful/"),
}


@pytest.fixture
def history(server):
    """Some days of journeys, counted."""
    FigureSettings.objects.create(minimum=5)
    world = World(3, [factories.faq(f"Question {n}").pk for n in range(5)])
    for number in range(60):
        at = timezone.now() - timedelta(days=9 + number % 4, minutes=number)
        world.scenes()[number % len(world.scenes())](at)
    world.records.sort(key=lambda record: record.at)
    world.tell()
    rate(world.truth, list(Contact.objects.order_by("pk")), world.chance)
    counting.count_due()
    return world


def signed_in(server, browser, group, language, scheme, width=1440):
    factories.user(group.lower(), group=group)
    context = browser.new_context(
        locale=language, color_scheme=scheme, viewport={"width": width, "height": 1000}
    )
    page = context.new_page()
    page.goto(f"{server}/admin/login/")
    page.locator("#id_username").fill(group.lower())
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/admin/")
    return page


@pytest.mark.parametrize(
    ("group", "language", "scheme"),
    [("Managers", "en-GB", "light"), ("Managers", "zh-CN", "dark"), ("Writers", "zh-CN", "light")],
)
def test_no_page_of_figures_has_a_barrier_or_asks_another_host(
    server, browser, history, group, language, scheme
):
    page = signed_in(server, browser, group, language, scheme)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    found = []
    for address in PAGES[group]:
        found += barriers_at(page, f"{server}/admin/insights/{address}")
    assert found == []
    assert [url for url in asked if not url.startswith((server, "data:"))] == []


def test_a_manager_opens_a_number_and_the_file_equals_the_page(server, browser, history):
    page = signed_in(server, browser, "Managers", "en-GB", "light")
    page.goto(f"{server}/admin/insights/overview/")
    table = page.locator("table:has(#table-searching)")
    row = table.locator("tr", has=page.get_by_text("Intents", exact=True))
    shown = row.locator("td").nth(1).inner_text()
    assert shown == str(history.truth.customer["intents"])
    with page.expect_download() as downloading:
        page.get_by_role("link", name="CSV: Searches").click()
    with open(downloading.value.path(), encoding="utf-8") as file:
        values = {line["Figure"]: line for line in csv.DictReader(file)}
    assert values["Intents"]["Value"] == shown
    drawn = page.evaluate("Chart.getChart(document.querySelector('canvas')).data.labels.length")
    assert drawn == 30
    row.get_by_role("link").first.click()
    expect(page.locator("dl")).to_contain_text("Attempts of one person")
    rows = page.locator("table:has(#table-rows) tbody tr")
    expect(rows).to_have_count(25)
    page.get_by_role("link", name="Earlier ones").click()
    expect(rows).to_have_count(history.truth.customer["intents"] - 25)
