"""A customer's pages in a real browser: accessible, light, and usable by keyboard alone."""

import time

import pytest

from search.index import drain
from search.journeys import recorder
from search.journeys.models import Event
from tests import factories
from tests.browser.barriers import barriers
from tests.themes.building import small_site

pytestmark = pytest.mark.browser


def addresses(site):
    shelf = factories.category(
        "退貨", code="zh-hant", slug="tuihuo", translation_key=site.category.translation_key
    )
    factories.faq(
        "退款多久到帳？",
        parent=shelf,
        slug="tuikuan",
        lead="收到包裹後五天。",
        translation_key=site.faq.translation_key,
    )
    drain.drain_all()
    return [
        "/en/",
        "/zh-hans/",
        site.category.get_url(),
        "/zh-hans/tuihuo/",
        site.faq.get_url(),
        f"{site.faq.get_url()}?helped=no",
        site.article.get_url(),
        site.chinese_article.get_url(),
        "/en/search/?q=refund",
        "/en/search/?q=unpack+it",
        "/zh-hans/search/?q=退款",
        "/en/search/?q=zzyzx",
        "/en/search/",
        "/en/contact/",
        "/zh-hans/contact/",
        "/en/account/sign-in/",
        "/en/nothing/",
        "/zh-hant/",
        "/zh-hant/tuihuo/",
        "/zh-hant/tuihuo/tuikuan/",
        "/zh-hant/tuihuo/tuikuan/?helped=yes",
        "/zh-hant/search/?q=退款",
        "/zh-hant/search/?q=zzyzx",
        "/zh-hant/contact/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_has_a_barrier(server, browser, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = []
    for address in addresses(small_site()):
        page.goto(server + address)
        found += barriers(page, best_practice=True)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((address, "wider than the screen"))
    assert found == []


def test_open_suggestions_and_offers_have_no_barrier(server, browser):
    small_site()
    page = browser.new_context().new_page()
    page.goto(f"{server}/en/")
    page.keyboard.press("/")
    page.keyboard.type("refund")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert barriers(page, best_practice=True) == []
    page.goto(f"{server}/en/contact/")
    page.get_by_label("Your message").fill("When does my refund come?")
    page.get_by_role("heading", name="Perhaps this answers it").wait_for()
    assert barriers(page, best_practice=True) == []


def test_a_customer_finds_reads_and_votes_by_keyboard_alone(server, browser):
    site = small_site()
    page = browser.new_context().new_page()
    page.goto(f"{server}/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to the content"
    page.keyboard.press("Control+k")
    page.keyboard.type("refu")
    page.get_by_role("option", name=site.faq.title).first.wait_for()
    page.keyboard.press("ArrowDown")
    active = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/returns/**")
    assert page.title()
    assert page.get_by_role("heading", level=1).inner_text() in active
    _tab_to(page, "Yes")
    page.keyboard.press("Enter")
    page.get_by_text("Good to know that it helped").wait_for()
    assert page.evaluate("document.activeElement.id") == "helped-title"


def test_printing_prints_the_article_only(server, browser):
    site = small_site()
    page = browser.new_context().new_page()
    page.goto(server + site.article.get_url())
    page.emulate_media(media="print")
    printed = page.evaluate(_PRINTED)
    assert [text for inside, text in printed if not inside] == []
    texts = [text for inside, text in printed if inside]
    assert {"Set up the kettle", "From the box to tea.", "Open the lid."} <= set(texts)
    assert not [text for text in texts if "Did this help" in text]


#: Every text that takes room on the page: whether it stands in the article, and how it reads.
_PRINTED = """() => {
  const article = document.querySelector("article"), found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement, text = texts.currentNode.textContent.trim();
    if (text && element.checkVisibility({ visibilityProperty: true }) && !element.closest("script"))
      found.push([article.contains(element), text]);
  }
  return found;
}"""


def test_chinese_and_latin_stand_apart_by_style_alone(server, browser):
    site = small_site()
    page = browser.new_context().new_page()
    page.goto(server + site.chinese_article.get_url())
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAutospace") == "normal"
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).lineHeight") == "28px"


def test_pages_are_light_and_ask_no_other_host(server, browser):
    site = small_site()
    for address in ("/en/", site.article.get_url(), "/zh-hans/search/?q=退款", "/en/contact/"):
        page = browser.new_context().new_page()
        sizes, problems, hosts = [], [], set()
        page.on("response", lambda r, sizes=sizes: sizes.append(len(r.body())))
        page.on("request", lambda r, hosts=hosts: hosts.add(r.url.split("/")[2]))
        page.on("console", lambda m, problems=problems: problems.append(m.text))
        page.goto(server + address, wait_until="networkidle")
        assert sum(sizes) <= 100 * 1024, address
        assert problems == []
        assert hosts == {server.split("/")[2]}
        page.close()


def test_all_works_without_javascript(server, browser):
    small_site()
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/en/")
    page.get_by_label("Search the help centre").fill("refund")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="How long does a refund take?").click()
    assert "zq=" not in page.url
    assert _clicks() == [1]
    page.get_by_role("button", name="No").click()
    page.get_by_label("It is hard to understand").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("The writers of this page will read it").wait_for()


def test_with_scripts_the_links_of_results_are_clean_and_a_click_counts_once(server, browser):
    small_site()
    page = browser.new_page()
    page.goto(f"{server}/en/search/?q=refund", wait_until="networkidle")
    link = page.get_by_role("link", name="How long does a refund take?")
    assert "zq=" in link.get_attribute("href")
    link.hover()
    assert "zq=" not in link.get_attribute("href")
    with page.expect_request(lambda request: "/events" in request.url):
        link.click()
    page.wait_for_load_state("networkidle")
    assert "zq=" not in page.url
    assert _clicks() == [1]


def _clicks() -> list[int | None]:
    """The ranks of the clicks there are, once there is one."""
    for _ in range(100):
        recorder.flush()
        clicks = Event.objects.filter(action_name="click")
        if ranks := list(clicks.values_list("position_ordinal", flat=True)):
            return ranks
        time.sleep(0.1)
    return []


def _tab_to(page, text):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"“{text}” cannot be reached by Tab")
