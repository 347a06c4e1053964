"""Coverage on the pages: the figure opens its rows, lists are narrowed, numbers say where from."""

import pytest
from django.urls import reverse

from search.insights.coverage import keeping
from search.insights.metrics import counting
from search.insights.metrics.models import FigureSettings
from search.insights.models import Coverage, Gap
from tests import factories
from tests.insights.making import member

from .making import frequent

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(index, settings):
    """One question in English with an answer, one in each language without."""
    settings.EMBEDDINGS = "off"
    FigureSettings.objects.create(minimum=5)
    factories.faq("How do I return an order?", phrasings=["return my order"])
    index.drain()
    made = {
        "covered": frequent("How do I return an order?", {"How do I return an order?": 12}),
        "missing": frequent("Do you sell gift cards?", {"Do you sell gift cards?": 8}),
        "zh": frequent("有礼品卡吗", {"有礼品卡吗": 5}, locale="zh-hans"),
    }
    keeping.check_all()
    counting.count_due()
    return made


@pytest.fixture
def manager(client):
    client.force_login(member("Managers"))
    return client


def csv_of(client, address, table, **narrowed):
    answer = client.get(address, {"table": table, "export": "csv", **narrowed})
    content = b"".join(answer.streaming_content).decode().splitlines()
    return [line.split(",") for line in content]


@pytest.mark.parametrize("name", ["figures:coverage", "figures:overview"])
def test_the_figure_is_weighted_by_how_often_each_was_asked(site, manager, name):
    rows = {row[0]: row for row in csv_of(manager, reverse(name), "coverage")}
    assert rows["Coverage"][1:4] == ["48.0", "%", "25"]


def test_it_is_narrowed_by_language(site, manager):
    listed = csv_of(manager, reverse("figures:coverage"), "coverage", locale="en")
    rows = {row[0]: row for row in listed}
    assert rows["Coverage"][1:4] == ["60.0", "%", "20"]


def test_a_number_opens_its_formula_and_its_rows(site, manager):
    address = reverse("figures:figure", args=["coverage"])
    page = manager.get(address).content.decode()
    assert "÷ frequent questions asked" in page
    assert page.count("How do I return an order?") >= 12
    assert "Do you sell gift cards?" not in page
    rows = csv_of(manager, address, "rows", rows="whole")
    assert len(rows) == 26


def test_today_lists_states_and_what_is_asked_most_without_an_answer(site, manager):
    rows = csv_of(manager, reverse("figures:coverage"), "today")
    assert [row[:3] for row in rows[1:]] == [
        ["Covered", "1", "12"],
        ["Found badly", "0", "0"],
        ["Not covered", "2", "13"],
        ["Ignored", "0", "0"],
    ]
    rows = csv_of(manager, reverse("figures:coverage"), "uncovered")
    assert [row[0] for row in rows[1:]] == ["Do you sell gift cards?", "有礼品卡吗"]


def test_the_course_has_days_and_weeks(site, manager):
    page = manager.get(reverse("figures:coverage"), {"first": "2026-03-01", "last": "2026-03-14"})
    charts = {c.name: c for s in page.context["sections"] for c in s.charts}
    assert len(charts["coverage-by-time"].table.rows) == 14
    assert len(charts["coverage-by-week"].table.rows) == 3


def test_the_list_is_filtered_by_coverage(site, manager):
    listed = manager.get(reverse("questions:index"), {"coverage": "missing", "state": ""})
    names = [group.name for group in listed.context["object_list"]]
    assert names == ["Do you sell gift cards?", "有礼品卡吗"]
    assert listed.content.decode().count("48.0 %") == 2


def test_the_list_takes_the_same_queries_however_long(site, manager, django_assert_max_num_queries):
    manager.get(reverse("questions:index"))
    with django_assert_max_num_queries(60) as few:
        manager.get(reverse("questions:index"))
    for number in range(5):
        group = frequent(f"word {number}", {f"strange{number} thing": 2})
        Coverage.objects.create(group=group, state="missing")
    with django_assert_max_num_queries(len(few)):
        manager.get(reverse("questions:index"))


def test_the_page_of_a_question_shows_the_evidence_and_asks_again(site, manager, index):
    group = site["missing"]
    page = manager.get(reverse("questions:group", args=[group.pk])).content.decode()
    assert "Not covered" in page
    assert reverse("insights:gap", args=[Gap.objects.get(language="en").pk]) in page
    factories.faq("Do you sell gift cards?")
    index.drain()
    manager.post(reverse("questions:decide", args=[group.pk, "check"]))
    page = manager.get(reverse("questions:group", args=[group.pk])).content.decode()
    assert "8 of 8 times" in page


def test_all_are_asked_on_demand(site, manager, index):
    factories.faq("Do you sell gift cards?")
    index.drain()
    manager.post(reverse("questions:check_now"))
    assert Coverage.objects.get(group=site["missing"]).state == "covered"


def test_the_gap_names_its_frequent_question(site, manager):
    gap = Gap.objects.get(language="en")
    page = manager.get(reverse("insights:gap", args=[gap.pk])).content.decode()
    assert reverse("questions:group", args=[site["missing"].pk]) in page


def test_an_agents_entry_is_not_named_to_who_may_not_see_it(index, client, settings):
    settings.EMBEDDINGS = "off"
    factories.faq("Goodwill voucher for a late parcel", audience="agents")
    index.drain()
    group = frequent("x", {"goodwill voucher for a late parcel": 5})
    keeping.check(group)
    outsider = factories.user("outsider", group="Writers")
    client.force_login(outsider)
    from content.audience import Audience

    page = client.get(reverse("questions:group", args=[group.pk])).content.decode()
    assert ("Goodwill voucher" in page) == Audience.of(outsider).sees("agents")
