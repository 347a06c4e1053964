"""Readers see their own script, whichever the words of the index are in."""

import pytest

from search.text.script import in_script_of


@pytest.mark.parametrize(
    ("locale", "text", "typed", "shown"),
    [
        ("zh-hant", "发票怎么开", "", "發票怎麼開"),
        ("zh-hant", "发票怎么开", "髮票怎么開", "發票怎麼開"),
        ("zh-hant", "数据库备份", "資料庫被份", "資料庫備份"),
        ("zh-hant", "Wi-Fi 设置", "", "Wi-Fi 設置"),
        ("zh-hans", "發票怎么開", "", "发票怎么开"),
        ("en", "发票", "", "发票"),
    ],
)
def test_words_are_shown_in_the_readers_script(locale, text, typed, shown):
    assert in_script_of(locale, text, typed) == shown
