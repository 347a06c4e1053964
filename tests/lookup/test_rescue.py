"""The steps to an answer: each is taken only where those before it found none, and is named."""

from __future__ import annotations

import pytest

from content.audience import Audience
from search.index.tuning.models import Synonym
from search.journeys import Journey
from search.journeys.models import Search
from search.lookup import glossary
from search.lookup.query import Query
from search.lookup.service import search
from tests import factories as make

from .asking import ask, titles


@pytest.fixture
def site(index):
    """A help centre in two languages, one family of which is linked."""
    glossary.forget()
    chinese = make.category("账户", code="zh-hans")
    make.faq("如何修改密码", parent=chinese, lead="在设置中点击修改。")
    make.faq("如何申请发票", parent=chinese, lead="在订单页面申请。")
    make.faq("数据库备份", parent=chinese, lead="每天自动备份一次。")
    make.faq("Hide contacts in Hangouts", lead="Open the contact's menu.")
    make.faq("Return a parcel", lead="Print the label.")
    index.drain()
    return index


def synonym(words: str, synonyms: str, **more) -> None:
    Synonym.objects.create(words=words, synonyms=synonyms, **more)


@pytest.mark.parametrize("text", ["mima", "密吗", "xiugaimima", "MIMA"])
def test_pinyin_and_homophones_find_the_word(site, text):
    results = ask(text, locale="zh-hans")
    assert titles(results)[0] == "如何修改密码"
    assert results.rescue == "script"
    assert "密码" in results.did_you_mean


@pytest.mark.parametrize("text", ["备份份", "备备份"])
def test_a_doubled_character_is_spelling_before_any_sound(site, text):
    make.faq("份份报告", parent=make.category("报告", code="zh-hans"), lead="每份都要。")
    site.drain()
    results = ask(text, locale="zh-hans")
    assert (results.did_you_mean, results.rescue) == ("备份", "spelling")
    assert titles(results)[0] == "数据库备份"


def test_latin_letters_of_an_english_reader_are_misspelt_first(site):
    make.faq("Mimo antennas", lead="A mimo antenna has many elements.")
    site.drain()
    english = ask("mima")
    assert (titles(english), english.rescue) == (["Mimo antennas"], "spelling")
    assert ask("mima", locale="zh-hans").rescue == "script"


def test_a_synonym_helps_with_a_word_that_no_article_has(site):
    synonym("google chat\ngchat", "hangouts")
    results = ask("gchat contacts")
    assert titles(results)[0] == "Hide contacts in Hangouts"
    assert results.rescue == "synonym"
    assert results.did_you_mean == "hangouts contacts"


def test_a_synonym_comes_before_spelling(site):
    synonym("parsel", "hangouts")
    assert titles(ask("parsel")) == ["Hide contacts in Hangouts"]
    assert ask("parzel").rescue == "spelling"


def test_what_is_answered_as_typed_needs_no_synonym(site):
    synonym("parcel", "hangouts")
    results = ask("parcel")
    assert (titles(results), results.rescue) == (["Return a parcel"], "")


def test_a_synonym_helps_only_those_it_is_for(site):
    synonym("gchat", "hangouts", audience=Audience.AGENTS)
    assert not ask("gchat").answered
    assert ask("gchat", Audience.AGENTS).rescue == "synonym"


def test_as_typed_means_as_typed(site):
    synonym("gchat", "hangouts")
    assert not ask("gchat", spelling=False).answered
    assert not ask("mima", locale="zh-hans", spelling=False).answered


def test_taiwan_s_words_find_the_mainland_s(site):
    results = ask("資料庫備份", locale="zh-hans")
    assert titles(results)[0] == "数据库备份"
    assert titles(ask("資料庫", locale="zh-hans")) == ["数据库备份"]


def test_an_article_is_found_by_words_that_only_its_translation_has(site):
    family = make.faq("Direct debit mandate", lead="Sign the mandate.").translation_key
    make.faq(
        "授权扣款",
        parent=make.category("付款", code="zh-hans"),
        lead="签署后生效。",
        translation_key=family,
    )
    site.drain()
    results = ask("mandate", locale="zh-hans")
    assert titles(results) == ["授权扣款"]
    assert (results.hits[0].locale, results.rescue) == ("zh-hans", "language")


