"""Another embedder, a failing one, one that becomes another: nothing is lost, nothing mixed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

np = pytest.importorskip("numpy", reason="requirements-semantic.txt is not installed")

from django.utils import timezone  # noqa: E402

from cms.health import check_meaning  # noqa: E402
from cms.troubles.finding import found  # noqa: E402
from search.engine.protocol import Filters  # noqa: E402
from search.index import due, generations, upkeep  # noqa: E402
from search.index.models import IndexGeneration, OutboxRow  # noqa: E402
from search.index.vectors import clearing, embedders, making, progress, query_vector  # noqa: E402
from search.index.vectors.models import EmbeddingModel, PassageVector  # noqa: E402
from search.meaning import http  # noqa: E402
from search.meaning.protocol import EmbedderFailed  # noqa: E402
from tests import factories as make  # noqa: E402
from tests.meaning import misbehaving  # noqa: E402
from tests.meaning.misbehaving import Misbehaving  # noqa: E402

#: Milliseconds: a busy machine is not what is tested.
PATIENCE = 20_000


@pytest.fixture
def endpoint(settings, monkeypatch) -> Iterator[Misbehaving]:
    monkeypatch.setattr(http, "PAUSE", 0.01)
    with misbehaving.served() as made:
        settings.EMBEDDINGS, settings.EMBEDDINGS_MODEL = made.address, "first"
        embedders.forget()
        yield made
    embedders.forget()


@pytest.fixture
def articles(index, endpoint):
    """Three articles whose vectors the endpoint has made, in an index that is searched by them."""
    made = [make.article(f"Otter {n}", phrasings=(f"phrasing {n}",), body="body") for n in range(3)]
    index.drain()
    settle(index)
    return made


def settle(index) -> None:
    """What a worker does, until nothing is left to do."""
    began = timezone.now()
    for _ in range(5):
        making.make_all()
        index.drain()
        upkeep.keep_up(began)
    making.Maker().step()


def near(text: str, limit: int = 10) -> list[int]:
    state = generations.state()
    vector = query_vector(text, state.model, PATIENCE)
    assert vector is not None
    engine = generations.opened(state.name)
    return [hit.id for hit in engine.nearest(vector, Filters(), limit, state.model)]


def test_an_endpoint_s_vectors_find_articles_when_all_are_made(index, articles):
    assert generations.state().model.endswith("first none")
    assert near("phrasing 1", 1) == [articles[1].pk]
    assert PassageVector.objects.count() == 6
    assert check_meaning().detail["searches"] == "by words and meaning"


def test_another_model_is_made_beside_the_old_and_put_to_use_when_complete(
    index, articles, settings, endpoint
):
    old = generations.state().model
    settings.EMBEDDINGS_MODEL = "second"
    making.Maker().step()
    assert generations.state().model == old
    assert near("phrasing 2", 1) == [articles[2].pk]
    assert {asked.get("model") for asked in endpoint.heard[-1:]} == {"first"}
    articles[0].title = "Badger"
    articles[0].save_revision().publish()
    index.drain()
    settle(index)
    new = generations.state().model
    assert new.endswith("second none")
    assert near("phrasing 2", 1) == [articles[2].pk]
    assert {model.name for model in EmbeddingModel.objects.all()} == {old, new}
    assert due.rebuild_due() is None


def test_a_switch_is_due_only_when_all_vectors_are_made(index, articles, settings):
    settings.EMBEDDINGS_MODEL = "second"
    assert due.rebuild_due() is None
    making.make_all()
    assert due.rebuild_due() == "meaning"


def test_a_worker_with_other_settings_does_not_switch_back(index, articles, settings):
    began = timezone.now()
    settings.EMBEDDINGS_MODEL = "second"
    settle(index)
    settings.EMBEDDINGS_MODEL = "first"
    assert upkeep.keep_up(began) == 0
    assert generations.state().model.endswith("second none")


@pytest.mark.parametrize("manner", ["NaN", "too few", "page", "status 500", "dimension"])
def test_rubbish_is_kept_nowhere_and_said(index, articles, endpoint, manner):
    before = dict(PassageVector.objects.values_list("digest", "vector"))
    expected = near("phrasing 0")
    endpoint.manner = manner
    articles[0].title = "Badger"
    articles[0].save_revision().publish()
    index.drain()
    with pytest.raises(EmbedderFailed):
        making.Maker().step()
    assert dict(PassageVector.objects.values_list("digest", "vector")) == before
    assert "meaning" in found()
    assert check_meaning().ok is False
    assert near("phrasing 0") == expected
    endpoint.manner = "well"
    settle(index)
    assert "meaning" not in found()
    assert PassageVector.objects.count() == len(before) + 1


def test_another_model_under_the_same_name_is_told_and_not_searched_by(index, articles, endpoint):
    endpoint.manner = "another model"
    EmbeddingModel.objects.update(last_made=None)
    with pytest.raises(EmbedderFailed, match="another model answers"):
        making.Maker().step()
    progress.weigh()
    assert generations.state().model == ""
    endpoint.manner = "well"
    making.Maker().step()
    assert generations.state().model != ""


def test_an_endpoint_is_known_by_its_first_answer_of_all(index, endpoint):
    article = make.article("Otter")
    index.drain()
    endpoint.manner = "another model afterwards"
    with pytest.raises(EmbedderFailed, match="another model"):
        making.make_all()
    assert EmbeddingModel.objects.get().changed
    assert not PassageVector.objects.exists()
    endpoint.manner = "well"
    settle(index)
    assert near("otter") == [article.pk]


def test_a_text_that_is_refused_holds_up_no_other(index, articles, endpoint):
    endpoint.manner = "refuses poison"
    poison, good = make.article("poison"), make.article("Good news")
    index.drain()
    maker = making.Maker()
    while maker.step():
        pass
    index.drain()
    maker.step()
    assert near("Good news", 1) == [good.pk]
    assert poison.pk not in near("phrasing 1")
    assert progress.now().lacking == 1


@pytest.mark.parametrize("manner", ["hangs", "drips", "closes", "status 503", "NaN"])
def test_a_query_is_not_waited_for_longer_than_the_budget(index, articles, endpoint, manner):
    model = generations.state().model
    endpoint.manner = manner
    for n in range(10):
        began = time.monotonic()
        assert query_vector(f"question {n}", model, 60) is None
        assert time.monotonic() - began < 2  # a hanging endpoint would take thirty


def test_what_comes_too_late_is_there_for_the_next_search(index, articles, endpoint):
    model = generations.state().model
    endpoint.manner = "slow 0.3"
    assert query_vector("late question", model, 1) is None
    assert query_vector("late question", model, PATIENCE) is not None
    heard = len(endpoint.heard)
    assert query_vector("late question", model, 0) is not None
    assert len(endpoint.heard) == heard


def test_switched_off_nothing_is_asked_and_nothing_lost(index, articles, endpoint, settings):
    kept, heard = PassageVector.objects.count(), len(endpoint.heard)
    settings.EMBEDDINGS = "off"
    assert query_vector("phrasing 1", generations.state().model, PATIENCE) is None
    make.article("Written meanwhile")
    index.drain()
    assert check_meaning().detail == {"searches": "by words"}
    assert due.rebuild_due() is None
    assert len(endpoint.heard) == heard
    settings.EMBEDDINGS = endpoint.address
    settle(index)
    assert PassageVector.objects.count() == kept + 1
    assert not OutboxRow.objects.exists()


def test_vectors_of_texts_that_are_gone_go_after_a_while(index, articles, settings):
    articles[0].unpublish()
    index.drain()
    assert clearing.clear_unused() == 0
    PassageVector.objects.update(made=timezone.now() - clearing.KEPT_TEXTS * 2)
    assert clearing.clear_unused() == 2
    assert PassageVector.objects.count() == 4
    settings.EMBEDDINGS_MODEL = "second"
    settle(index)
    IndexGeneration.objects.filter(model__endswith="first none").delete()
    EmbeddingModel.objects.update(last_made=timezone.now() - clearing.KEPT_MODELS * 2)
    clearing.clear_unused()
    assert [model.name[-11:] for model in EmbeddingModel.objects.all()] == ["second none"]


def test_the_admin_shows_how_far_they_are_made(index, articles, endpoint, admin_client, settings):
    endpoint.manner = "status 401"
    make.article("Another")
    index.drain()
    with pytest.raises(EmbedderFailed):
        making.Maker().step()
    text = admin_client.get("/admin/reports/meaning/").content.decode()
    assert "3 of 4 articles have all their vectors." in text
    assert "answered 401" in text
    assert "Finding by meaning" in admin_client.get("/admin/").content.decode()
    settings.EMBEDDINGS = "off"
    assert "Finding by meaning" not in admin_client.get("/admin/").content.decode()
