"""Groups keep their ids from run to run, and what people decided stays."""

import json

import numpy as np
import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from search.insights.grouping.grouping import group_texts
from search.insights.grouping.scoring import apart
from search.insights.models import (
    GroupingRun,
    Question,
    QuestionGroup,
    QuestionImport,
    QuestionText,
)
from search.insights.questions import deciding
from search.insights.questions.fields import Row
from search.insights.questions.keeping import Keeper
from search.insights.questions.runs import AlreadyRunning, begin, group_questions
from tests.bench.p10_grouping import QUESTIONS, SETS

from .making import messages

#: Of the texts that had a group, the share that may change it when a tenth of the data is added.
MOST_MOVED = 0.05


@pytest.fixture(autouse=True)
def by_words(settings):
    settings.EMBEDDINGS = "off"


def bring(rows, at=None):
    record = QuestionImport.objects.create(source="test")
    Keeper(record).keep([(Row(text=text, time=at), False) for text in rows])


def members():
    rows = QuestionText.objects.exclude(group=None).values_list("text", "group")
    return dict(rows)


def group_of(word):
    rows = QuestionText.objects.filter(text__contains=word).exclude(group=None)
    return QuestionGroup.objects.get(pk=rows.values_list("group", flat=True)[0])


@pytest.fixture
def grouped(db):
    bring(text for _asked, text in messages())
    return group_questions()


@pytest.fixture
def writer(db):
    return get_user_model().objects.create(username="writer")


def test_what_asks_one_thing_is_one_group(grouped):
    found, asked = members(), {text: name for name, text in messages()}
    assert grouped.state == GroupingRun.State.DONE
    assert len(found) >= 0.9 * len(asked)
    by_group: dict[int, list[str]] = {}
    for text, group in found.items():
        by_group.setdefault(group, []).append(asked[text])
    same = sum(max(names.count(n) for n in set(names)) for names in by_group.values())
    assert same >= 0.9 * len(found)


def test_a_group_has_a_name_of_its_own_texts_and_key_words(grouped):
    group = group_of("invoice")
    assert group.name in members()
    assert "invoice" in group.key_words
    assert group.questions_count == group.texts_count > 0


def test_nothing_moves_where_nothing_is_new(grouped):
    before = members()
    assert group_questions().moved == 0
    assert members() == before


def test_new_wordings_join_the_groups_that_are_there(grouped):
    before, ids = members(), set(QuestionGroup.objects.values_list("pk", flat=True))
    bring(["Please send me the invoice for my order", "发票怎么开，我要上个月的订单"])
    group_questions()
    after = members()
    assert {text: after[text] for text in before} == before
    assert after["Please send me the invoice for my order"] == group_of("invoice").pk
    assert set(QuestionGroup.objects.values_list("pk", flat=True)) == ids


def test_a_name_given_by_a_person_stays(grouped, writer):
    deciding.rename(group_of("invoice"), "Invoices, please", writer)
    bring(["I need an invoice for the machine with my company's name"])
    group_questions()
    assert group_of("invoice").name == "Invoices, please"


def test_groups_that_were_merged_stay_one(grouped, writer):
    one, other = group_of("invoice"), group_of("parcel")
    deciding.merge(one, [other], writer)
    bring(["Where is my parcel now, it was sent on Monday?", "The invoice for my last order?"])
    group_questions()
    assert group_of("parcel").pk == group_of("invoice").pk == one.pk
    other.refresh_from_db()
    assert other.merged_into_id == one.pk


def test_what_was_split_off_stays_apart(grouped, writer):
    group = group_of("invoice")
    chosen = list(group.texts.filter(text__contains="company").values_list("pk", flat=True))
    made = deciding.split(group, chosen, writer)
    group_questions()
    assert set(made.texts.values_list("pk", flat=True)) == set(chosen)
    assert group.texts.exists()


def test_state_owner_and_class_stay(grouped, writer):
    group = group_of("wifi")
    deciding.ignore(group, writer, "known")
    deciding.assign(group, writer, writer)
    deciding.class_as(group, "complaint", writer)
    bring(["It won't connect to the wifi at home since the update."])
    group_questions()
    group.refresh_from_db()
    assert (group.state, group.owner, group.kind) == ("ignored", writer, "complaint")
    assert [step.action for step in group.history.all()] == ["classed", "assigned", "ignored"]


def test_one_run_at_a_time(db):
    begin("words")
    with pytest.raises(AlreadyRunning):
        group_questions()


def test_a_question_asked_by_many_is_compared_once(grouped):
    bring(["Where is my parcel that was sent on Monday?"], at=timezone.now())
    assert QuestionText.objects.count() == len(messages())
    assert Question.objects.count() == len(messages()) + 1


def labelled(name):
    path = QUESTIONS / name
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return [line.rpartition("\t")[0] for line in path.read_text("utf-8").splitlines() if line]


@pytest.mark.parametrize("name", [name for name in SETS if "train" not in name])
def test_few_messages_change_their_group_when_a_tenth_is_added(name):
    texts = np.random.default_rng(5).permutation(np.array(labelled(name), object)).tolist()
    groups = np.zeros(0, np.int64)
    for tenths in range(1, 11):
        here = texts[: len(texts) * tenths // 10]
        before = np.full(len(here), -1)
        before[: len(groups)] = groups
        now = group_texts(here, before=before if len(groups) else None).groups
        had = groups >= 0
        moved = np.count_nonzero(now[: len(groups)][had] != groups[had])
        assert moved <= MOST_MOVED * max(np.count_nonzero(had), 1), f"{tenths} tenths"
        groups = now


def test_what_is_asked_about_something_else_is_kept_apart():
    path = QUESTIONS / "banking77_test.tsv"
    foreign = QUESTIONS.parent / "retrieval" / "xquad_en2zh" / "queries.jsonl"
    if not path.is_file() or not foreign.is_file():
        pytest.skip("the sets are not there")
    lines = foreign.read_text("utf-8").splitlines()
    texts = [*labelled(path.name)[::3], *(json.loads(line)["text"] for line in lines[::30])]
    labels = ["bank"] * (len(texts) - len(lines[::30])) + ["outside"] * len(lines[::30])
    groups = group_texts(texts).groups
    assert apart(labels, groups, "outside") >= 0.5
    assert np.mean(groups[:-40] < 0) < 0.08
