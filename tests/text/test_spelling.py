"""Unknown words are corrected to words the site has; known words never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

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


near_words = st.text(alphabet="abc", min_size=4, max_size=10)


@given(near_words, st.sets(st.text(alphabet="abc", min_size=3, max_size=12), max_size=30))
def test_no_word_that_is_near_enough_is_overlooked(typed: str, words: set[str]):
    words.discard(typed)
    corrector = Corrector(CountedVocabulary(words, lambda word: int(word in words)))
    proposed = {c.replacement for c in corrector.corrections(ANALYSER.query(typed), typed)}
    edits = {word: OSA.distance(typed, word) for word in words}
    near = {word for word, distance in edits.items() if distance == 1}
    if not near and len(typed) >= 8:
        near = {word for word, distance in edits.items() if distance == 2}
    assert proposed == set(sorted(near)[:3])
