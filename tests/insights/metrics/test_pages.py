"""The pages of figures: who sees them, in how many queries, and that files equal what is shown."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from content.models import Entry
from search.insights.metrics import counting, rows
from search.insights.metrics.calendar import today
from search.insights.metrics.declared import METRICS
from search.insights.metrics.models import CountedDay, FigureSettings
from search.insights.metrics.reading import Scope, read
from search.journeys.models import Contact
from tests import factories

from .living import World, rate

PAGES = ("overview", "searches", "content", "agents")
DAY = timedelta(days=1)


@pytest.fixture
def world(db):
    """Two weeks that end now, counted."""
    entries = [factories.faq(f"Question {n}").pk for n in range(5)]
    FigureSettings.objects.create(minimum=5)
    told = World(7, entries)
    for number in range(120):
        at = timezone.now() - timedelta(days=9) - number % 5 * DAY - timedelta(minutes=number)
        told.chance.choice(told.scenes())(at)
    told.records.sort(key=lambda record: record.at)
    told.tell()
    rate(told.truth, list(Contact.objects.order_by("pk")), told.chance)
    counting.count_due()
    return told


def signed_in(client, group: str):
    client.force_login(factories.user(group.lower(), group=group))
    return client


def cells(page: bytes, table: str) -> list[list[str]]:
    """The rows of one table of a page, as they are read."""
    tree = html.fromstring(page)
    found = tree.xpath(f'//table[caption[@id="table-{table}"]]')[0]
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in found.xpath("./tbody/tr")
    ]


@pytest.mark.parametrize(
    ("group", "seen"),
    [
        ("Managers", PAGES),
        ("Administrators", PAGES),
        ("Writers", ("searches", "content")),
        ("Reviewers", ("searches", "content")),
        ("Agents", ()),
    ],
)
def test_each_role_sees_its_pages_and_no_others(client, db, group, seen):
    signed_in(client, group)
    for page in PAGES:
        status = client.get(reverse(f"figures:{page}")).status_code
        assert (status == 200) == (page in seen), page
    overview = "overview" in seen
    assert (client.get(reverse("figures:figure", args=["csat"])).status_code == 200) == overview
    figures = "searches" in seen
    assert (client.get(reverse("figures:figure", args=["ctr"])).status_code == 200) == figures


def test_the_overview_shows_what_was_lived(client, world):
    page = signed_in(client, "Managers").get(reverse("figures:overview")).content
    shown = {row[0]: row for row in cells(page, "searching")}
    truth = world.truth.customer
    assert shown["Intents"][1] == str(truth["intents"])
    share = 100 * truth["no_answer"] / truth["intents"]
    assert shown["No-answer rate"][1:3] == [f"{share:.1f} %", str(truth["intents"])]
    avoided = cells(page, "avoided")[0]
    low = truth["forms_solved"]
    assert avoided[1:] == [str(low), str(low + truth["deflected"])]
    assert cells(page, "people")[0][1:] == [str(len(world.truth.people)), "counted"]


def test_files_equal_what_is_shown(client, world):
    signed_in(client, "Administrators")
    for page in PAGES:
        _files_equal(client, reverse(f"figures:{page}"))


def _files_equal(client, address):
    shown = client.get(address).content
    names = re.findall(r"table=([\w-]+)&amp;export=csv", shown.decode())
    assert names
    for name in names:
        text = client.get(address, {"table": name, "export": "csv"}).getvalue().decode()
        file = list(csv.DictReader(io.StringIO(text)))
        book = client.get(address, {"table": name, "export": "xlsx"})
        sheet = list(load_workbook(io.BytesIO(book.getvalue())).active.values)
        lines = cells(shown, name)
        assert len(file) == len(lines) == len(sheet) - 1
        headings = html.fromstring(shown).xpath(
            f'//table[caption[@id="table-{name}"]]/thead/tr/th/text()'
        )
        for line, row, values in zip(lines, file, sheet[1:], strict=True):
            workbook = dict(zip(sheet[0], values, strict=True))
            for heading, text in zip(headings, line, strict=True):
                assert _same(text, row[heading]), (name, heading, text, row[heading])
                assert _same(text, workbook[heading]), (name, heading, text, workbook[heading])


def _same(shown: str, exported) -> bool:
    """Numbers are exported without unit and grouping; what is hidden is exported as nothing."""
    if shown in ("–", "n too small", ""):
        return exported in ("", None, "–")
    said = re.sub(r"[,\s]|%|points|s$", "", shown)
    try:
        return float(said) == float(str(exported))
    except ValueError:
        return shown == str(exported).lstrip("'")


def test_the_number_of_queries_does_not_grow(client, world):
    signed_in(client, "Administrators")
    for page in PAGES:
        address = reverse(f"figures:{page}")
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        with CaptureQueriesContext(connection) as year:
            client.get(address, {"first": (today() - 365 * DAY).isoformat()})
        assert len(few) <= 30, page
        assert len(year) <= len(few), page


def test_every_number_opens_its_formula_and_its_rows(client, world):
    signed_in(client, "Administrators")
    for key, metric in METRICS.items():
        page = client.get(reverse("figures:figure", args=[key]))
        assert page.status_code == 200, key
        assert str(metric.formula) in unescape(page.content.decode()), key
        scope = Scope(today() - 29 * DAY, today(), metric.kind)
        sums = read(scope, metric.columns).now
        for column in filter(None, (metric.part, metric.whole)):
            found = rows.of(rows.Behind(scope, metric.rows, column), 0, 10_000)
            assert sum(fact.adds[column] for fact in found) == sums[column], (key, column)


def test_pages_of_rows_join_without_gap_or_repeat(world):
    scope = Scope(today() - 29 * DAY, today())
    behind = rows.Behind(scope, "intents", "intents")
    every = [fact.shown["id"] for fact in rows.of(behind, 0, 10_000)]
    paged = []
    for first in range(0, len(every), 7):
        paged += [fact.shown["id"] for fact in rows.of(behind, first, 7)]
    assert paged == every
    assert len(set(every)) == len(every) == world.truth.customer["intents"]


def test_a_small_n_hides_the_rate_and_says_so(client, world):
    FigureSettings.objects.update(minimum=100_000)
    page = signed_in(client, "Managers").get(reverse("figures:overview")).content
    shown = {row[0]: row for row in cells(page, "searching")}
    assert shown["No-answer rate"][1] == "n too small"
    assert shown["No-answer rate"][2] == str(world.truth.customer["intents"])
    assert shown["No-answer rate"][3] == "–"


def test_a_question_and_an_entry_open_their_own_rows(client, world):
    signed_in(client, "Administrators")
    page = client.get(reverse("figures:searches")).content
    links = html.fromstring(page).xpath('//table[caption[@id="table-searches-top"]]//td[3]/a')
    first = links[0]
    opened = client.get(first.get("href") if first.get("href")[0] == "/" else "")
    assert len(cells(opened.content, "rows")) == min(25, int(first.text))
    page = client.get(reverse("figures:content")).content
    reads = html.fromstring(page).xpath('//table[caption[@id="table-most-read"]]//td[3]/a')[0]
    opened = client.get(reads.get("href"))
    assert len(cells(opened.content, "rows")) == min(25, int(reads.text))
    versions = cells(opened.content, "versions")
    assert sum(int(row[3]) for row in versions) == int(reads.text)


def test_titles_of_narrower_audiences_stay_unsaid(client, world):
    """Writers see internal texts; somebody with the figures alone does not."""
    from django.contrib.auth.models import Permission

    entry = world.entries[0]
    Entry.objects.filter(pk=entry).update(audience="agents", title="Goodwill limits")
    user = factories.user("ina")
    user.user_permissions.add(
        Permission.objects.get(codename="access_admin"),
        Permission.objects.get(codename="view_bucket"),
    )
    client.force_login(user)
    for page in ("searches", "content"):
        assert b"Goodwill" not in client.get(reverse(f"figures:{page}")).content
    answer = client.get(reverse("figures:figure", args=["reads"]))
    assert answer.status_code == 200
    assert b"Goodwill" not in answer.content
    agents = client.get(reverse("figures:searches"), {"kind": "agent"}).content
    assert cells(agents, "searches-top") == [["Nothing was asked."]]


def test_a_range_that_makes_no_sense_is_answered_with_the_last_thirty_days(client, world):
    signed_in(client, "Managers")
    for given in (
        {"first": "2026-05-02", "last": "2026-05-01"},
        {"first": "yesterday"},
        {"last": "9999-12-31"},
        {"first": "0001-01-01"},
    ):
        answer = client.get(reverse("figures:overview"), given)
        assert answer.status_code == 200, given
        assert b"The last 30 days are shown." in answer.content, given


def test_a_change_of_the_days_waited_makes_all_days_due(world):
    assert CountedDay.objects.exists()
    settings = FigureSettings.objects.get()
    settings.deflection_days = 1
    settings.save()
    counting.count_due()
    scope = Scope(today() - 29 * DAY, today())
    assert read(scope, ["deflected"]).now["deflected"] > world.truth.customer["deflected"]
