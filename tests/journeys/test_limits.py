"""How much one visitor may ask in a while, and how he is told."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.test import Client

from cms.tokens.access import create
from search.journeys import limits
from tests import factories as make

pytestmark = pytest.mark.django_db

CALLS = {
    "search": "/api/v1/search?q=refund",
    "suggest": "/api/v1/suggest?q=refund",
    "articles": "/api/v1/articles/1",
}


@pytest.fixture(autouse=True)
def site(settings, index, monkeypatch):
    """Three calls in a window that does not end while a test runs."""
    make.front_page()
    settings.REQUEST_LIMITS = dict.fromkeys(settings.REQUEST_LIMITS, (3, 60))
    settings.COLLEAGUES_LIMIT = 2
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_020.0)


def codes(times: int, url: str, client: Client | None = None, **headers) -> list[int]:
    client = client or Client()
    return [client.get(url, **headers).status_code for _ in range(times)]


@pytest.mark.parametrize("name", CALLS)
def test_beyond_the_limit_a_program_is_told_when_to_come_back(name):
    assert 429 not in codes(3, CALLS[name])
    answer = Client().get(CALLS[name])
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 429
    assert answer.json()["title"] == "Too many requests"
    assert 1 <= int(answer["Retry-After"]) <= 61
    others = CALLS.keys() - {name}
    assert all(Client().get(CALLS[other]).status_code != 429 for other in others)


def test_the_next_window_begins_anew(monkeypatch):
    assert codes(4, CALLS["search"]) == [200, 200, 200, 429]
    wait = int(Client().get(CALLS["search"])["Retry-After"])
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_020.0 + wait)
    assert codes(1, CALLS["search"]) == [200]


def test_each_address_has_its_own_count_and_a_cookie_gives_no_other():
    assert codes(4, CALLS["search"])[-1] == 429
    assert codes(1, CALLS["search"], REMOTE_ADDR="192.0.2.7") == [200]
    fresh = Client()
    fresh.cookies["zhida_client"] = "A" * 24
    assert codes(1, CALLS["search"], fresh) == [429]


def test_only_a_trusted_proxy_says_who_calls(monkeypatch):
    from ninja.conf import settings as ninja

    monkeypatch.setattr(ninja, "NUM_PROXIES", 0)
    spoofed = [
        Client().get(CALLS["search"], HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code
        for n in range(4)
    ]
    assert spoofed[-1] == 429
    caches["limits"].clear()
    monkeypatch.setattr(ninja, "NUM_PROXIES", 1)
    for n in range(4):
        passed_on = f"198.51.100.{n}, 192.0.2.1"
        last = Client().get(CALLS["search"], HTTP_X_FORWARDED_FOR=passed_on)
    assert last.status_code == 429
    other = Client().get(CALLS["search"], HTTP_X_FORWARDED_FOR="192.0.2.2")
    assert other.status_code == 200


def test_agents_are_freer_and_counted_by_name():
    agent = {"HTTP_AUTHORIZATION": f"Bearer {create(make.user(group='Agents'), 'desk')}"}
    other = {"HTTP_AUTHORIZATION": f"Bearer {create(make.user(group='Agents'), 'desk')}"}
    customer = {"HTTP_AUTHORIZATION": f"Bearer {create(make.user(), 'shop')}"}
    assert codes(7, CALLS["suggest"], **agent) == [200] * 6 + [429]
    assert codes(1, CALLS["suggest"], **other) == [200]
    assert codes(4, CALLS["suggest"], **customer) == [200] * 3 + [429]


def test_events_are_counted_one_by_one():
    entry = make.article()
    event = {"action_name": "read", "object_id": entry.pk}
    send = lambda events: Client().post(  # noqa: E731
        "/api/v1/events", events, content_type="application/json"
    )
    assert send([event] * 3).status_code == 202
    refused = send([event])
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert "Retry-After" in refused


@pytest.mark.parametrize("path", ["search/?q=refund", "contact/answers/?q=refund"])
def test_a_page_says_so_in_words(path):
    assert 429 not in codes(3, f"/zh-hans/{path}")
    answer = Client().get(f"/zh-hans/{path}")
    assert answer.status_code == 429
    assert re.fullmatch(r"\d+", answer["Retry-After"])
    assert f"请在 {answer['Retry-After']} 秒后再试" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_cache_that_fails_keeps_nobody_out(settings):
    broken = {"BACKEND": "django.core.cache.backends.redis.RedisCache"}
    settings.CACHES = {
        **settings.CACHES,
        "limits": {**broken, "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert codes(5, CALLS["search"]) == [200] * 5
