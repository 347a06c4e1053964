"""Questions from CSV, XLSX and JSON, from the command and from the admin."""

from __future__ import annotations

import json

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page

from content.models import Category, FaqEntry
from tests import factories

pytestmark = pytest.mark.django_db

CHINESE = (
    "问题,答案,相似问法,分类,受众,语言\n"
    "如何退款？,在订单页点击退款。,怎么退钱|退款流程；如何退款,支付,公开,zh-CN\n"
    ",没有问题,,,,\n"
    "内部话术,=1+1,,,客服,\n"
    "如何退款？,又一次,,,,\n"
    "谁？,答,,,外星人,\n"
)


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    factories.category("客服中心", code="zh-hans", slug="help")


def run(path, **options):
    call_command("import_articles", path, **{"locale": "zh-hans", "category": "help", **options})


def test_json_of_other_types_is_reported_by_row_and_the_rest_imported(tmp_path, capsys):
    path = tmp_path / "questions.json"
    rows = [
        {"question": "Kept?", "answer": "Yes", "phrasings": ["One", 2]},
        {"question": "List?", "answer": ["x"]},
        {"question": "Deep?", "answer": "x", "phrasings": [{"text": "y"}]},
        7,
        {"question": "Last?", "answer": 5, "remark": {"of": "ours"}},
    ]
    path.write_text(json.dumps(rows))
    run(path)
    assert set(FaqEntry.objects.values_list("title", "lead")) == {("Kept?", "Yes"), ("Last?", "5")}
    said = capsys.readouterr().out
    assert all(f"questions.json:{row}: " in said for row in (2, 3, 4))
    assert "3 left out" in said


def test_an_empty_table_is_refused(tmp_path):
    path = tmp_path / "questions.csv"
    path.write_bytes(b"\n\n")
    with pytest.raises(CommandError, match="question"):
        run(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_good_rows_come_in_and_bad_rows_are_reported(tmp_path, capsys, encoding):
    path = tmp_path / "faq.csv"
    path.write_bytes(CHINESE.encode(encoding))
    run(path)
    refund = FaqEntry.objects.get(title="如何退款？")
    assert refund.lead == "在订单页点击退款。"
    assert [p.text for p in refund.phrasings.all()] == ["怎么退钱", "退款流程"]
    assert refund.get_parent().title == "支付"
    secret = FaqEntry.objects.get(title="内部话术")
    assert (secret.audience, secret.lead) == ("agents", "=1+1")
    out = capsys.readouterr().out
    assert [f"faq.csv:{row}:" in out for row in (3, 5, 6)] == [True] * 3
    assert FaqEntry.objects.count() == 2
    run(path)
    assert "0 new, 0 changed, 2 unchanged" in capsys.readouterr().out


def test_workbooks_and_json_are_read_alike(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Question", "Answer", "Phrasings"])
    book.active.append(["How much?", "=2+3", "price\ncost"])
    book.active.append([2024, "A year", None])
    book.save(tmp_path / "a.xlsx")
    run(tmp_path / "a.xlsx")
    assert FaqEntry.objects.get(title="How much?").lead == "=2+3"
    assert FaqEntry.objects.filter(title="2024").exists()
    rows = [{"question": "Where?", "answer": "Here.", "phrasings": ["place", "which place"]}]
    (tmp_path / "b.json").write_text(json.dumps(rows))
    run(tmp_path / "b.json")
    assert FaqEntry.objects.get(title="Where?").phrasings.count() == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b"x,y\n1,2\n"), ("a.json", b"{"), ("a.xlsx", b"no"), ("a.txt", b"")],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CommandError):
        run(tmp_path / name)


def _upload(client, text=CHINESE, name="faq.csv"):
    return client.post(
        reverse("content_import"),
        {
            "file": SimpleUploadedFile(name, text.encode()),
            "category": Category.objects.get(slug="help").pk,
            "audience": "public",
        },
    )


