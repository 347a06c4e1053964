"""Remembered answers: one query tells whether they hold still, whoever has changed what."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cms.tokens.access import create
from content.audience import Audience
from content.models import Edition, Entry, Product
from search.index.models import IndexPointer, TuningVersion
from search.journeys.models import JourneySettings, Search
from search.lookup import memory
from tests import factories as make

from .asking import ask

COMMITTED = pytest.mark.django_db(transaction=True, serialized_rollback=True)
API, PAGE = "/api/v1/search", "/en/search/"


@pytest.fixture
def flamingo(index) -> Entry:
    entry = make.article("Flamingo policy", body="The flamingo is pink.")
    index.drain()
    return entry


def is_remembered(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert ask("flamingo").total == 1


@pytest.fixture
def remembered(flamingo, django_assert_num_queries) -> Entry:
    assert ask("flamingo").total == 1
    is_remembered(django_assert_num_queries)
    return flamingo


def change(column: str, value: object, entry: Entry) -> None:
    """By SQL, so that nothing of ours is told of it."""
    own = {"audience", "confidence"}
    table, key = ("content_entry", "page_ptr_id") if column in own else ("wagtailcore_page", "id")
    elsewhere = connection.copy()
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s",
                [value, entry.pk],
            )
    finally:
        elsewhere.close()


@COMMITTED
def test_what_another_connection_closes_is_closed_here_at_once(remembered):
    change("audience", "agents", remembered)
    assert ask("flamingo").total == 0
    assert ask("flamingo", Audience.AGENTS).total == 1
    change("live", False, remembered)
    assert ask("flamingo", Audience.AGENTS).total == 0


@COMMITTED
def test_what_another_thread_remembers_is_held_against_its_own_connection(remembered):
    found = []

    def look() -> None:
        found.append(ask("flamingo").total)
        connection.close()

    def in_a_thread() -> int:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        return found[-1]

    assert in_a_thread() == 1
    Entry.objects.filter(pk=remembered.pk).update(audience=Audience.AGENTS)
    assert in_a_thread() == 0
    assert ask("flamingo").total == 0


@COMMITTED
def test_what_is_rolled_back_is_remembered_by_nobody(flamingo):
    Entry.objects.filter(pk=flamingo.pk).update(audience=Audience.AGENTS)
    assert ask("flamingo").total == 0
    with transaction.atomic():
        Entry.objects.filter(pk=flamingo.pk).update(audience=Audience.PUBLIC)
        assert ask("policy").total == 1
        transaction.set_rollback(True)
    assert ask("policy").total == 0


def test_an_entry_expires_by_the_clock_alone(remembered):
    soon = timezone.now() + timedelta(seconds=0.7)
    Entry.objects.filter(pk=remembered.pk).update(expire_at=soon)
    assert ask("flamingo").total == 1
    while timezone.now() <= soon + timedelta(seconds=0.01):
        time.sleep(0.05)
    assert ask("flamingo").total == 0


def test_each_audience_has_an_answer_of_its_own(index, django_assert_num_queries):
    make.article("Flamingo margins", body="flamingo", audience=Audience.AGENTS)
    index.drain()
    for _ in range(2):
        assert ask("flamingo", Audience.AGENTS).total == 1
        assert ask("flamingo").total == 0


@pytest.mark.parametrize("how", ["confirmed", "tuned", "switched", "shown"])
def test_nothing_is_remembered_beyond_a_change(remembered, how):
    pointer = IndexPointer.objects.filter(pk=1)
    if how == "confirmed":
        pointer.update(changes=100)
    elif how == "tuned":
        TuningVersion.objects.update_or_create(pk=1, defaults={"version": 7})
    elif how == "switched":
        pointer.update(name="embedded-of-tomorrow")
    else:
        Edition.advance()
    [kept] = memory._kept.values()
    assert memory.recall(kept.results.query)[0] is None


def test_a_renamed_product_is_renamed_among_the_filters(index):
    product = Product.objects.create(slug="press", name="Press")
    entry = make.article("Flamingo press", body="flamingo")
    entry.products = [product]
    entry.save_revision().publish()
    index.drain()
    assert [facet.label for facet in ask("flamingo", facets=True).facets["product"]] == ["Press"]
    product.name = "Juicer"
    product.save()
    index.drain()
    assert [facet.label for facet in ask("flamingo", facets=True).facets["product"]] == ["Juicer"]


def test_it_is_kept_longer_where_nothing_had_changed_for_long(flamingo, monkeypatch):
    ask("flamingo")
    [soon] = memory._kept.values()
    monkeypatch.setattr(memory, "SETTLED", -1.0)
    ask("policy")
    later = [kept for kept in memory._kept.values() if kept is not soon]
    assert later[0].until - soon.until > memory.LATER - memory.SOON - 60


def test_what_is_too_old_is_made_anew(remembered, monkeypatch, django_assert_num_queries):
    for kept in memory._kept.values():
        kept.until = 0.0
    ask("flamingo")
    is_remembered(django_assert_num_queries)


def test_no_more_is_kept_than_has_room(index, monkeypatch):
    for number in range(3):
        make.article(f"Flamingo number {number}", body="flamingo " * 20)
    index.drain()
    Client().get(API, {"q": "flamingo"})
    size = memory._size
    assert size > 0
    monkeypatch.setattr(memory, "MOST_BYTES", size * 2)
    for number in range(9):
        Client().get(API, {"q": f"flamingo number {number}"})
    assert 0 < memory._size <= size * 2
    assert memory._size == sum(kept.size for kept in memory._kept.values())
    monkeypatch.setattr(memory, "MOST", 1)
    Client().get(API, {"q": "number"})
    assert len(memory._kept) == 1


@pytest.mark.parametrize("path", [API, PAGE, "/api/v1/suggest"])
def test_who_asks_again_gets_the_same_with_an_id_of_his_own(flamingo, path):
    first, second = (Client().get(path, {"q": "flamingo"}) for _ in range(2))
    ids = [row.query_id for row in Search.objects.order_by("pk")]
    assert len(ids) == len(set(ids)) == 2
    texts = [response.content.decode() for response in (first, second)]
    for text, own, other in zip(texts, ids, reversed(ids), strict=True):
        assert UUID(str(own)).hex in text
        assert UUID(str(other)).hex not in text
    assert texts[0].replace(ids[0].hex, ids[1].hex) == texts[1]
    assert [first.headers[n] for n in ("Content-Type", "Vary")] == [
        second.headers[n] for n in ("Content-Type", "Vary")
    ]
    clients = [response.cookies.get("zhida_client") for response in (first, second)]
    assert clients[0].value != clients[1].value


@pytest.mark.parametrize("path", [API, PAGE, "/api/v1/suggest"])
def test_one_query_answers_it_over_http(flamingo, path, settings, django_assert_num_queries):
    settings.JOURNEYS_SETTINGS_SECONDS = 60
    journeys, _ = JourneySettings.objects.get_or_create(pk=1)
    journeys.consent_required = True  # of who refuses nothing is written, which takes queries too
    journeys.save()
    client = Client()
    client.cookies["zhida_consent"] = "no"
    client.get(path, {"q": "flamingo"})
    with django_assert_num_queries(1):
        assert b"policy" in client.get(path, {"q": "flamingo"}).content


@pytest.mark.parametrize("path", [API, PAGE, "/api/v1/suggest"])
def test_a_narrowed_entry_is_gone_from_what_was_written(flamingo, path):
    for _ in range(2):
        assert b"policy" in Client().get(path, {"q": "flamingo"}).content
    Entry.objects.filter(pk=flamingo.pk).update(audience=Audience.AGENTS)
    assert b"policy" not in Client().get(path, {"q": "flamingo"}).content


def test_a_page_is_of_one_address(flamingo):
    pages = [Client().get(PAGE, {"q": "flamingo", "a": a}).content.decode() for a in "bcb"]
    assert "a%3Db" in pages[0]
    assert "a%3Db" not in pages[1]
    assert "a%3Db" in pages[2]
    assert 'lang="zh-Hans"' in Client().get("/zh-hans/search/?q=flamingo").content.decode()


def test_who_is_signed_in_gets_a_page_of_his_own(flamingo):
    Client().get(PAGE, {"q": "flamingo"})
    client = Client()
    client.force_login(get_user_model().objects.create_user("mia"))
    for _ in range(2):
        assert b"Sign out" in client.get(PAGE, {"q": "flamingo"}).content
        assert b"Sign out" not in Client().get(PAGE, {"q": "flamingo"}).content


def test_who_has_not_answered_is_asked_for_consent_beside_results(flamingo):
    Client().get(PAGE, {"q": "flamingo"})
    settings, _ = JourneySettings.objects.get_or_create(pk=1)
    settings.consent_required = True
    settings.save()
    decided = Client()
    decided.cookies["zhida_consent"] = "no"
    for _ in range(2):
        assert b"without your name" in Client().get(PAGE, {"q": "flamingo"}).content
        assert b"without your name" not in decided.get(PAGE, {"q": "flamingo"}).content


def test_parameters_that_are_known_are_of_nobody(flamingo, settings):
    """Who asks, and how often, is seen to at each call."""
    asked = {"q": "flamingo"}
    Entry.objects.filter(pk=flamingo.pk).update(audience=Audience.CUSTOMERS)
    user = get_user_model().objects.create_user("mia")
    header = {"Authorization": f"Bearer {create(user, 'test')}"}
    for _ in range(2):
        assert Client().get(API, asked).json()["total"] == 0
        assert Client().get(API, asked, headers=header).json()["total"] == 1
    wrong = Client().get(API, asked, headers={"Authorization": "Bearer nobody"})
    assert (wrong.status_code, wrong.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert Client().post(API, asked).status_code == 405
    settings.REQUEST_LIMITS = {**settings.REQUEST_LIMITS, "search": (2, 60)}
    refused = [Client().get(API, asked) for _ in range(5)][-1]
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1


def test_what_goes_wrong_is_told_as_ever(flamingo, monkeypatch):
    Client().get(API, {"q": "flamingo"})

    def fail(*args):
        raise RuntimeError("secret path")

    monkeypatch.setattr("search.lookup.api.search", fail)
    answer = Client().get(API, {"q": "flamingo"})
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
