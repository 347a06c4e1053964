"""What is found from outside: public texts, whole and well-formed, and nothing else."""

import json
import re
from xml.etree import ElementTree

import pytest

from tests import factories

from .building import SECRET, small_site

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(index):
    return small_site()


@pytest.fixture
def agent(client):
    client.force_login(factories.user(group="Agents"))
    return client


def structured(page):
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return {data["@type"]: data for data in map(json.loads, scripts)}


def test_an_entry_names_its_address_and_its_translations(client, site, settings):
    settings.BASE_URL = "https://help.example.com"
    page = " ".join(client.get(site.faq.get_url()).content.decode().split())
    assert f'rel="canonical" href="https://help.example.com{site.faq.get_url()}"' in page
    assert f'hreflang="zh-Hans" href="https://help.example.com{site.chinese.get_url()}"' in page
    assert 'hreflang="x-default"' in page


def test_a_question_is_structured_data(client, site):
    data = structured(client.get(site.faq.get_url()).content.decode())
    question = data["FAQPage"]["mainEntity"][0]
    assert question["name"] == site.faq.title
    assert "<strong>Five</strong>" in question["acceptedAnswer"]["text"]
    assert len(data["BreadcrumbList"]["itemListElement"]) == 3


def test_an_article_is_structured_data_with_dates(client, site):
    data = structured(client.get(site.article.get_url()).content.decode())["Article"]
    assert data["headline"] == site.article.title
    assert data["datePublished"]
    assert data["inLanguage"] == "en"


def test_no_title_breaks_out_of_the_structured_data(client, index):
    entry = factories.faq('</script><script>alert("x")</script>', lead="<b>&</b>")
    page = client.get(entry.get_url()).content.decode()
    assert "<script>alert" not in page
    assert structured(page)["FAQPage"]["mainEntity"][0]["name"] == entry.title


def test_search_and_contact_ask_not_to_be_listed(client, site):
    for url in ("/en/search/?q=refund", "/en/contact/", "/en/account/sign-in/"):
        assert 'name="robots" content="noindex"' in client.get(url).content.decode()
    assert "noindex" not in client.get(site.faq.get_url()).content.decode()


def test_the_sitemap_lists_public_pages_with_their_languages(client, site):
    text = client.get("/sitemap.xml").content.decode()
    ElementTree.fromstring(text)
    assert site.faq.get_url() in text
    assert site.category.get_url() in text
    assert 'hreflang="zh-Hans"' in text
    assert site.for_agents.get_url() not in text


def test_a_large_sitemap_comes_in_parts(client, site, monkeypatch):
    monkeypatch.setattr("search.lookup.outside.sitemaps.FAMILIES", 2)
    listing = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [
        element.text.rpartition("/")[2]
        for element in listing.iter()
        if element.text and "sitemap-" in element.text
    ]
    assert len(parts) > 1
    whole = "".join(client.get(f"/{part}").content.decode() for part in parts)
    assert site.faq.get_url() in whole
    assert site.article.get_url() in whole
    assert client.get("/sitemap-99.xml").status_code == 404


def test_robots_find_the_sitemap(client):
    assert "Sitemap: http" in client.get("/robots.txt").content.decode()


def test_a_category_has_a_feed_of_what_is_new(client, site):
    feed = ElementTree.fromstring(client.get(f"/en/feeds/{site.category.pk}/").content)
    titles = [e.findtext(f"{ATOM}title") for e in feed.findall(f"{ATOM}entry")]
    assert site.faq.title in titles
    assert client.get(f"/zh-hans/feeds/{site.category.pk}/").status_code == 404


def test_an_agents_session_adds_nothing_to_feed_sitemap_or_head(agent, site):
    for url in (f"/en/feeds/{site.category.pk}/", f"/en/feeds/{site.inner.pk}/", "/sitemap.xml"):
        text = agent.get(url).content.decode()
        assert SECRET not in text
        assert site.for_agents.get_url() not in text
    page = agent.get(site.article.get_url()).content.decode()
    assert SECRET in page
    assert "ld+json" not in page
    assert SECRET not in page.split("<body>")[0]


def test_a_category_with_nothing_public_has_no_feed(agent, index):
    shelf = factories.category("Desk")
    factories.article(parent=shelf, audience="agents")
    assert agent.get(f"/en/feeds/{shelf.pk}/").status_code == 404
