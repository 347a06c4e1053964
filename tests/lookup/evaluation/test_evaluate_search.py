"""`evaluate_search` from the shell, on small sets of its own."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from search.engine.elastic_client import Cluster
from search.engine.elastic_generations import ElasticGenerations
from search.lookup.evaluation.judged import load
from search.lookup.evaluation.locales import locale_of
from tests import elasticsearch
from tests.vectored import by_meaning, in_folder

TEXTS = [
    "Reset your password\nOpen the settings and choose a new one.",
    "Returning a parcel\nPrint the label and take it to the post office.",
    "Changing the address\nWrite the new street and house number.",
]
QUERIES = ["forgotten password", "send a parcel back", "I moved to another street"]


@pytest.fixture
def judged_set(tmp_path):
    """A small set in the BEIR layout."""
    folder = tmp_path / "small"
    folder.mkdir()
    write(folder / "corpus.jsonl", [{"_id": f"d{i}", "text": t} for i, t in enumerate(TEXTS)])
    write(folder / "queries.jsonl", [{"_id": f"q{i}", "text": t} for i, t in enumerate(QUERIES)])
    qrels = "".join(f"q{i}\td{i}\t1\n" for i in range(3))
    (folder / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{qrels}")
    return folder


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def add(path, line):
    path.write_text(f"{path.read_text()}{line}\n")


def evaluate(*arguments, stderr=None):
    out = io.StringIO()
    call_command("evaluate_search", *map(str, arguments), stdout=out, stderr=stderr)
    return out.getvalue()


def test_prints_one_line_a_set_in_the_fixed_form_and_needs_no_database(judged_set):
    pattern = (
        r"small nDCG@10 1\.0000 MRR@10 1\.0000 Recall@10 1\.0000"
        r" queries 3 p50 \d+\.\d ms p95 \d+\.\d ms\n"
    )
    assert re.fullmatch(pattern, evaluate(judged_set))


@pytest.mark.django_db
@pytest.mark.elasticsearch
def test_elasticsearch_gives_the_same_figures_and_keeps_nothing(judged_set, settings):
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        evaluate(judged_set, "--engine", "elasticsearch")
    with elasticsearch.generations() as there:
        scratch = f"{there.cluster.prefix}-scratch"
        settings.ELASTICSEARCH_URL = elasticsearch.address()
        settings.ELASTICSEARCH_PREFIX = there.cluster.prefix
        lines = [evaluate(judged_set, "--engine", e) for e in ("embedded", "elasticsearch")]
        left = ElasticGenerations(Cluster(there.cluster.addresses, prefix=scratch)).names()
    assert lines[0].partition(" p50")[0] == lines[1].partition(" p50")[0]
    assert left == []


@pytest.mark.django_db
def test_judgements_decide_the_figures(judged_set):
    (judged_set / "qrels.tsv").write_text("q0\td0\t1\nq1\td0\t1\nq2\td0\t1\n")
    line = evaluate(judged_set)
    assert float(line.split()[4]) < 1
    assert "queries 3" in line


@pytest.mark.django_db
def test_writes_a_run_that_programs_order_as_it_was(judged_set, tmp_path):
    evaluate(judged_set, "--run", tmp_path / "out.run")
    rows = [line.split() for line in (tmp_path / "out.run").read_text().splitlines()]
    assert {row[1] for row in rows} == {"Q0"}
    assert {row[5] for row in rows} == {"small"}
    for query in ("q0", "q1", "q2"):
        own = [row for row in rows if row[0] == query]
        assert [int(row[3]) for row in own] == list(range(1, len(own) + 1))
        assert own == sorted(own, key=lambda row: -float(row[4]))


@pytest.mark.django_db
def test_a_title_of_the_set_goes_before_the_first_line(judged_set):
    write(
        judged_set / "corpus.jsonl",
        [
            {"_id": "d0", "title": "Given", "text": "First line\nrest"},
            {"_id": "d1", "text": "First line\nrest"},
            {"_id": "d2", "text": "x" * 121 + "\nrest"},
        ],
    )
    assert [document.title for document in load(judged_set).documents] == [
        "Given", "First line", ""
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["meaning", "both"])
def test_meaning_needs_an_embedder(judged_set, mode, settings):
    settings.EMBEDDINGS = "off"
    with pytest.raises(CommandError, match="needs an embedder"):
        evaluate(judged_set, "--mode", mode)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "engine", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
)
def test_by_meaning_questions_in_other_words_and_languages_find_their_text(
    judged_set, settings, engine, tmp_path
):
    by_meaning(settings)
    in_folder(settings, tmp_path)
    if engine == "elasticsearch":
        settings.ELASTICSEARCH_URL = elasticsearch.address()
    asked = ["Where do I pick another secret for signing in?", "怎样退货？", "我搬家了"]
    rows = [{"_id": f"q{i}", "text": text} for i, text in enumerate(asked)]
    write(judged_set / "queries.jsonl", rows)
    assert "nDCG@10 0." in evaluate(judged_set, "--engine", engine, "--mode", "words")
    for mode in ("meaning", "both"):
        told = evaluate(judged_set, "--engine", engine, "--mode", mode)
        assert "nDCG@10 1.0000" in told


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("corpus.jsonl", "{oops\n", r"corpus\.jsonl, line 1, is not JSON"),
        ("corpus.jsonl", '{"_id": "d0"}\n', "has no text"),
        ("qrels.tsv", "q0\td0\t1\nq1 d0\n", r"line 2, is not “query document grade”"),
        ("qrels.tsv", "q9\td0\t1\n", "query q9 is judged but not in"),
        ("qrels.tsv", "q0\td0\t0\n", "nothing to judge by"),
    ],
)
def test_a_broken_set_is_named_by_file_and_line(judged_set, name, text, says):
    (judged_set / name).write_text(text)
    with pytest.raises(CommandError, match=says):
        evaluate(judged_set)


@pytest.mark.parametrize(
    ("name", "line", "says"),
    [
        ("corpus.jsonl", '{"_id": "d1", "text": "again"}', "2 documents of the _id “d1”"),
        ("queries.jsonl", '{"_id": "q2", "text": "again"}', "2 queries of the _id “q2”"),
    ],
)
def test_a_set_with_an_id_twice_is_refused(judged_set, name, line, says):
    add(judged_set / name, line)
    with pytest.raises(CommandError, match=says):
        evaluate(judged_set)


def test_ids_may_have_spaces(judged_set):
    add(judged_set / "corpus.jsonl", '{"_id": "d 3", "text": "Cancelling a subscription"}')
    add(judged_set / "queries.jsonl", '{"_id": "q 3", "text": "cancel my subscription"}')
    add(judged_set / "qrels.tsv", "q 3\td 3\t1")
    assert "nDCG@10 1.0000 MRR@10 1.0000 Recall@10 1.0000 queries 4" in evaluate(judged_set)


def test_judged_documents_that_are_not_there_are_told_and_count_as_not_found(judged_set):
    add(judged_set / "qrels.tsv", "q0\td9\t1")
    told = io.StringIO()
    assert "Recall@10 0.8333" in evaluate(judged_set, stderr=told)
    assert "1 documents are judged relevant and are not in corpus.jsonl (d9" in told.getvalue()


def test_a_folder_without_a_set_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(tmp_path)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("How do I reset the password? 密码", "en"),
        ("如何重置 TiDB Lightning 的密码？", "zh-hans"),
        ("如何重設資料庫的密碼？", "zh-hant"),
    ],
)
def test_the_language_of_a_set_is_told_by_its_characters(text, locale):
    assert locale_of([text]) == locale
