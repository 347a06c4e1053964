"""What load balancers and operators read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.worker.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_healthz_answers_without_touching_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_ask_by_address(client, settings, path):
    settings.ALLOWED_HOSTS = ["help.example"]
    assert client.get(path, headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert client.get("/en/search/", headers={"Host": "127.0.0.1:8000"}).status_code == 400


def test_readyz_names_each_part(client):
    Heartbeat.objects.create(worker="one", seen=timezone.now())
    response = client.get("/readyz")
    assert response.status_code == 200
    parts = response.json()["parts"]
    assert set(parts) == {"database", "index", "meaning", "worker", "cache"}
    assert all(part["ok"] for part in parts.values())
    assert {"generation", "documents", "outbox", "outbox_age_s"} <= parts["index"]["detail"].keys()


def test_a_silent_worker_is_named_but_the_site_serves(client):
    Heartbeat.objects.create(worker="one", seen=timezone.now() - timedelta(hours=1))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["parts"]["worker"]["ok"] is False


def test_without_an_index_nothing_may_be_served(client, monkeypatch):
    from search.index import generations

    def fail(name):
        raise OSError("/secret/path is gone")

    monkeypatch.setattr(generations, "opened", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["index"]["ok"] is False
    assert "secret" not in response.content.decode()


def test_metrics_count_searches_and_show_what_waits(client):
    from cms.metrics import count_searches
    from search.journeys.models import Search

    search = Search.objects.create(
        query="a very private question", locale="en", duration_ms=7.0, channel="site", answered=True
    )
    count_searches(Search, [search])
    text = client.get("/metrics").content.decode()
    assert 'zhida_searches_total{answered="yes",channel="site",kind="customer"}' in text
    assert 'zhida_search_duration_seconds_bucket{channel="site",le="0.01"}' in text
    assert "zhida_outbox_rows 0.0" in text
    assert "private" not in text