@pytest.mark.parametrize("locale", ["zh-hans", "zh-hant"])
def test_the_words_of_any_translation_find_the_one_that_the_reader_reads(site, locale):
    """Whoever reads Chinese prefers either script to English, whose words are asked for here."""
    key = make.faq("Direct debit mandate", lead="Sign the mandate.").translation_key
    for code, title in (("zh-hans", "授权扣款"), ("zh-hant", "授權扣款")):
        shelf = make.category("付款", code=code)
        make.faq(title, parent=shelf, lead="签署后生效。", translation_key=key)
    other = make.faq("Mandate of a firm", lead="A firm signs the mandate too.").translation_key
    make.faq("公司授权", parent=make.category("公司", code="zh-hans"), translation_key=other)
    site.drain()
    results = ask("mandate", locale=locale)
    own = "授权扣款" if locale == "zh-hans" else "授權扣款"
    assert sorted(titles(results)) == sorted([own, "公司授权"])
    assert (results.total, results.rescue) == (2, "language")
    assert all(hit.answers and hit.coverage == 1 for hit in results.hits)


def test_an_english_reader_gets_each_article_once_however_many_translations_have_the_words(site):
    key = make.faq("Direct debit mandate", lead="Sign it.").translation_key
    for code, title in (("zh-hans", "授权扣款"), ("zh-hant", "授權扣款")):
        make.faq(title, parent=make.category("付款", code=code), translation_key=key)
    site.drain()
    results = ask("授权")
    assert (titles(results), results.total) == (["Direct debit mandate"], 1)


def test_words_are_translated_as_the_titles_of_linked_translations_teach(site):
    shelf = make.category("退款", code="zh-hans")
    for here, there in (("Refund status", "退款 进度"), ("Refund rules", "退款 规定")):
        key = make.faq(here, lead="See your account.").translation_key
        make.faq(there, parent=shelf, lead="在账户中查看。", translation_key=key)
    make.faq("Reimbursement by bank", parent=shelf, lead="退款到银行卡。")
    site.drain()
    assert glossary.glossary(Audience.PUBLIC, "en")["refund"][0] == "退款"
    english = ask("refund")
    assert english.rescue == ""
    for entry in type(make.faq("x")).objects.filter(title__startswith="Refund"):
        entry.unpublish()
    site.drain()
    found = ask("refund")
    assert found.rescue == "language"
    assert "Reimbursement by bank" in titles(found)


def test_the_glossary_teaches_nobody_words_of_titles_that_he_may_not_read(site):
    shelf = make.category("内部", code="zh-hans")
    key = make.faq("Falcon", lead="x", audience=Audience.INTERNAL).translation_key
    make.faq("猎鹰", parent=shelf, lead="x", audience=Audience.INTERNAL, translation_key=key)
    site.drain()
    assert "falcon" not in glossary.glossary(Audience.PUBLIC, "en")
    assert glossary.glossary(Audience.INTERNAL, "en")["falcon"] == ("猎鹰",)


def test_nothing_helps_with_what_nobody_has_written(site):
    results = ask("xyzzyquux")
    assert (results.answered, results.rescue, results.hits) == (False, "", ())


@pytest.mark.parametrize(
    ("text", "locale", "step"),
    [("mima", "zh-hans", "script"), ("parcle", "en", "spelling"), ("parcel", "en", "")],
)
def test_the_step_is_recorded(site, client, text, locale, step):
    journey = Journey(client_id="c" * 32, kind="customer")
    search(Query(text, Audience.PUBLIC, locale, journey=journey))
    assert Search.objects.get().rescue == step


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        ("mima", "zh-hans", "<strong>密码</strong>"),
        ("gchat", "en", "which means the same here"),
        ("okapi", "en", "in other languages"),
    ],
)
def test_the_step_is_shown_in_one_line(site, client, text, path, says):
    synonym("gchat", "hangouts")
    make.faq("Okapi 动物", parent=make.category("动物", code="zh-hans"), lead="okapi")
    site.drain()
    page = client.get(f"/{path}/search/", {"q": text}).content.decode()
    assert says in page


@pytest.mark.parametrize("text", ["修改蜜碼", "修改蜜码", "xiugaimima"])
def test_a_correction_is_in_the_readers_characters_and_finds_the_same(site, client, text):
    results = ask(text, locale="zh-hant")
    assert results.did_you_mean == "修改密碼"
    assert ask(text, locale="zh-hans").did_you_mean == "修改密码"
    again = ask(results.did_you_mean, locale="zh-hant")
    assert titles(again) == titles(results)
    assert again.did_you_mean == ""
    page = client.get("/zh-hant/search/", {"q": text}).content.decode()
    assert "修改密碼" in page
    assert "修改密码" not in page.split("</h1>")[1].split("</p>")[0]


def test_words_of_taiwan_stay_in_a_correction(site):
    assert ask("資料庫備份份", locale="zh-hant").did_you_mean in ("", "資料庫備份")
    assert "资料库" not in ask("資料庫被份", locale="zh-hant").did_you_mean
    assert ask("資料庫被份", locale="zh-hant").did_you_mean == "資料庫備份"
