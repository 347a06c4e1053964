"""The passage shows where the question's words stand, in any form or script."""

from hypothesis import given
from hypothesis import strategies as st

from search.text import Analyser
from search.text.highlight import Marker
from search.text.pieces import piece

ANALYSER = Analyser()


def marked(question: str, text: str, **options) -> list[str]:
    marker = Marker.of(ANALYSER, ANALYSER.query(question), **options)
    return [text[start:end] for start, end in marker.marks(text)]


def test_other_forms_of_an_english_word_are_marked():
    assert marked("reset password", "Resetting Passwords is easy") == ["Resetting", "Passwords"]


def test_simplified_and_traditional_characters_mark_each_other():
    assert marked("密码", "請輸入您的密碼") == ["密碼"]
    assert marked("密碼", "请输入您的密码") == ["密码"]


def test_a_word_being_typed_marks_its_beginning():
    assert marked("refu", "Refunds take a week", prefix=True) == ["Refunds"]
    assert marked("refu", "Refunds take a week") == []


def test_the_passage_comes_from_the_section_with_most_of_the_words():
    sections = ["Nothing here.", "A refund only.", "A refund takes five days to arrive."]
    marker = Marker.of(ANALYSER, ANALYSER.query("refund days"))
    assert marker.passage(sections).section == 2


def test_a_compound_is_found_and_marked_by_its_joined_form():
    marker = Marker.of(ANALYSER, ANALYSER.query("wifi password"))
    passage = marker.passage(
        ["Nothing here.", "Hold the button until the Wi-Fi password is shown."]
    )
    assert passage.section == 1
    assert [passage.text[a:b] for a, b in passage.marks] == ["Wi-Fi", "password"]
    assert marked("wifi", "打开Wi-Fi设置") == ["Wi-Fi"]
    assert marked("nodejs", "Install Node.js or wifi") == ["Node.js"]


def test_the_only_word_is_a_compound_far_down_the_text():
    text = "Before. " * 100 + "The Wi-Fi light blinks. " + "After. " * 100
    passage = Marker.of(ANALYSER, ANALYSER.query("wifi")).passage([text], 120)
    assert "Wi-Fi light" in passage.text
    assert [passage.text[a:b] for a, b in passage.marks] == ["Wi-Fi"]


def test_a_long_text_is_cut_around_the_words():
    text = "Before. " * 200 + "The filter light blinks red. " + "After. " * 200
    passage = Marker.of(ANALYSER, ANALYSER.query("blinking filter")).passage([text], 120)
    assert "filter light blinks" in passage.text
    assert len(passage.text) <= 200


def test_a_latin_word_is_found_directly_after_chinese():
    passage = Marker.of(ANALYSER, ANALYSER.query("TiDB")).passage(["请升级TiDB集群"])
    assert [passage.text[a:b] for a, b in passage.marks] == ["TiDB"]


def test_a_traditional_text_is_found_by_a_simplified_question():
    passage = Marker.of(ANALYSER, ANALYSER.query("数据库")).passage(["無關", "還原數據庫的步驟"])
    assert passage.section == 1
    assert [passage.text[a:b] for a, b in passage.marks] == ["數據庫"]


def test_without_any_word_there_is_no_passage():
    assert Marker.of(ANALYSER, ANALYSER.query("refund")).passage(["Something else."]) is None


@given(st.text(max_size=60), st.text(max_size=400))
def test_marks_lie_inside_the_text_and_do_not_touch(question: str, text: str):
    marker = Marker.of(ANALYSER, ANALYSER.query(question), prefix=True)
    end = -1
    for start, stop in marker.marks(text):
        assert end < start < stop <= len(text)
        end = stop
    passage = marker.passage([text])
    if passage:
        assert all(0 <= a < b <= len(passage.text) for a, b in passage.marks)


def test_lines_that_end_without_a_stop_are_parted_in_a_passage():
    steps = "Fit the filter\nOpen the bag.\nFill the tank\n使用冷水。\nRinse"
    assert piece(steps, 0, 200) == (
        "Fit the filter · Open the bag. Fill the tank · 使用冷水。 Rinse"
    )
    assert piece("Codes:\nE1 · No water\nE2 · No power", 0, 200) == (
        "Codes: E1 · No water · E2 · No power"
    )
