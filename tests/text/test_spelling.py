"""Unknown words are corrected to words the site has; known words never are."""

import pytest

from search.engine.vocabulary import CountedVocabulary
from search.text import Analyser
from search.text.folding import fold
from search.text.spelling import Corrector, rewritten

COUNTS = {"password": 9, "delivery": 5, "transfer": 2, "cart": 4, "card": 9, "密码": 7, "验证码": 3}
ANALYSER = Analyser()
CORRECTOR = Corrector(CountedVocabulary(COUNTS, lambda word: COUNTS.get(word, 0)))


def corrected(text: str) -> str:
    return rewritten(text, CORRECTOR.corrections(ANALYSER.query(text), fold(text).text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("my pasword", "my password"),
        ("delivry time", "delivery time"),
        ("tranfser", "transfer"),
        ("忘记密吗怎么办", "忘记密码怎么办"),
        ("收不到验证吗", "收不到验证码"),
    ],
)
def test_typing_errors_are_corrected(typed: str, meant: str):
    assert corrected(typed) == meant


@pytest.mark.parametrize("typed", ["password", "cart", "密码", "car", "的是", "12345"])
def test_known_short_and_small_words_stay(typed: str):
    assert corrected(typed) == typed


def test_of_several_near_words_the_most_frequent_is_first():
    proposals = CORRECTOR.corrections(ANALYSER.query("carx"), "carx")
    assert [proposal.replacement for proposal in proposals] == ["card", "cart"]
