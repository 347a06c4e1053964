"""The list of all entries in the admin, its filters, its export, and verification."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from content.models import Article
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/content/"


def titles(client, **filters):
    answer = client.get(LIST, filters)
    assert answer.status_code == 200
    return {entry.title for entry in answer.context_data["object_list"]}


@pytest.fixture
def writer():
    return factories.user("wendy", group="Writers")


@pytest.fixture
def list_of(client, writer):
    client.force_login(writer)
    return lambda **filters: titles(client, **filters)


def test_entries_are_narrowed_by_every_filter(list_of, writer):
    factories.category("Orders")
    shelf = factories.category("Returns")
    factories.faq("Faq", parent=shelf, audience="agents")
    factories.article("Due", responsible=writer, verify_by=date(2026, 1, 2), confidence="validated")
    factories.article("Draft", live=False)
    factories.article("中文", code="zh-hans")
    changed = factories.article("Changed")
    changed.lead = "x"
    changed.save_revision()
    assert list_of() == {"Faq", "Due", "Draft", "中文", "Changed"}
    assert list_of(kind="faq") == {"Faq"}
    assert list_of(state="draft") == {"Draft"}
    assert list_of(state="changed") == {"Changed"}
    assert list_of(state="live") == {"Faq", "Due", "中文"}
    assert list_of(state="expired") == set()
    assert list_of(confidence="validated") == {"Due"}
    assert list_of(audience="agents") == {"Faq"}
    assert list_of(responsible=writer.pk) == {"Due"}
    assert list_of(verify_by_from="2026-01-01", verify_by_to="2026-01-31") == {"Due"}
    assert list_of(locale=factories.locale("zh-hans").pk) == {"中文"}
    assert list_of(category=shelf.pk) == {"Faq"}
    assert list_of(q="draf") == {"Draft"}


def test_the_list_is_exported(client, writer, list_of):
    factories.faq("One", lead="x")
    csv = b"".join(client.get(LIST, {"export": "csv"}).streaming_content).decode()
    assert "One" in csv
    assert "FAQ entry" in csv
    book = openpyxl.load_workbook(
        BytesIO(b"".join(client.get(LIST, {"export": "xlsx"}).streaming_content))
    )
    assert [row[1] for row in book.active.iter_rows(values_only=True)][1:] == ["One"]


@pytest.mark.parametrize("number", [2, 25])
def test_the_list_asks_as_often_for_many_as_for_few(
    number, client, list_of, writer, django_assert_max_num_queries
):
    for _n in range(number):
        factories.article(responsible=writer)
    list_of()
    with django_assert_max_num_queries(30):
        assert len(list_of()) == number


def test_agents_and_customers_have_no_list(as_user):
    assert as_user().get(LIST).status_code == 302
    assert as_user("Agents").get(LIST).status_code == 302


def test_verified_notes_who_when_which_and_moves_the_date(client, writer):
    entry = factories.article(verify_by=date(2026, 1, 2))
    client.force_login(writer)
    assert f"/admin/content/{entry.pk}/verified/" in client.get(
        f"/admin/pages/{entry.pk}/edit/"
    ).content.decode()  # fmt: skip
    assert client.get(f"/admin/content/{entry.pk}/verified/").status_code == 405
    assert client.post(f"/admin/content/{entry.pk}/verified/").status_code == 302
    entry = Article.objects.get()
    assert entry.verified_by == writer
    assert entry.verified_revision == entry.live_revision
    assert entry.verify_by == timezone.localdate() + timedelta(days=180)
    assert entry.confidence == "validated"


def test_a_verification_outlives_the_publishing_of_an_older_draft(client, writer):
    entry = factories.article()
    entry.title = "Edited"
    draft = entry.save_revision()
    client.force_login(writer)
    client.post(f"/admin/content/{entry.pk}/verified/")
    draft.refresh_from_db()
    draft.publish()
    entry = Article.objects.get()
    assert entry.title == "Edited"
    assert entry.verified_by == writer
    assert entry.verify_by == timezone.localdate() + timedelta(days=180)


def test_nobody_verifies_what_they_may_not_edit(as_user):
    entry = factories.article()
    assert as_user("Agents").post(f"/admin/content/{entry.pk}/verified/").status_code in (302, 403)
    assert Article.objects.get().verified_at is None
