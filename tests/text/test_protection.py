"""Names of the site's own stay as they are, in texts and in questions alike."""

import pytest

from search.text import Analyser
from search.text.highlight import Marker


def tokens(text: str, *dictionary: str) -> list[str]:
    return [token.text for token in Analyser(dictionary).words(text)]


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("TEAMS and team", "Teams", "teams"),
        ("the Node.js guide", "node.js", "nodejs"),
        ("买T恤的尺码", "t恤", "t恤"),
        ("google  Chat rooms", "Google Chat", "googlechat"),
        ("云课堂登录", "云课堂", "云课堂"),
        ("雲課堂登錄", "云课堂", "云课堂"),
        ("C++ compiler", "C++", "c++"),
    ],
)
def test_a_name_is_one_token_for_texts_and_questions(text: str, word: str, whole: str) -> None:
    analyser = Analyser([word])
    assert whole in tokens(text, word)
    assert whole in analyser.index(text).words
    assert whole in [w.token for w in analyser.query(text).words]


def test_a_protected_name_is_neither_stemmed_nor_divided() -> None:
    assert tokens("Teams Node.js", "Teams", "Node.js") == ["teams", "nodejs"]
    assert tokens("Teams Node.js") == ["team", "nodej", "node", "js"]


def test_a_name_is_not_found_inside_a_longer_word() -> None:
    assert "googlechat" not in tokens("google chatroom", "google chat")
    assert "t恤" not in tokens("shirt恤", "t恤")


def test_words_and_index_say_the_same_with_a_dictionary() -> None:
    analyser = Analyser(["Teams", "google chat", "T恤", "云课堂"])
    text = "Teams 的云课堂, Google Chat 与T恤 in teams"
    assert sorted(t.text for t in analyser.words(text)) == sorted(analyser.index(text).words)
    places = [token.start for token in analyser.words(text)]
    assert places == sorted(places)


def test_a_protected_name_is_marked() -> None:
    analyser = Analyser(["Teams"])
    marker = Marker.of(analyser, analyser.query("teams"))
    assert marker.marks("Use Teams now") == ((4, 9),)
