"""Opening an answer from the results counts, with and without a script."""

import pytest

from search.journeys.models import Event, Search
from tests import factories

from .making import search

pytestmark = pytest.mark.django_db


def test_a_link_of_the_results_is_a_click_and_a_read(client) -> None:
    entry = factories.faq()
    query_id = search("refund", answered=True, total=2)
    for _ in range(2):
        client.get(entry.url, {"zq": query_id, "zr": "2"})
    assert list(Event.objects.order_by("pk").values_list("action_name", "position_ordinal")) == [
        ("click", 2),
        ("read", None),
    ]
    assert Search.objects.get().clicks == 1


@pytest.mark.parametrize("rank", ["", "-1", "x", "99999999999999999999", "²"])
def test_a_forged_link_does_no_harm(client, rank: str) -> None:
    entry = factories.faq()
    response = client.get(entry.url, {"zq": "'; drop", "zr": rank})
    assert response.status_code == 200
    assert set(Event.objects.values_list("query_id", "position_ordinal")) == {(None, None)}


def test_what_a_reader_may_not_see_is_not_read(client) -> None:
    entry = factories.faq(audience="agents")
    client.get(entry.url, {"zq": search("refund")})
    assert not Event.objects.exists()
