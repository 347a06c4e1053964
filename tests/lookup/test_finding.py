"""What a question finds, and in which order."""

from __future__ import annotations

import pytest

from content.audience import Audience
from content.models import Product
from search.lookup import memory
from tests import factories as make

from .asking import ask, titles


@pytest.fixture
def shop(index):
    """A small help centre in two languages."""
    orders = make.category("Orders")
    account = make.category("Account")
    make.faq("How do I return a parcel?", parent=orders, lead="Within **30 days**, free of charge.")
    make.faq(
        "Where is my parcel?",
        parent=orders,
        lead="Open the tracking page and type the number of your parcel.",
        phrasings=("track a shipment", "delivery status"),
    )
    make.article(
        "Change your password",
        parent=account,
        lead="For all accounts.",
        body="Open settings.\n\n## Forgotten password\n\nUse the reset link in the e-mail.\n\n"
        "## Two-factor sign-in\n\nScan the code with the authenticator on your telephone.",
    )
    make.article("Invoices and receipts", parent=account, body="Download an invoice as PDF.")
    chinese = make.category("订单", code="zh-hans")
    make.faq("如何申请退货？", parent=chinese, lead="在订单页面点击退货申请，三十天内免费。")
    make.faq("发票怎么开具", parent=chinese, lead="在账户设置中填写发票抬头。")
    index.drain()
    return index


@pytest.mark.parametrize(
    "text",
    ["How do I return a parcel?", "how do i return a parcel", "  HOW DO I RETURN A PARCEL !!"],
)
def test_an_exact_title_comes_first(shop, text):
    results = ask(text)
    assert titles(results)[0] == "How do I return a parcel?"
    assert results.hits[0].exact


def test_an_exact_phrasing_comes_first(shop):
    assert titles(ask("Track a shipment"))[0] == "Where is my parcel?"


def test_an_exact_title_in_another_language_comes_first_too(shop):
    results = ask("如何申请退货", locale="en")
    assert titles(results)[0] == "如何申请退货？"
    assert results.hits[0].locale == "zh-hans"


@pytest.mark.parametrize("title", ["???", "C++", "……", "The", "是什么", "😀", "-", "1.2.3", "&<>"])
def test_a_title_without_ordinary_words_is_found_by_itself(index, title):
    make.article("Something else", body="The rest 是什么 of the words.")
    make.article(title, slug="odd")
    index.drain()
    assert titles(ask(title))[0] == title


def test_a_hit_opens_at_its_section_with_marks(shop):
    hit = ask("authenticator telephone").hits[0]
    assert hit.section is not None
    assert hit.section.title == "Two-factor sign-in"
    assert hit.url.endswith("#" + hit.section.anchor)
    marked = [hit.passage.text[a:b] for a, b in hit.passage.marks]
    assert "authenticator" in marked
    assert "telephone" in marked


def test_chinese_words_are_marked(shop):
    hit = ask("发票抬头", locale="zh-hans").hits[0]
    assert "发票抬头" in "".join(hit.passage.text[a:b] for a, b in hit.passage.marks)


def test_traditional_and_simplified_find_each_other(shop, index):
    make.faq(
        "電子郵件無法收到", parent=make.category("帳戶", code="zh-hant"), lead="請檢查垃圾郵件。"
    )
    index.drain()
    assert "发票怎么开具" in titles(ask("發票怎麼開具", locale="zh-hant"))
    assert "電子郵件無法收到" in titles(ask("电子邮件收不到", locale="zh-hans"))


def test_a_typing_error_is_corrected_and_said(shop):
    results = ask("chnge pasword")
    assert titles(results)[0] == "Change your password"
    assert results.rescue == "spelling"
    assert results.did_you_mean == "change password"
    assert ask("chnge pasword", spelling=False).did_you_mean == ""


def test_chinese_that_sounds_the_same_is_corrected(shop):
    assert titles(ask("法票抬头", locale="zh-hans"))[0] == "发票怎么开具"


def test_the_beginning_of_a_word_finds_while_typing(shop):
    assert titles(ask("invoi", prefix=True))[0] == "Invoices and receipts"
    assert ask("invoi", prefix=True).rescue == ""


def test_a_whole_question_finds_as_key_words_do(shop):
    question = "Hello, could you please tell me how I can change my password? Thank you"
    assert titles(ask(question))[0] == titles(ask("change password"))[0] == "Change your password"


def test_what_covers_little_is_kept_apart_and_not_counted(shop):
    results = ask("cancel zeppelin flight parcel umbrella insurance")
    assert not results.answered
    assert results.total == 0
    assert results.hits == ()
    assert results.perhaps
    assert results.rescue == "weak"


