"""Insights in the admin: who sees it, what it lists, what can be done."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.urls import reverse

from content.models import FaqEntry
from search.insights import states
from search.insights.figures import recount
from search.insights.models import Gap, State
from search.journeys.models import JourneySettings

from .filling import fill
from .making import category, member, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    user = member("Writers")
    client.force_login(user)
    return user


@pytest.mark.parametrize("group", ["Writers", "Reviewers", "Managers", "Administrators"])
def test_those_who_work_on_content_see_gaps(client, group: str) -> None:
    client.force_login(member(group))
    search("warranty")
    response = client.get(reverse("insights:gaps"))
    assert response.status_code == 200
    assert b"warranty" in response.content


def test_agents_and_customers_do_not(client) -> None:
    search("warranty")
    client.force_login(member("Agents"))
    assert client.get(reverse("insights:gaps")).status_code in (302, 403)
    assert client.get(reverse("insights:gap", args=[Gap.objects.get().pk])).status_code in (
        302,
        403,
    )


def test_the_list_shows_what_is_unfinished_unless_asked(client, writer) -> None:
    search("warranty", "person-000000000001")
    search("refund", "person-000000000002")
    states.ignore(Gap.objects.get(question="refund"), writer)
    assert b"refund" not in client.get(reverse("insights:gaps")).content
    assert b"refund" in client.get(reverse("insights:gaps"), {"state": "ignored"}).content


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"locale": "zh-hans"}, ["保修"]),
        ({"reason": "no_answer"}, ["warranty", "保修"]),
        ({"reason": "contact"}, []),
        ({"owner": "null"}, ["warranty", "保修"]),
        ({"q": "warr"}, ["warranty"]),
        ({"last_seen_from": "2999-01-01"}, []),
        ({"ordering": "question"}, ["warranty", "保修"]),
        ({"ordering": "-trend"}, ["warranty", "保修"]),
    ],
)
def test_the_list_filters_and_sorts(client, writer, asked: dict, shown: list[str]) -> None:
    search("warranty", "person-000000000001")
    search("warranty", "person-000000000003")
    search("保修", "person-000000000002", locale="zh-hans")
    response = client.get(reverse("insights:gaps"), asked)
    assert [gap.question for gap in response.context["object_list"]] == shown


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_exported(client, writer, form: str) -> None:
    search("warranty")
    response = client.get(reverse("insights:gaps"), {"export": form})
    content = b"".join(response.streaming_content)
    assert len(content) > 100
    if form == "csv":
        assert "warranty" in content.decode()


HOSTILE = ["=HYPERLINK(0)", "+1+1", "-2", "@SUM(A1)", 'quote" and\nline', "bell\a and \x01 more"]


@pytest.mark.parametrize("question", HOSTILE)
def test_what_anybody_searched_for_is_plain_text_in_an_export(client, writer, question) -> None:
    Gap.objects.create(key="hostile", language="en", locale="en", question=question)
    cells = []
    for form in ("csv", "xlsx"):
        response = client.get(reverse("insights:gaps"), {"export": form})
        content = b"".join(response.streaming_content)
        if form == "csv":
            cells.append([*csv.reader(StringIO(content.decode(), newline=""))][1][0])
        else:
            cell = openpyxl.load_workbook(BytesIO(content)).active["A2"]
            assert cell.data_type == "s"
            cells.append(cell.value)
    in_csv, in_xlsx = cells
    assert in_csv in (question, f"'{question}")
    assert in_csv[0] not in "=+-@"
    assert in_xlsx.split() == "".join(c if c.isprintable() else " " for c in question).split()


def test_control_characters_do_not_get_into_a_gap(client, writer) -> None:
    search("=1\x01+\x85 1\x00 kettle")
    assert Gap.objects.get().question == "=1 +  1  kettle"


def test_the_list_takes_as_many_queries_for_forty_gaps_as_for_one(
    client, writer, django_assert_max_num_queries
) -> None:
    client.get(reverse("insights:gaps"))
    counts = []
    for number in (1, 40):
        Gap.objects.all().delete()
        fill(number, number)
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("insights:gaps"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_failed_searches_are_not_read_for_the_list(
    client, writer, django_assert_max_num_queries
) -> None:
    fill(gaps=1_000, searches=5_000)
    for query in ({}, {"ordering": "-intents"}, {"ordering": "-trend"}):
        with django_assert_max_num_queries(40) as captured:
            assert client.get(reverse("insights:gaps"), query).status_code == 200
        counted = [row["sql"] for row in captured.captured_queries]
        assert not [sql for sql in counted if "insights_gapevidence" in sql]


def test_recounting_agrees_with_the_evidence(client, writer) -> None:
    fill(gaps=3, searches=30)
    recount(Gap.objects.values_list("pk", flat=True))
    assert set(Gap.objects.values_list("intents", "no_answer")) == {(10, 10)}


def test_a_gap_shows_its_evidence_and_can_be_taken_ignored_and_reopened(client, writer) -> None:
    search("lost my warranty card", "person-000000000001")
    search("warranty card lost", "person-000000000002")
    gap = Gap.objects.get()
    page = client.get(reverse("insights:gap", args=[gap.pk])).content.decode()
    assert "lost my warranty card" in page
    assert "warranty card lost" in page
    for action, state in [("take", "in_work"), ("ignore", "ignored"), ("reopen", "in_work")]:
        client.post(reverse("insights:gap_action", args=[gap.pk, action]))
        gap.refresh_from_db()
        assert (gap.state, gap.owner) == (state, writer)
    assert [h.action for h in gap.history.all()] == ["reopened", "ignored", "taken", "opened"]


def test_a_gap_is_given_to_somebody_else(client, writer) -> None:
    search("warranty")
    gap, other = Gap.objects.get(), member("Reviewers")
    client.post(reverse("insights:gap_action", args=[gap.pk, "assign"]), {"owner": other.pk})
    gap.refresh_from_db()
    assert (gap.owner, gap.state) == (other, State.IN_WORK)


def test_writing_the_answer_makes_a_draft_and_shows_the_evidence_beside_it(client, writer) -> None:
    shelf = category("en")
    for i in range(3):
        search("warranty card lost", f"person-{i:012d}")
    search("I lost my warranty card ann@example.com", "person-000000000009")
    gap = Gap.objects.get(question="warranty card lost")
    url = reverse("insights:gap_action", args=[gap.pk, "write"])
    response = client.post(url, {"category": shelf.pk})
    entry = FaqEntry.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[entry.pk])
    assert (entry.title, entry.live, entry.get_parent().pk) == (
        "warranty card lost",
        False,
        shelf.pk,
    )
    gap.refresh_from_db()
    assert (gap.entry_id, gap.state, gap.owner) == (entry.pk, State.IN_WORK, writer)
    editor = client.get(response.url).content.decode()
    assert 'data-side-panel="evidence"' in editor
    assert "3×" in editor
    client.post(url)
    assert FaqEntry.objects.count() == 1


def test_the_answer_stands_in_the_language_of_the_question(client, writer) -> None:
    category("en")
    shelf = category("zh-hans", "订单")
    search("保修卡丢失", locale="zh-hans")
    gap = Gap.objects.get()
    client.post(reverse("insights:gap_action", args=[gap.pk, "write"]))
    assert FaqEntry.objects.get().get_parent().pk == shelf.pk


def test_what_only_agents_asked_is_answered_for_agents(client, writer) -> None:
    category("en")
    search("goodwill limit", who="agent", channel="desk", audience="agents")
    client.post(reverse("insights:gap_action", args=[Gap.objects.get().pk, "write"]))
    assert FaqEntry.objects.get().audience == "agents"


def test_without_a_category_the_writer_is_told(client, writer) -> None:
    search("warranty")
    gap = Gap.objects.get()
    url = reverse("insights:gap_action", args=[gap.pk, "write"])
    response = client.post(url, follow=True)
    assert "no category in this language" in response.content.decode()


def test_an_entry_without_a_gap_is_edited_as_ever(client, writer) -> None:
    shelf = category("en")
    entry = shelf.add_child(instance=FaqEntry(title="Q", locale=shelf.locale))
    entry.save_revision()
    page = client.get(reverse("wagtailadmin_pages:edit", args=[entry.pk]))
    assert page.status_code == 200
    assert 'data-side-panel="evidence"' not in page.content.decode()


def test_demonstration_data_is_marked(client, writer) -> None:
    search("warranty")
    JourneySettings.objects.create(demonstration=True)
    for url in (
        reverse("insights:gaps"),
        reverse("insights:gap", args=[Gap.objects.get().pk]),
        reverse("tuning_synonyms:index"),
        reverse("tuning_dictionary:index"),
        reverse("tuning_pins:index"),
        reverse("judged_queries:index"),
        reverse("proposals:index"),
        reverse("relevance:index"),
        reverse("tuning:try"),
    ):
        assert client.get(url).content.count(b"Demonstration data") == 1, url


def test_the_question_of_a_gap_is_its_pages_only_heading_of_the_first_level(client, writer) -> None:
    search("warranty")
    page = client.get(reverse("insights:gap", args=[Gap.objects.get().pk])).content.decode()
    assert page.count("<h1") == 1


@pytest.mark.parametrize(("tag", "said"), [("zh-CN", "还没有同义词"), ("zh-TW", "還沒有同義詞")])
def test_an_empty_list_says_so_in_chinese(client, writer, tag, said) -> None:
    address = reverse("tuning_synonyms:index")
    page = client.get(address, headers={"accept-language": tag}).content.decode()
    assert said in page
    assert "There are no" not in page
