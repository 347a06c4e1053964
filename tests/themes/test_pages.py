"""Customers' pages: what they show, in which language, and with how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.journeys.models import Vote
from tests import factories

from .building import SECRET, small_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(index):
    return small_site()


def html(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-HK,zh;q=0.5", "zh-hant"),
        ("fr", "en"),
    ],
)
def test_the_bare_address_leads_to_the_visitors_language(client, asked, language):
    response = client.get("/", headers={"accept-language": asked})
    assert response.url == f"/{language}/"
    assert "Accept-Language" in response["Vary"]


def test_every_page_says_its_language(client, site):
    assert '<html lang="en"' in html(client, "/en/")
    assert '<html lang="zh-Hans"' in html(client, "/zh-hans/")
    assert '<html lang="zh-Hant"' in client.get("/zh-hant/nothing/").content.decode()


def test_the_front_page_shows_topics_with_what_a_customer_will_find(client, site):
    page = html(client, "/en/")
    assert "Returns" in page
    assert "3 answers" in page


def test_an_agent_sees_more_answers_than_a_customer(client, site):
    client.force_login(factories.user(group="Agents"))
    assert "4 answers" in html(client, "/en/")


def test_a_category_lists_its_entries_and_its_topics(client, site):
    page = html(client, site.category.get_url())
    assert "How long does a refund take?" in page
    assert "Refunds" in page
    assert "/en/feeds/" in page


def test_an_entry_shows_path_answer_vote_and_a_person(client, site):
    page = html(client, site.faq.get_url())
    assert "<strong>Five</strong>" in page
    assert "Did this help?" in page
    assert "/en/contact/" in page
    assert "Returns" in page


def test_the_language_switch_keeps_the_page(client, site):
    assert f'href="{site.chinese.get_url()}"' in html(client, site.faq.get_url())


def test_the_language_switch_keeps_the_question(client, site):
    assert "/zh-hans/search/?q=refund" in html(client, "/en/search/?q=refund")


def test_results_show_the_answer_of_a_clear_match_first(client, site):
    page = html(client, "/en/search/?q=How long does a refund take?")
    assert 'class="answer"' in page
    assert "<strong>Five</strong>" in page


def test_results_are_marked_and_the_question_is_escaped(client, site):
    assert "<mark>" in html(client, "/en/search/?q=kettle")
    page = html(client, "/en/search/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_a_hit_in_another_language_is_labelled(client, site):
    page = html(client, "/en/search/?q=退款多久到账").split("<main")[1].split("</main>")[0]
    assert 'lang="zh-Hans"' in page
    assert "简体中文" in page


def test_nothing_found_leads_on_to_questions_topics_and_a_person(client, site):
    page = html(client, "/en/search/?q=zzyzx")
    assert "Most asked" in page
    assert "All topics" in page
    assert "/en/contact/" in page


@pytest.mark.parametrize("page", ["-1", "0", "999999999", "x", "²"])
def test_page_numbers_that_make_no_sense_do_no_harm(client, site, page):
    assert client.get(f"/en/search/?q=refund&page={page}&category={page}").status_code == 200


def test_a_vote_without_a_script_is_kept_and_asks_for_the_reason(client, site):
    url = f"/en/vote/{site.faq.pk}/"
    response = client.post(url, {"helpful": "no"})
    assert response.url.endswith("?helped=no#helped")
    assert "What was wrong?" in html(client, response.url)
    client.post(url, {"helpful": "no", "reason": "unclear", "comment": "Which parcel?"})
    vote = Vote.objects.get(reason="unclear")
    assert vote.object_version == site.faq.live_revision_id
    assert vote.comment == "Which parcel?"


def test_nobody_votes_on_what_they_may_not_see(client, site):
    assert client.post(f"/en/vote/{site.for_agents.pk}/", {"helpful": "yes"}).status_code == 404


def test_a_page_that_is_not_there_is_said_in_the_readers_language(client, site, settings):
    assert "Page not found" in client.get("/en/nothing/").content.decode()
    assert client.get("/en/nothing/").status_code == 404


def test_customer_pages_load_from_nowhere_else(client, site):
    for url in ("/en/", site.faq.get_url(), "/en/search/?q=refund", "/en/contact/"):
        response = client.get(url)
        assert response["Content-Security-Policy"].startswith("default-src 'self'")
        assert 'src="http' not in response.content.decode()


def test_the_secret_word_of_agents_stands_on_no_customers_page(client, site):
    for url in (
        "/en/",
        site.category.get_url(),
        site.inner.get_url(),
        site.article.get_url(),
        f"/en/search/?q={site.article.title}",
    ):
        assert SECRET not in html(client, url)


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_more_entries_do_not_mean_more_queries(client, site):
    urls = ("/en/", site.category.get_url(), site.faq.get_url(), "/en/search/?q=refund")
    before = [queries(client, url) for url in urls]
    from search.index import drain

    for number in range(12):
        factories.faq(f"Refund question {number}?", parent=site.category, lead="A refund.")
    drain.drain_all()
    assert [queries(client, url) for url in urls] <= [n + 1 for n in before]
    assert max(before) <= 30
