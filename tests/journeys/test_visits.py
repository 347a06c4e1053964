"""Opening an answer from the results counts, with and without a script."""

import html
import re

import pytest

from search.index import drain
from search.journeys.models import Event, Search
from tests import factories

from .making import search

pytestmark = pytest.mark.django_db


def test_a_link_of_the_results_is_a_click_and_a_read(client) -> None:
    entry = factories.faq()
    query_id = search("refund", answered=True, total=2)
    for _ in range(2):
        response = client.get(entry.url, {"zq": query_id, "zr": "2", "page": "3"})
        assert (response.status_code, response.url) == (302, f"{entry.url}?page=3")
        assert "no-store" in response.headers["Cache-Control"]
    assert list(Event.objects.order_by("pk").values_list("action_name", "position_ordinal")) == [
        ("click", 2),
        ("read", None),
    ]
    assert Search.objects.get().clicks == 1


@pytest.mark.parametrize("rank", ["", "-1", "x", "99999999999999999999", "²"])
def test_a_forged_link_does_no_harm(client, rank: str) -> None:
    entry = factories.faq()
    response = client.get(entry.url, {"zq": "'; drop", "zr": rank}, follow=True)
    assert response.status_code == 200
    assert set(Event.objects.values_list("query_id", "position_ordinal")) == {(None, None)}


def test_what_a_reader_may_not_see_is_not_read(client) -> None:
    entry = factories.faq(audience="agents")
    client.get(entry.url, {"zq": search("refund")})
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "header",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    ],
)
def test_what_nobody_has_opened_is_no_click_but_leads_to_the_same_page(client, header) -> None:
    entry = factories.faq()
    query_id = search("refund")
    assert client.get(entry.url, {"zq": query_id, "zr": "1"}, headers=header).url == entry.url
    assert not Event.objects.exists()


def test_the_links_of_the_results_page_are_known_and_lead_to_the_clean_address(client) -> None:
    entry = factories.faq("How do I get a refund?")
    while drain.drain():
        pass
    page = client.get("/en/search/", {"q": "How do I get a refund?"}).content.decode()
    link = html.unescape(re.search(r'href="([^"]*zq=[^"]*)"', page).group(1))
    response = client.get(link.partition("#")[0])
    assert response.url == entry.url
    click = Event.objects.get(action_name="click")
    assert (click.object_id, click.position_ordinal) == (entry.pk, 1)
    assert Search.objects.get(query_id=click.query_id).clicks == 1
