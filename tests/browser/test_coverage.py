"""Coverage, rules of owners and what came of an answer, in a real browser, in two languages."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from search.index import drain
from search.insights import states
from search.insights.coverage import keeping
from search.insights.metrics import counting
from search.insights.metrics.models import FigureSettings
from search.insights.models import Coverage, Gap, GapHistory, OwnerRule, QuestionGroup, State
from search.journeys.models import Search
from tests import factories
from tests.insights.coverage.making import frequent
from tests.journeys.making import search

from .barriers import barriers_at
from .test_figures import signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(server, settings):
    """Questions with and without an answer, and a gap that closed ten days ago."""
    settings.EMBEDDINGS = "off"
    FigureSettings.objects.create(minimum=5)
    factories.faq("How do I return an order?", phrasings=["return my order"])
    drain.drain_all()
    frequent("How do I return an order?", {"How do I return an order?": 12})
    frequent("Do you sell gift cards?", {"Do you sell gift cards?": 8, "gift cards": 4})
    keeping.check_all()
    counting.count_due()
    now = timezone.now()
    for number in range(12):
        query_id = search("warranty", f"person-{number:012d}", total=number % 2)
        at = now - timedelta(days=20 - number)
        Search.objects.filter(query_id=query_id).update(created=at, updated=at)
    gap = Gap.objects.get(key="warranti")
    states.move(gap, State.VERIFYING, states.Action.VERIFYING)
    states.move(gap, State.CLOSED, states.Action.CLOSED)
    closed = GapHistory.objects.filter(gap=gap, action__in=("verifying", "closed"))
    closed.update(created=now - timedelta(days=10))
    OwnerRule.objects.create(kind="complaint", owner=factories.user("rosa", group="Writers"))
    return gap


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en-GB", "light", 1440), ("zh-CN", "dark", 1440)]
)
def test_no_page_has_a_barrier(server, browser, asked, language, scheme, width):
    page = signed_in(server, browser, "Managers", language, scheme, width)
    group = QuestionGroup.objects.get(name="Do you sell gift cards?")
    found = []
    for address in (
        *("coverage/", "overview/", "figures/coverage/", "questions/"),
        *(f"questions/{group.pk}/", f"gaps/{asked.pk}/", f"gaps/{group.gap_id}/"),
        *("owner-rules/", "owner-rules/new/"),
    ):
        found += barriers_at(page, f"{server}/admin/insights/{address}")
    assert found == []


def test_from_the_figure_to_the_gap_and_back_covered(server, browser, asked):
    page = signed_in(server, browser, "Managers", "en-GB", "light")
    page.goto(f"{server}/admin/insights/questions/")
    expect(page.get_by_text("Coverage today")).to_be_visible()
    page.get_by_role("link", name="Course and what is missing").click()
    table = page.locator("table:has(#table-uncovered)")
    table.get_by_role("link", name="Do you sell gift cards?").click()
    expect(page.get_by_role("heading", name="Coverage: Not covered")).to_be_visible()
    factories.faq("Do you sell gift cards?", phrasings=["gift cards"])
    drain.drain_all()
    page.get_by_role("button", name="Ask the search again").click()
    expect(page.get_by_role("heading", name="Coverage: Covered")).to_be_visible()
    expect(page.get_by_text("12 of 12 times the entry was among the first three")).to_be_visible()
    page.get_by_role("link", name="Closed").click()
    expect(page.get_by_text("12 of 12 searches found the answer")).to_be_visible()
    assert set(Coverage.objects.values_list("state", flat=True)) == {"covered"}


def test_what_came_of_an_answer_is_drawn_with_a_table(server, browser, asked):
    page = signed_in(server, browser, "Managers", "en-GB", "light")
    page.goto(f"{server}/admin/insights/gaps/{asked.pk}/")
    section = page.locator("section[aria-labelledby=outcome]")
    drawn = section.locator("canvas")
    expect(drawn).to_have_count(2)
    labels = page.evaluate(
        "[...document.querySelectorAll('canvas')].map(c => Chart.getChart(c).data.labels.length)"
    )
    assert labels == [6, 6]
    section.get_by_text("As a table").first.click()
    rows = section.locator("table:has(#table-outcome-counts) tbody tr")
    expect(rows).to_have_count(6)
