"""Meaning in a real browser: other words, the other language, no answer, a draft written twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from search.insights.models import Gap
from tests import factories
from tests.vectored import by_meaning, with_vectors

pytestmark = pytest.mark.browser

LEAD = "Open the settings, choose Security and follow the link in our e-mail."
LEAD_ZH = "打开设置，选择“安全”，然后点击邮件里的链接。"


@pytest.fixture
def site(server, settings):
    """A small help centre in two languages with its vectors and thresholds; its address."""
    by_meaning(settings)
    settings.INDEX_DRAIN = "inline"
    account = factories.category("Account")
    factories.faq("How do I reset my password?", parent=account, lead=LEAD)
    factories.faq("How long does delivery take?", parent=account, lead="Two days.")
    factories.article(
        "Invoices and receipts", parent=account, body="## Where they are\n\nIn your account."
    )
    chinese = factories.category("账户", code="zh-hans")
    factories.faq("怎样修改登录密码？", parent=chinese, lead=LEAD_ZH)
    factories.faq("怎样申请退货退款？", parent=chinese, lead="在订单页面点击“退货”，三十天内免费。")
    factories.user("rosa", group="Reviewers", is_superuser=True)
    with_vectors()
    return server


def opened(browser, address: str, locale: str, question: str) -> Page:
    """The results page of a question."""
    page = browser.new_context(locale=locale, viewport={"width": 360, "height": 800}).new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{address}/{locale}/search/?q={question}")
    return page


def test_a_question_with_none_of_the_words_finds_the_entry(site, browser):
    page = opened(browser, site, "en", "I cannot remember my login secret")
    expect(page.locator(".answer")).to_contain_text("How do I reset my password?")
    expect(page.locator(".answer")).to_contain_text(LEAD)
    expect(page.locator("p.summary")).to_contain_text("showing what means the same")
    chinese = opened(browser, site, "zh-hans", "东西不喜欢想寄回去")
    expect(chinese.locator("main")).to_contain_text("怎样申请退货退款？")


def test_an_english_question_finds_a_chinese_entry_with_its_language(site, browser):
    page = opened(browser, site, "en", "How do I return goods and get a refund?")
    hit = page.locator("[lang^=zh]", has_text="怎样申请退货退款？").first
    expect(hit).to_be_visible()
    expect(hit.locator(".badge")).to_have_text("简体中文")


def test_a_question_without_an_answer_is_refused_and_becomes_a_gap(site, browser):
    for locale, question, says in (
        ("en", "Why do the leaves of my tomatoes turn yellow?", "No answer to"),
        ("zh-hans", "足球里的越位是什么意思？", "没有"),
    ):
        page = opened(browser, site, locale, question)
        expect(page.get_by_role("heading", level=1)).to_contain_text(says)
        expect(page.locator(".answer")).to_have_count(0)
        expect(
            page.get_by_role("link", name="Contact" if locale == "en" else "联系").first
        ).to_be_visible()
        assert Gap.objects.filter(question=question).exists()


def test_a_writer_sees_what_a_draft_repeats(site, browser):
    draft = factories.faq("Password forgotten: how to reset it", lead=LEAD, live=False)
    page = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{site}/admin/pages/{draft.pk}/edit/")
    page.locator("#id_username").fill("rosa")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    panel = page.locator("[data-side-panel=duplicates]")
    expect(panel).to_be_visible(timeout=60_000)
    expect(panel).to_contain_text("How do I reset my password?")
    expect(panel).to_contain_text("of this draft's words")
