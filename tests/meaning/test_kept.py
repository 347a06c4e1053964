"""Vectors of given texts are made once, whoever stops on the way."""

import numpy as np
import pytest

from search.meaning.kept import kept
from search.meaning.protocol import EmbedderFailed

TEXTS = [f"question {number}" for number in range(200)]


class Counting:
    """Vectors that tell the text's number; remembers what it was asked; fails when it is full."""

    def __init__(self, most: int = 10_000) -> None:
        self.asked: list[str] = []
        self.most = most

    def __call__(self, texts):
        if len(self.asked) + len(texts) > self.most:
            raise EmbedderFailed("away")
        self.asked += texts
        return np.array([[float(text.split()[1]), 1.0] for text in texts], np.float32)


def test_who_was_stopped_goes_on_where_it_was(tmp_path):
    stopped = Counting(most=150)
    with pytest.raises(EmbedderFailed):
        kept(stopped, "m", TEXTS, tmp_path)
    steps = []
    after = Counting()
    vectors = kept(after, "m", TEXTS, tmp_path, lambda done, total: steps.append((done, total)))
    assert vectors[:, 0].tolist() == list(range(200))
    assert sorted(stopped.asked + after.asked) == sorted(TEXTS)
    assert steps == [(144, 200), (160, 200), (176, 200), (192, 200), (200, 200)]


def test_a_text_of_two_lists_is_made_once_a_model(tmp_path):
    kept(Counting(), "m", TEXTS[:70], tmp_path)
    again = Counting()
    vectors = kept(again, "m", [*TEXTS[60:80], TEXTS[75]], tmp_path)
    assert again.asked == TEXTS[70:80]
    assert vectors[:, 0].tolist() == [*range(60, 80), 75]
    other = Counting()
    kept(other, "n", TEXTS[:5], tmp_path)
    assert other.asked == TEXTS[:5]


def test_a_file_that_is_not_whole_is_made_again(tmp_path):
    kept(Counting(), "m", TEXTS[:5], tmp_path)
    (path,) = tmp_path.glob("*/*.npz")
    path.write_bytes(path.read_bytes()[:100])
    again = Counting()
    assert kept(again, "m", TEXTS[:5], tmp_path)[:, 0].tolist() == list(range(5))
    assert again.asked == TEXTS[:5]
    fine = Counting()
    kept(fine, "m", TEXTS[:5], tmp_path)
    assert fine.asked == []