def test_nonsense_finds_nothing(shop):
    results = ask("qqqq zzzz")
    assert (results.total, results.answered, results.hits) == (0, False, ())


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\ud800", "*" * 5000, "a " * 3000, "(((", '"'])
def test_any_text_is_answered_without_an_error(shop, text):
    assert ask(text).total == 0 or ask(text).hits


def test_the_asked_language_comes_first_and_translations_are_not_listed_twice(index):
    english = make.faq("Zebra crossing rules", lead="Stop for zebra.")
    make.faq("Zebra in Chinese only", parent=make.category("动物", code="zh-hans"), lead="zebra")
    make.faq(
        "Zebra translated",
        parent=make.category("規則", code="zh-hant"),
        lead="zebra zebra zebra",
        translation_key=english.translation_key,
    )
    index.drain()
    results = ask("zebra", locale="en")
    assert titles(results) == ["Zebra crossing rules", "Zebra in Chinese only"]
    assert [hit.locale for hit in results.hits] == ["en", "zh-hans"]
    assert results.total == 2
    assert titles(ask("zebra", locale="zh-hant"))[0] == "Zebra translated"


def test_when_a_translation_goes_the_other_language_is_found_again(index):
    english = make.faq("Zebra crossing rules", lead="Stop for zebra.")
    make.faq(
        "Zebra translated",
        parent=make.category("規則", code="zh-hant"),
        lead="zebra",
        translation_key=english.translation_key,
    )
    index.drain()
    english.unpublish()
    index.drain()
    results = ask("zebra", locale="en")
    assert titles(results) == ["Zebra translated"]
    assert results.rescue == "language"


def test_filters_narrow_and_count(shop, index):
    entry = make.faq("How do I pay for a parcel?", lead="By card.")
    entry.products.add(Product.objects.create(name="Shop", slug="shop"))
    entry.save_revision().publish()
    index.drain()
    results = ask("parcel", facets=True)
    categories = {each.label: each for each in results.facets["category"]}
    assert categories["Orders"].count == results.total == 3
    assert [(k.value, k.count) for k in results.facets["kind"]] == [("faq", 3)]
    assert [(p.label, p.count) for p in results.facets["product"]] == [("Shop", 1)]
    assert titles(ask("parcel", product="shop")) == ["How do I pay for a parcel?"]
    assert ask("parcel", category=int(categories["Orders"].value)).total == 3
    assert ask("parcel", kind="article").total == 0


def test_pages_of_hits_join_without_gaps_or_repetitions(index):
    shelf = make.category("Many")
    for number in range(23):
        make.article(f"Gadget {number}", parent=shelf, body="The gadget and its manual.")
    make.article("小工具 gadget", parent=make.category("工具", code="zh-hans"), body="gadget")
    index.drain()
    whole = [hit.id for hit in ask("gadget manual", limit=50).hits]
    paged = [
        hit.id for n in range(0, 30, 7) for hit in ask("gadget manual", limit=7, offset=n).hits
    ]
    assert paged == whole
    assert len(set(whole)) == len(whole) == ask("gadget manual").total


def test_keywords_and_product_names_find(index):
    entry = make.article("Installing", body="Steps.", keywords="setup wizard\nMSI")
    index.drain()
    assert [hit.id for hit in ask("wizard").hits] == [entry.id]


def test_a_hit_names_its_path(shop):
    hit = ask("invoice pdf").hits[0]
    assert [crumb.title for crumb in hit.path] == ["Account"]
    assert hit.path[0].url == "/en/account/"
    assert hit.url.startswith("/en/account/invoices-and-receipts/")
    assert hit.audience is Audience.PUBLIC


@pytest.mark.django_db
def test_the_counts_on_filters_add_up_to_the_number_of_answers(index):
    for number in range(4):
        make.faq(f"Descaling the boiler {number}", lead="Vinegar and an hour.")
        make.article(f"Kettle care {number}", lead="Descaling now and then.")
    make.article("Lost parcels", lead="The courier looks for it.")
    index.drain()
    found = ask("descaling boiler courier", facets=True)
    assert found.total
    assert sum(count.count for count in found.facets["kind"]) == found.total
    assert found.listed >= found.total


def test_a_renamed_category_has_its_new_name_at_once(index):
    shelf = make.category("Account")
    make.faq("Close an account", parent=shelf)
    index.drain()
    for name in ("Account", "Membership", "Profile"):
        shelf.title = name
        shelf.save()
        memory.forget()
        assert [crumb.title for crumb in ask("close account").hits[0].path] == [name], "it waits"
        index.drain()
        memory.forget()
        for _ in range(2):
            assert [crumb.title for crumb in ask("close account").hits[0].path] == [name]
            memory.forget()
