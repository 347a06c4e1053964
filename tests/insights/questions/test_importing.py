"""Conversations come in redacted, once, with errors told by row."""

import csv
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from search.insights.models import Question, QuestionImport, QuestionText
from search.journeys.models import Search
from search.journeys.redaction import redact
from tests.journeys.making import at, search
from tests.journeys.marking import marked

pytestmark = pytest.mark.django_db


def write_csv(path, *rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def run(path, **options):
    call_command("import_questions", str(path), source="chat", **options)
    return QuestionImport.objects.first()


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        ["Message", "Created at", "Channel", "Customer ID", "CSAT", "Resolved", "Agent"],
        ["How do I get an invoice?", "2026-05-01 10:00", "mail", "c-7", "4", "yes", "Kim"],
    )
    assert run(path).kept == 1
    question = Question.objects.select_related("text").get()
    assert question.text.text == "How do I get an invoice?"
    assert (question.channel, question.rating, question.solved) == ("mail", 4.0, True)
    assert question.asked.isoformat() == "2026-05-01T10:00:00+00:00"
    assert question.locale == "en"


def test_what_identifies_a_person_is_not_stored_anywhere(tmp_path):
    secrets = ("13800138000", "ann@example.com", "customer-4711", "conversation-99")
    path = write_csv(
        tmp_path / "a.csv",
        ["text", "customer", "conversation"],
        [f"请打 {secrets[0]} 或者发到 {secrets[1]}，退款怎么还没到？", *secrets[2:]],
    )
    assert run(path).kept == 1
    stored = str(list(Question.objects.values())) + str(list(QuestionText.objects.values()))
    assert "⟨phone⟩" in stored
    for secret in secrets:
        assert secret not in stored


def test_a_message_is_redacted_alike_as_a_search_and_as_an_import(tmp_path):
    messages = [(m, marks) for m, marks in marked("personal_14.txt") if "\n" not in m]
    for number, (message, _) in enumerate(messages):
        search(message, client=f"client-{number:012}", created=at(number))
    run(write_csv(tmp_path / "a.csv", ["text"], *([f"{message} ?"] for message, _ in messages)))
    searched = list(Search.objects.order_by("created").values_list("query", flat=True))
    imported = list(QuestionText.objects.values_list("text", flat=True))
    assert searched == [redact(message) for message, _ in messages]
    assert len(imported) > 0.8 * len(messages)
    assert set(imported) <= {redact(f"{message} ?") for message, _ in messages}
    told = "\n".join([*searched, *imported])
    survived = [mark for _, marks in messages for mark in marks if mark in told]
    assert len(survived) <= 0.01 * len(messages), survived


def test_the_same_file_again_changes_nothing(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        ["text"],
        ["Where is my parcel?"],
        ["Where is my parcel?"],
        ["How do I pay?"],
    )
    first, again = run(path), run(path)
    assert (first.kept, again.kept, again.repeated) == (3, 0, 3)
    assert Question.objects.count() == 3
    assert QuestionText.objects.count() == 2


def test_pleasantries_and_numbers_are_left_out(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        ["text"],
        ["你好"],
        ["12345"],
        ["ok, thanks!"],
        ["谢谢，再见"],
        ["怎么退货？"],
    )
    record = run(path)
    assert (record.kept, record.left_out) == (1, 4)
    assert QuestionText.objects.get().text == "怎么退货？"


def test_of_a_conversation_the_customers_asking_turns_are_kept(tmp_path):
    path = tmp_path / "a.jsonl"
    talk = [
        {"role": "customer", "text": "Hello there"},
        {"role": "agent", "text": "How can I help you?"},
        {"role": "customer", "text": "My machine won't connect to wifi."},
        {"role": "agent", "text": "Have you restarted it?"},
        {"role": "customer", "text": "I see, it works now"},
        {"role": "customer", "text": "Can I also change my address?"},
    ]
    path.write_text(json.dumps({"conversation_id": "x1", "messages": talk, "csat": 5}) + "\n")
    assert run(path).kept == 2
    assert sorted(QuestionText.objects.values_list("text", flat=True)) == [
        "Can I also change my address?",
        "My machine won't connect to wifi.",
    ]
    assert Question.objects.values("conversation").distinct().count() == 1


def test_rows_with_errors_are_told_by_their_number_and_the_others_kept(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        ["text", "time", "rating"],
        ["How do I pay?", "yesterday", ""],
        ["How do I pay?", "2026-01-01", "five"],
        ["", "2026-01-01", ""],
        ["How do I pay?", "2026-01-01", "5"],
    )
    record = run(path)
    assert (record.rows, record.kept, record.failed) == (4, 1, 3)
    assert list(record.problems.values_list("row", flat=True)) == [1, 2, 3]
    assert "yesterday" in record.problems.first().reason


def test_a_broken_line_of_json_does_not_keep_the_others_out(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "How do I pay?"}\n{"text": \n[1]\n{"text": "Where is it sent?"}\n')
    record = run(path)
    assert (record.kept, record.failed) == (2, 2)


def test_columns_can_be_named(tmp_path):
    path = write_csv(tmp_path / "a.csv", ["was", "wann"], ["How do I pay?", "2026-01-01"])
    with pytest.raises(CommandError, match="No column holds the text"):
        run(path)
    assert run(path, map=["was=text", "wann=time"]).kept == 1
    assert Question.objects.get().asked.year == 2026


def test_naming_one_column_leaves_the_others_to_be_known_by_their_names(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        ["was", "time", "channel", "comment"],
        ["How do I pay?", "2026-01-01", "mail", "Why is this here?"],
    )
    assert run(path, map=["was=text", "channel="]).kept == 1
    question = Question.objects.select_related("text").get()
    assert (question.text.text, question.asked.year, question.channel) == (
        "How do I pay?",
        2026,
        "",
    )


def test_a_column_that_is_not_there_cannot_be_named(tmp_path):
    path = write_csv(tmp_path / "a.csv", ["text"], ["How do I pay?"])
    with pytest.raises(CommandError, match="no column “was”"):
        run(path, map=["was=channel"])
    with pytest.raises(CommandError, match="same field"):
        run(path, map=["text=text", "was=text"])


def test_objects_need_not_all_have_the_same_names(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [{"text": "How do I pay?"}, {"body": "Where is my parcel?", "via": "mail"}]
    path.write_text("\n".join(map(json.dumps, lines)))
    assert run(path).kept == 2
    assert set(Question.objects.values_list("channel", flat=True)) == {"", "mail"}


def test_a_chinese_table_of_an_old_program_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("内容,渠道\n净水器不出水怎么办？,电话\n".encode("gb18030"))
    assert run(path).kept == 1
    assert Question.objects.get().locale == "zh-hans"
