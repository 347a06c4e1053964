"""The constructed site once more, searched by meaning as well."""

import pytest

from search.insights.diagnosis.models import Kind
from tests.vectored import by_meaning, with_vectors

from .diagnosing.cases import CASES
from .diagnosing.site import ask_everything, build, diagnosed, mistaken, table

pytestmark = pytest.mark.django_db


def test_nine_of_ten_gaps_are_diagnosed_right_by_meaning_too(index, settings, capsys) -> None:
    by_meaning(settings)
    entries = build(index)
    with_vectors()
    gaps = ask_everything(entries, index)
    matrix = diagnosed(gaps)
    with capsys.disabled():
        print(f"\n{table(matrix)}\n{mistaken(gaps)}")
    assert sum(matrix.values()) == len(CASES) == 100
    assert sum(matrix[kind, kind] for kind in Kind) >= 90
