"""Typing errors: one a query, the same for the same seed, of the kinds people make."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA

from search.lookup.evaluation.typos import mistyped

ENGLISH = "How do I reset the password of my account?"
CHINESE = "如何修改数据库的密码"


@pytest.mark.parametrize("seed", range(40))
def test_an_english_query_gets_one_edit_in_one_long_word(seed):
    typed = mistyped(ENGLISH, seed)
    assert OSA.distance(typed, ENGLISH) == 1
    changed = [a for a, b in zip(ENGLISH.split(), typed.split(), strict=True) if a != b]
    assert len(changed) == 1
    assert len(changed[0]) >= 4


@pytest.mark.parametrize("seed", range(40))
def test_a_chinese_query_gets_one_character_wrong_doubled_or_missing(seed):
    typed = mistyped(CHINESE, seed)
    assert OSA.distance(typed, CHINESE) == 1
    if len(typed) == len(CHINESE):
        (pair,) = [(a, b) for a, b in zip(CHINESE, typed, strict=True) if a != b]
        assert lazy_pinyin(pair[0])[0][-1] == lazy_pinyin(pair[1])[0][-1]


def test_all_kinds_occur():
    lengths = {len(mistyped(CHINESE, seed)) - len(CHINESE) for seed in range(60)}
    assert lengths == {-1, 0, 1}
    assert {len(mistyped(ENGLISH, seed)) - len(ENGLISH) for seed in range(60)} == {-1, 0, 1}


def test_the_same_seed_makes_the_same_error():
    assert mistyped(CHINESE, 7) == mistyped(CHINESE, 7)
    assert len({mistyped(ENGLISH, seed) for seed in range(20)}) > 5


def test_traditional_characters_stay_traditional():
    typed = {mistyped("如何重設資料庫的密碼", seed) for seed in range(60)}
    assert not any("码" in text or "设" in text for text in typed)


def test_short_words_are_left_alone():
    assert mistyped("why is it so", 1) == "why is it so"
