"""Pages kept for anonymous readers: shown again unmade, and gone with whatever they show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.branding import BrandSettings
from content.models import Article, Category, Edition
from search.engine.protocol import EngineFailed
from search.index import drain
from search.journeys.models import JourneySettings
from search.lookup.library import SiteLibrary
from tests import factories


@pytest.fixture
def kettle(index):
    shelf = factories.category("Kitchen")
    entry = factories.article("Kettle", parent=shelf, body="Boil the water first.")
    index.drain()
    return entry


def read(entry: Article, client: Client | None = None) -> str:
    response = (client or Client()).get(entry.get_url())
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def is_kept(entry: Article) -> bool:
    """Whether the page is answered without being made: no query for what it shows."""
    address = entry.get_url()
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
    return not any("content_article" in query["sql"] for query in asked.captured_queries)


def test_a_page_is_made_once_and_the_same_for_all(kettle):
    assert not is_kept(kettle)
    assert is_kept(kettle)
    made, again = (Client().get(f"{kettle.get_url()}{end}") for end in ("?a=b", ""))
    assert again.content == made.content.replace(b"%3Fa%3Db", b"")
    same = ("Content-Type", "Vary", "Content-Language", "Content-Security-Policy")
    assert [again.headers[name] for name in same] == [made.headers[name] for name in same]
    assert "zhida_client" in again.cookies


def test_one_query_answers_it(kettle, django_assert_num_queries, settings):
    settings.JOURNEYS_SETTINGS_SECONDS = 60
    read(kettle)
    address = kettle.get_url()
    with django_assert_num_queries(1):
        Client().get(address)


def test_publishing_shows_the_new_version_at_once(kettle, index):
    read(kettle)
    kettle.body = [("markdown", "Fill the kettle first.")]
    kettle.save_revision()
    assert is_kept(kettle), "a draft changes nothing that readers see"
    kettle.get_latest_revision().publish()
    assert "Fill the kettle first." in read(kettle)
    index.drain()
    read(kettle)
    assert is_kept(kettle)


def test_what_is_not_for_the_public_any_more_is_gone(kettle):
    read(kettle)
    kettle.audience = "agents"
    kettle.save_revision().publish()
    assert read(kettle) == "404"
    kettle.audience = "public"
    kettle.save_revision().publish()
    read(kettle)
    kettle.unpublish()
    assert read(kettle) == "404"


def test_an_expired_page_is_gone_before_anybody_unpublishes_it(kettle):
    read(kettle)
    Article.objects.filter(pk=kettle.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert read(kettle) == "404"


def test_a_moved_page_leaves_its_old_address(kettle):
    old = kettle.get_url()
    read(kettle)
    kettle.move(factories.category("Garden"), pos="last-child")
    kettle.refresh_from_db()
    assert Client().get(old).status_code in (301, 404)
    assert "Garden" in read(kettle)


def test_a_renamed_category_is_renamed_in_the_paths_of_its_pages(kettle):
    read(kettle)
    shelf = Category.objects.get(title="Kitchen")
    shelf.title = "Cooking"
    shelf.save_revision().publish()
    assert "Cooking" in read(kettle)


def test_an_edited_snippet_is_edited_on_every_page(kettle, index):
    snippet = factories.snippet("Open until six.")
    kettle.body = [("snippet", snippet)]
    kettle.save_revision().publish()
    index.drain()
    assert "Open until six." in read(kettle)
    snippet.body = [("markdown", "Open until nine.")]
    snippet.save()
    assert "Open until nine." in read(kettle)


def test_a_related_entry_that_is_narrowed_is_named_no_more(kettle, index):
    other = factories.article("Kettle lids", parent=kettle.get_parent(), body="Kettle lid.")
    index.drain()
    assert "Kettle lids" in read(kettle)
    other.audience = "agents"
    other.save_revision().publish()
    assert "Kettle lids" not in read(kettle)


def test_a_related_entry_that_expires_is_named_no_more(kettle, index, monkeypatch):
    other = factories.article("Kettle lids", parent=kettle.get_parent(), body="Kettle lid.")
    soon = timezone.now() + timedelta(hours=1)
    other.expire_at = soon
    other.save_revision().publish()
    index.drain()
    assert "Kettle lids" in read(kettle)
    [page] = [each for each in kept_pages() if each.entry == kettle.pk]
    assert page.until == soon


def kept_pages() -> list:
    store = caches["pages"]
    return [store.get(key.split(":", 2)[2]) for key in list(store._cache)]


def test_the_brand_and_a_picture_change_every_page(kettle):
    read(kettle)
    BrandSettings.objects.create(name="Northwind Help")
    assert "Northwind Help" in read(kettle)
    picture = get_image_model().objects.create(title="Lid", file=get_test_image_file())
    read(kettle)
    assert is_kept(kettle)
    picture.save()
    assert not is_kept(kettle)


def test_who_is_signed_in_gets_a_page_of_his_own(kettle):
    read(kettle)
    client = Client()
    client.force_login(get_user_model().objects.create_user("mia"))
    assert "Sign out" in read(kettle, client)
    assert "Sign out" not in read(kettle)


def test_who_has_not_answered_is_asked_for_consent(kettle):
    read(kettle)
    settings, _ = JourneySettings.objects.get_or_create(pk=1)
    settings.consent_required = True
    settings.save()
    assert "without your name" in read(kettle)
    decided = Client()
    decided.cookies["zhida_consent"] = "no"
    assert "without your name" not in read(kettle, decided)
    assert "without your name" in read(kettle)


def test_nothing_is_kept_while_the_engine_has_not_heard_of_a_change(kettle, index):
    factories.article("Kettle lids", parent=kettle.get_parent(), body="Kettle lid.")
    read(kettle)
    assert not is_kept(kettle)
    index.drain()
    assert "Kettle lids" in read(kettle)
    assert is_kept(kettle)


def test_a_translation_that_has_expired_already_does_not_matter(kettle):
    chinese = factories.article("水壶", parent=factories.category("厨房", code="zh-hans"))
    Article.objects.filter(pk=chinese.pk).update(
        translation_key=kettle.translation_key,
        live=False,
        expire_at=timezone.now() - timedelta(days=1),
    )
    drain.drain_all()
    read(kettle)
    assert is_kept(kettle)


def test_no_page_is_kept_with_what_stood_in_for_the_engine(kettle, monkeypatch):
    def away(library, state):
        raise EngineFailed("The engine does not answer.")

    monkeypatch.setattr(SiteLibrary, "engine", away)
    read(kettle)
    assert not is_kept(kettle)
    monkeypatch.undo()
    read(kettle)
    assert is_kept(kettle)


def test_keeping_can_be_switched_off(kettle, settings):
    settings.PAGE_CACHE_SECONDS = 0
    read(kettle)
    assert not is_kept(kettle)


def test_old_editions_go_and_leave_a_new_one(kettle):
    read(kettle)
    Edition.objects.update(created=timezone.now() - timedelta(days=2))
    before = Edition.current()
    Edition.trim()
    assert Edition.objects.count() == 1
    assert Edition.current() > before
    assert not is_kept(kettle)
    assert is_kept(kettle)
