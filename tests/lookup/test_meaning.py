"""What a question finds by its meaning, with the bundled model, and when that is no answer."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import Entry
from search.index import generations
from search.index.tuning.models import Pin, PinnedEntry
from search.index.vectors import embedders, expect_vector
from search.journeys.models import Search
from search.lookup.answered.models import AnswerThreshold
from search.lookup.query import LONGEST
from search.lookup.tuning.effect import effect, in_force
from search.lookup.tuning.proposing import with_row
from search.text import group_key
from tests import factories as make
from tests.vectored import by_meaning, forgotten, with_vectors

from .asking import ask, titles

#: Longer than what is read of a text, so that what follows has a vector of its own alone.
MONTHLY = "Every month's bill is in your account, below the name of the shop you bought at. " * 7


@pytest.fixture
def shop(index, settings):
    """A small help centre in two languages, with its vectors and its thresholds."""
    by_meaning(settings)
    account = make.category("Account")
    make.faq("How do I reset my password?", parent=account, lead="Use the link in our e-mail.")
    make.article(
        "Invoices and receipts",
        parent=account,
        body=f"All about paying.\n\n## Where they are\n\n{MONTHLY}\n\n"
        "## For tax offices\n\nA signed copy certifies the value added tax that was paid.",
    )
    make.faq("How long does delivery take?", parent=account, lead="Two days.")
    chinese = make.category("账户", code="zh-hans")
    make.faq("怎样删除我的账户？", parent=chinese, lead="在设置里点击注销账户，三十天后生效。")
    with_vectors()
    return index


def test_a_question_with_none_of_the_words_finds_the_answer(shop):
    results = ask("I cannot remember my login secret")
    assert titles(results)[0] == "How do I reset my password?"
    assert (results.answered, results.rescue) == (True, "meaning")
    assert results.hits[0].near
    assert results.hits[0].title_marks == ()


@pytest.mark.parametrize(
    ("text", "locale", "first"),
    [
        ("zhanghu", "zh-hans", "怎样删除我的账户？"),
        ("zhuxiao zhanghu", "zh-hans", "怎样删除我的账户？"),
        ("delvery", "en", "How long does delivery take?"),
    ],
)
def test_what_was_written_by_sound_or_wrongly_means_what_it_was_taken_for(
    shop, text, locale, first
):
    make.faq(
        "怎样开发票？", parent=make.category("发票", code="zh-hans"), lead="在订单里点击开票。"
    )
    with_vectors()
    results = ask(text, locale=locale)
    assert titles(results)[0] == first


def test_words_alone_do_not_find_it(shop):
    results = ask("I cannot remember my login secret", mode="words")
    assert not results.answered
    assert ask("I cannot remember my login secret", prefix=True).hits == results.hits == ()


def test_a_question_finds_an_article_in_the_other_language(shop):
    chinese = ask("要多久才能收到貨？", locale="zh-hans")
    assert (titles(chinese)[0], chinese.hits[0].locale) == ("How long does delivery take?", "en")
    assert chinese.rescue == "language"
    english = ask("How do I delete my account?")
    assert "怎样删除我的账户？" in [hit.title for hit in english.hits if hit.answers]


def test_the_section_that_matched_is_shown_and_opened(shop):
    results = ask("proof of VAT")
    hit = (*results.hits, *results.perhaps)[0]
    assert hit.section.title == "For tax offices"
    assert hit.url.endswith(f"#{hit.section.anchor}")
    assert hit.passage.text.startswith("A signed copy")
    assert hit.passage.marks == ()


def test_a_question_about_anything_else_is_refused(shop):
    for text in ("Why do the leaves of my tomatoes turn yellow?", "足球里的越位是什么意思？"):
        results = ask(text)
        assert (results.answered, results.hits, results.total) == (False, (), 0)


def test_totals_and_counts_are_of_what_answers(shop):
    results = ask("I cannot remember my login secret", facets=True)
    answering = [hit for hit in results.hits if hit.answers]
    assert results.total == len(answering)
    assert sum(count.count for count in results.facets["kind"]) == results.total
    assert results.total <= results.listed


def test_an_exact_title_stands_first_whatever_means_the_same(shop):
    results = ask("invoices and receipts")
    assert results.hits[0].exact
    assert len({hit.id for hit in results.hits}) == len(results.hits)


def test_explain_says_what_meaning_did(shop):
    told = ask("I cannot remember my login secret", explain=True).explanation
    assert told["meaning"]["used"]
    assert told["meaning"]["answers at"]["en"] >= 0.505
    assert told["steps"]["by meaning alone"] >= 1
    assert told["scores"][0]["close"] > told["meaning"]["answers at"]["en"]
    assert told["scores"][0]["part"] == ""


def test_a_vector_that_comes_too_late_leaves_the_words(shop, settings):
    settings.SEARCH_MEANING_WAIT_MS = 0
    results = ask("a question never asked before about parcels", explain=True)
    assert results.explanation["meaning"]["because"] == "late"


def test_one_vector_is_made_for_a_question_however_long(shop):
    asked = embedders.queries(generations.state().model)
    asked._kept.clear()
    ask("where is my parcel and when does it come " * 15)
    [text] = asked._kept
    assert len(text) <= LONGEST


def busy(*texts: str) -> None:
    """A second or more of work that comes before ours."""
    for text in texts:
        assert expect_vector(forgotten(text), generations.state().model)


def test_a_vector_behind_others_leaves_the_words(shop, settings):
    settings.SEARCH_MEANING_WAIT_MS = 1
    busy(*(f"parcel {number} " * 90 for number in range(3)))
    results = ask(forgotten("a question never asked before about parcels"), explain=True)
    assert results.explanation["meaning"]["because"] == "late"


def test_who_measures_or_foresees_waits_for_the_vector_whoever_is_before_it(shop, settings):
    settings.SEARCH_MEANING_WAIT_MS = 1
    text = forgotten("a question never asked before about how I log in")
    busy("a parcel that waits " * 50)
    assert ask(text, explain=True).explanation["meaning"]["because"] == "late"
    assert ask(text, explain=True, unhurried=True).explanation["meaning"]["used"]
    settings.SEARCH_MEANING_WAIT_MS = 0
    other = ask(forgotten(text + " again"), explain=True, unhurried=True)
    assert other.explanation["meaning"]["because"] == "late"


def test_a_preview_compares_by_meaning_before_and_after(shop, settings):
    settings.SEARCH_MEANING_WAIT_MS = 1
    text = forgotten("I cannot remember my login secret")
    Search.objects.create(query=text, key=group_key(text), locale="en", audience="public")
    busy("three parcels that wait " * 40)
    pin = Pin(query=text)
    pin.entries = [PinnedEntry(entry=Entry.objects.get(title="How long does delivery take?"))]
    (change,) = effect(in_force(), with_row(in_force(), pin)).changes
    assert change.before[0].title == "How do I reset my password?"
    assert change.after[1].title == "How do I reset my password?"


def test_the_shell_waits_for_the_vector(shop, settings, capsys):
    settings.SEARCH_MEANING_WAIT_MS = 1
    busy("four parcels that wait " * 40)
    call_command("search", forgotten("I cannot recall one login secret"))
    assert "How do I reset my password?" in capsys.readouterr().out


def test_without_an_embedder_words_search_as_ever(shop, settings):
    settings.EMBEDDINGS = "off"
    results = ask("How do I reset my password?", explain=True)
    assert titles(results) == ["How do I reset my password?"]
    assert results.explanation["meaning"]["used"] is False


def test_a_site_with_little_content_goes_by_what_is_known_of_the_model(shop):
    row = AnswerThreshold.objects.get(locale="en")
    assert row.by_default
    assert (row.at, row.across) == (pytest.approx(0.505, abs=0.02), 0.22)
    assert row.answered(row.foreign, row.at) < 5


def test_a_search_by_meaning_asks_the_database_no_more(shop):
    ask("something to warm up")
    with CaptureQueriesContext(
        connection,
    ) as by_words:
        ask("a forgotten login", mode="words")
    with CaptureQueriesContext(connection) as by_both:
        ask("a login that was forgotten")
    assert len(by_both) <= len(by_words) + 1


def test_pages_neither_repeat_nor_lose_a_hit(shop):
    for asked in ("What do I do without my password?", "bill for my account", "怎样删除账户"):
        whole = ask(asked, limit=50)
        pages = [ask(asked, limit=1, offset=place) for place in range(whole.listed)]
        assert [hit.id for page in pages for hit in page.hits] == [hit.id for hit in whole.hits]
        assert {page.total for page in pages} <= {whole.total}
