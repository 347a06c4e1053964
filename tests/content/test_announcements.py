"""Whatever readers see otherwise than before is announced, inside the transaction."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from content.models import Article
from content.signals import entries_changed
from tests import factories

pytestmark = pytest.mark.django_db


def test_publishing_and_unpublishing(changed):
    entry = factories.article(live=False)
    assert entry.pk not in changed
    entry.latest_revision.publish()
    assert entry.pk in changed
    changed.clear()
    Article.objects.get().unpublish()
    assert entry.pk in changed


def test_a_draft_announces_nothing(changed):
    entry = factories.article()
    changed.clear()
    entry.title = "Other"
    entry.save_revision()
    assert not changed


def test_deleting_an_entry_and_a_whole_category(changed):
    shelf = factories.category()
    inner = factories.category("Inner", parent=shelf)
    one, two = factories.article(parent=shelf), factories.faq(parent=inner)
    ids = {one.pk, two.pk}
    changed.clear()
    Page.objects.get(pk=shelf.pk).delete()
    assert ids <= changed


def test_moving_an_entry_or_its_category(changed):
    one, two = factories.category("One"), factories.category("Two")
    inner = factories.category("Inner", parent=one)
    entry = factories.article(parent=inner)
    changed.clear()
    inner.move(two, pos="last-child")
    assert entry.pk in changed


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_move_is_announced_inside_its_transaction():
    one, two = factories.category("One"), factories.category("Two")
    entry = factories.article(parent=one)
    seen = []

    def receiver(sender, ids, **kwargs):
        seen.append((entry.pk in ids, connection.in_atomic_block))

    entries_changed.connect(receiver)
    try:
        entry.move(two, pos="last-child")
        entry.refresh_from_db()
        entry.save_revision().publish()
    finally:
        entries_changed.disconnect(receiver)
    assert (True, True) in seen
    assert (True, False) not in seen


def test_renaming_a_category_announces_all_below(changed):
    shelf = factories.category()
    entry = factories.article(parent=factories.category("Inner", parent=shelf))
    changed.clear()
    shelf.slug = "elsewhere"
    shelf.save_revision().publish()
    assert entry.pk in changed


def test_narrowing_the_audience(changed):
    entry = factories.article()
    changed.clear()
    entry.audience = "agents"
    entry.save()
    assert entry.pk in changed


def test_scheduled_publishing_and_expiry(changed):
    entry = factories.article(live=False)
    entry.go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    entry.save_revision(approved_go_live_at=entry.go_live_at)
    changed.clear()
    call_command("publish_scheduled")
    assert entry.pk in changed
    changed.clear()
    Article.objects.update(expire_at=timezone.now() - timezone.timedelta(seconds=1))
    call_command("publish_scheduled")
    assert entry.pk in changed
    assert not Article.objects.get().live


@pytest.mark.parametrize("inside", [False, True])
def test_editing_a_snippet_announces_all_entries_that_use_it(changed, inside):
    english = factories.snippet("hello", name="greeting")
    block = {"type": "snippet", "value": english.pk}
    entry = factories.article(body=[{"type": "agents_only", "value": [block]} if inside else block])
    other = factories.article(body="nothing")
    translated = factories.snippet(
        "你好", name="greeting", code="zh-hans", translation_key=english.translation_key
    )
    changed.clear()
    english.save()
    assert changed == {entry.pk}
    changed.clear()
    translated.save()
    assert changed == {entry.pk}
    changed.clear()
    english.delete()
    assert entry.pk in changed
    assert other.pk not in changed


def test_translations_of_the_same_family_are_announced_too(changed):
    entry = factories.article()
    shelf = factories.category("订单", code="zh-hans")
    other = factories.article("文章", parent=shelf, translation_key=entry.translation_key)
    changed.clear()
    entry.unpublish()
    assert changed == {entry.pk, other.pk}
