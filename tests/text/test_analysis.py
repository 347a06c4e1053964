"""Words of documents and questions meet in any form, and know where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import Analyser, exact_key, group_key, normalise

ANALYSER = Analyser()
mixed = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aZ19 .-_'’+#ßİﬁ½…①ｶﾞ\u0301\u00ad\u200b\ud800數據庫后頭髮資料𠮷["),
    ),
    max_size=60,
)


def words(text: str) -> list[str]:
    return [token.text for token in ANALYSER.words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e-mail", "email"),
        ("Node.js", "nodejs"),
        ("gcLifeTime", "gc_life_time"),
        ("Ｗｉ－Ｆｉ", "wi-fi"),
        ("v6.4.0", "6.4.0"),
        ("數據庫", "数据库"),
        ("don’t", "dont"),
        ("settings", "setting"),
    ],
)
def test_two_spellings_of_a_word_share_a_token(one: str, other: str):
    assert set(words(one)) & set(words(other))


def test_the_parts_of_a_compound_are_found_as_well():
    assert {"tidbgclifetim", "tidb", "gc", "life", "time"} <= set(words("tidb_gc_life_time"))


def test_chinese_words_are_found_inside_longer_ones_and_beside_latin():
    assert {"tidb", "数据库", "升级"} <= set(words("TiDB数据库升级"))


def test_a_word_of_the_sites_own_dictionary_is_one_word():
    assert "退换货单" not in words("退换货单在哪里")
    own = Analyser(["退換貨單"])
    assert "退换货单" in [token.text for token in own.words("退換貨單在哪裡")]


def test_of_a_link_only_the_text_is_read():
    assert words("see [backup](/guide/restore.md) now") == ["see", "backup", "now"]


@given(mixed)
def test_tokens_lie_inside_the_text_as_it_was_given(text: str):
    for token in ANALYSER.words(text):
        assert token.text.split() == [token.text]
        assert 0 <= token.start < token.end <= len(text)


@given(mixed)
def test_one_pass_gives_the_same_as_each_by_itself(text: str):
    index = ANALYSER.index(text)
    assert index.words == words(text)
    assert index.grams == ANALYSER.grams(text)
    assert index.surfaces == ANALYSER.surfaces(text)


@given(mixed)
def test_no_token_holds_white_space_at_which_an_engine_would_split_it(text: str):
    index = ANALYSER.index(text)
    for token in (*index.words, *index.grams, *index.surfaces, *index.prefixes):
        assert token.split() == [token]


@given(mixed)
def test_normalising_twice_changes_nothing(text: str):
    assert normalise(normalise(text)) == normalise(text)


@given(mixed)
def test_a_question_names_no_term_twice(text: str):
    query = ANALYSER.query(text)
    tokens = [word.token for word in query.words]
    grams = [gram for gram, _ in query.grams]
    assert len(tokens) == len(set(tokens))
    assert len(grams) == len(set(grams))


def test_small_words_and_known_grams_weigh_less_and_question_words_do_not():
    query = ANALYSER.query("how to reset pasword", known=lambda word: word != "pasword")
    weights = {word.surface: word.weight for word in query.words}
    assert weights == {"how": 1.0, "to": 0.3, "reset": 1.0, "pasword": 1.0}
    assert dict(query.grams)["rese"] == 0.75
    assert dict(query.grams)["pasw"] == 1.0
    assert [word.surface for word in query.content] == ["reset", "pasword"]


def test_the_last_word_is_open_until_something_follows_it():
    assert ANALYSER.query("reset passw").prefix == "passw"
    assert ANALYSER.query("reset passw ").prefix == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is C++?", "what is c++"),
        ("TiDB 数据库", "tidb數據庫？"),
        ("How do I  reset it!", "how do i reset it"),
        ("Don’t panic", "dont panic"),
    ],
)
def test_titles_are_equal_whatever_their_case_script_and_punctuation(one: str, other: str):
    assert exact_key(one) == exact_key(other)


def test_titles_that_differ_by_a_sign_that_names_something_stay_apart():
    assert len({exact_key("C"), exact_key("C++"), exact_key("C#")}) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I reset my password?", "password resetting, please"),
        ("怎么升级数据库", "請問數據庫如何升級"),
        ("router wifi", "Wi-Fi routers"),
    ],
)
def test_questions_that_ask_one_thing_share_a_key(one: str, other: str):
    assert group_key(one)
    assert group_key(one) == group_key(other)


def test_a_question_of_small_words_alone_has_a_key():
    assert group_key("how to do it") == "do how it to"


@given(st.permutations(["reset", "passwords", "密码", "how", "router", "數據庫"]))
def test_the_order_of_words_does_not_change_the_key(order: list[str]):
    key = group_key("reset passwords 密码 how router 數據庫")
    assert group_key(" ".join(order)) == key