def test_the_admin_shows_what_would_happen_and_does_it_when_confirmed(client, admin_user):
    client.force_login(admin_user)
    assert client.get(reverse("content_import")).status_code == 200
    page = client.get(_upload(client)["Location"])
    text = page.content.decode()
    assert "如何退款？" in text
    assert "2 new" in text
    assert not FaqEntry.objects.exists()
    client.post(page.request["PATH_INFO"])
    assert FaqEntry.objects.count() == 2
    assert client.get(page.request["PATH_INFO"]).status_code == 302


TABLE = "question,answer,audience\nHow much?,Ten.,agents\nWhere?,Here.,\n"


@pytest.fixture
def writer(client):
    client.force_login(factories.user(group="Writers"))
    return client


def test_the_preview_speaks_the_readers_words(writer):
    address = _upload(writer, TABLE)["Location"]
    text = writer.get(address, headers={"accept-language": "zh-hans"}).content.decode()
    assert "<td>客服人员</td>" in text.replace(" ", "").replace("\n", "")
    assert "<td>agents</td>" not in text


def test_a_writer_imports_drafts_and_what_is_live_stays(writer, admin_user):
    page = writer.get(_upload(writer, TABLE)["Location"])
    assert "come in as drafts" in page.content.decode()
    writer.post(page.request["PATH_INFO"])
    entry = FaqEntry.objects.get(title="How much?")
    assert (entry.live, entry.has_unpublished_changes) == (False, True)
    assert entry.owner == page.wsgi_request.user
    assert Page.find_problems() == ([], [], [], [], [])
    entry.latest_revision.publish(user=admin_user)
    page = writer.get(_upload(writer, TABLE.replace("Ten.", "Eleven."))["Location"])
    writer.post(page.request["PATH_INFO"])
    entry.refresh_from_db()
    assert (entry.live, entry.lead, entry.has_unpublished_changes) == (True, "Ten.", True)
    assert entry.latest_revision.content["lead"] == "Eleven."


def test_a_writer_cannot_make_categories_or_change_what_is_in_review(writer, admin_user):
    page = writer.get(_upload(writer)["Location"], follow=True)
    assert "支付" in page.content.decode()
    assert not FaqEntry.objects.exists()
    writer.post(_upload(writer, TABLE)["Location"])
    entry = FaqEntry.objects.get(title="Where?")
    entry.get_workflow().start(entry, admin_user)
    changed = _upload(writer, TABLE.replace("Here.", "There."))["Location"]
    assert "in review: Where?" in writer.get(changed, follow=True).content.decode()


def test_an_upload_belongs_to_its_session_and_to_those_who_may_write(
    client, admin_user, django_user_model
):
    client.force_login(admin_user)
    address = _upload(client)["Location"]
    other = get_user_model().objects.create_superuser("other", password="x")
    client.logout()
    client.force_login(other)
    assert client.get(address).status_code == 302
    client.force_login(django_user_model.objects.create_user("reader", password="x"))
    assert client.get(reverse("content_import")).status_code in (302, 403)


def test_only_tables_of_a_bearable_size_are_accepted(client, admin_user):
    client.force_login(admin_user)
    assert _upload(client, name="x.exe").status_code == 200
    assert _upload(client, text="x" * (10 * 1024 * 1024 + 1)).status_code == 200


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line(tmp_path):
    path = tmp_path / "questions.csv"
    path.write_text('question,answer\nOne?,"two\nlines"\nTwo?,"open\nThree?,three\n')
    with pytest.raises(CommandError, match=r"Line 4: .*never closed"):
        run(path)
    assert not FaqEntry.objects.exists()
    path.write_text('question,answer\nOne?,"two\nlines"\nTwo?,"closed\n""well"""\n')
    run(path)
    assert FaqEntry.objects.count() == 2


def test_json_that_is_nested_without_end_is_refused_in_words(tmp_path):
    path = tmp_path / "questions.json"
    path.write_text("[" * 100_000)
    with pytest.raises(CommandError, match="nested too deeply"):
        run(path)
