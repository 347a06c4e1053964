"""What writers and reviewers do with an entry, through the admin's own pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from content.models import Article, Entry
from tests import factories

pytestmark = pytest.mark.django_db


def address(name: str, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def save(client: Client, entry: Entry, action: str = "", body=None, **fields):
    """Fill in the editor as it is shown, change some fields, and press a button."""
    where = address("edit", entry.pk)
    shown = client.get(where)
    assert shown.status_code == 200
    data = querydict_from_html(shown.content.decode(), form_id="page-edit-form")
    if body is None:
        body = [(block["type"], block["value"]) for block in entry.body.raw_data]
    data.update(nested_form_data({"body": streamfield(body)}))
    for name, value in fields.items():
        data[name] = value
    if action:
        data[f"action-{action}"] = "1"
    return client.post(where, data)


def read(entry: Entry, client: Client | None = None) -> str:
    """The page as a customer sees it."""
    answer = (client or Client()).get(entry.get_url())
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def reviewer(as_user) -> Client:
    return as_user("Reviewers")


@pytest.fixture
def writer(as_user) -> Client:
    return as_user("Writers")


def test_an_image_needs_a_text_that_stands_for_it(reviewer):
    image = Image.objects.create(title="Lid", file=get_test_image_file())
    entry = factories.article("Kettle")
    block = {"image": image.pk, "alt": "", "caption": ""}
    answer = save(reviewer, entry, "publish", [("image", block)])
    assert answer.status_code == 200
    errors = answer.context["form"].errors["body"].as_data()[0].block_errors[0].block_errors
    assert set(errors) == {"alt"}
    assert save(
        reviewer, entry, "publish", [("image", block | {"alt": "The open lid"})]
    ).status_code == 302  # fmt: skip
    assert 'alt="The open lid"' in read(entry)


def test_a_video_is_a_file_of_ours_or_a_link_and_nothing_is_embedded(reviewer):
    film = Document.objects.create(title="Film", file=ContentFile(b"film", name="film.mp4"))
    entry = factories.article("Kettle")
    answer = save(
        reviewer,
        entry,
        "publish",
        [
            ("video", {"title": "Opening the lid", "file": film.pk, "url": ""}),
            ("video", {"title": "On a site", "file": "", "url": "https://video.example/1"}),
        ],
    )
    assert answer.status_code == 302
    html = read(entry)
    assert "<video controls" in html
    assert 'aria-label="Opening the lid"' in html
    assert '<a href="https://video.example/1"' in html
    assert "<iframe" not in html


def test_versions_are_compared_and_an_older_one_is_restored(reviewer):
    entry = factories.article("First title", body="The first text.")
    first = entry.latest_revision
    second_text = [("markdown", "The second text.")]
    save(reviewer, entry, "publish", second_text, title="Second title")
    entry = Article.objects.get()
    compared = reviewer.get(
        address("revisions_compare", entry.pk, first.pk, entry.latest_revision.pk)
    ).content.decode()
    assert '<span class="deletion">First</span>' in compared
    assert '<span class="addition">Second</span>' in compared
    where = address("revisions_revert", entry.pk, first.pk)
    shown = reviewer.get(where)
    data = querydict_from_html(shown.content.decode(), form_id="page-edit-form")
    data.update(nested_form_data({"body": streamfield([("markdown", "The first text.")])}))
    data["action-publish"] = "1"
    assert reviewer.post(address("edit", entry.pk), data).status_code == 302
    html = read(Article.objects.get())
    assert "First title" in html
    assert "The first text." in html
    assert "second" not in html.lower()


def test_the_live_version_stays_while_a_draft_is_edited(writer):
    entry = factories.article("Kettle", body="As it was.")
    assert save(writer, entry, body=[("markdown", "As it will be.")]).status_code == 302
    assert Article.objects.get().has_unpublished_changes
    assert "As it was." in read(entry)
    assert "As it will be." not in read(entry)


def test_a_scheduled_entry_goes_live_and_expires_when_its_time_comes(reviewer, monkeypatch):
    now = timezone.now()
    entry = factories.article("Kettle", live=False)
    save(
        reviewer,
        entry,
        "publish",
        go_live_at=f"{now + timedelta(days=2):%Y-%m-%d %H:%M}",
        expire_at=f"{now + timedelta(days=4):%Y-%m-%d %H:%M}",
    )
    seen = []
    for days in (1, 3, 5):
        monkeypatch.setattr(timezone, "now", lambda days=days: now + timedelta(days=days))
        call_command("publish_scheduled", verbosity=0)
        seen.append((Article.objects.get().live, Client().get(entry.get_url()).status_code))
    assert seen == [(False, 404), (True, 200), (False, 404)]
    assert Article.objects.get().expired


def test_a_writer_submits_and_a_reviewer_approves(writer, reviewer):
    entry = factories.article("Kettle", live=False)
    assert b"action-publish" not in writer.get(address("edit", entry.pk)).content
    save(writer, entry, "publish", title="Not allowed")
    assert not Article.objects.get().live
    save(writer, entry, "submit", title="Kettle, reviewed")
    state = Article.objects.get().current_workflow_task_state
    assert state is not None
    approve = address("workflow_action", entry.pk, "approve", state.pk)
    writer.post(approve, {"comment": ""})
    assert not Article.objects.get().live
    assert reviewer.post(approve, {"comment": "Good."}).status_code == 302
    assert "Kettle, reviewed" in read(Article.objects.get())


def test_translating_makes_a_draft_of_the_same_family(writer):
    chinese = factories.front_page("zh-hans")
    shelf = factories.category("Orders")
    shelf.copy_for_translation(chinese.locale)
    entry = factories.article("Kettle", parent=shelf, audience="customers", body="Text.")
    where = reverse("simple_translation:submit_page_translation", args=[entry.pk])
    assert where in writer.get(address("edit", entry.pk)).content.decode()
    answer = writer.post(where, {"locales": [chinese.locale.pk], "include_subtree": ""})
    assert answer.status_code == 302
    translated = Article.objects.get(locale=chinese.locale)
    assert translated.translation_key == entry.translation_key
    assert translated.audience == "customers"
    assert translated.get_parent().specific.translation_key == shelf.translation_key
    assert not translated.live
    shown = writer.get(address("edit", translated.pk)).content.decode()
    assert address("edit", entry.pk) in shown


def test_translating_takes_along_the_categories_that_the_language_does_not_have(writer):
    chinese = factories.front_page("zh-hans")
    outer = factories.category("Orders")
    inner = factories.category("Returns", parent=outer)
    entry = factories.article("Kettle", parent=inner)
    where = reverse("simple_translation:submit_page_translation", args=[entry.pk])
    form = writer.get(where).content.decode()
    choices = re.findall(r'<input type="checkbox" name="locales"[^>]*>', form)
    assert choices
    assert not [choice for choice in choices if "disabled" in choice]
    assert "translated along" in form

    answer = writer.post(
        where, {"locales": [chinese.locale.pk], "include_subtree": ""}, follow=True
    )
    assert answer.status_code == 200
    assert "Translated along, as drafts to be published first: Orders, Returns" in (
        answer.content.decode()
    )
    translated = Article.objects.get(locale=chinese.locale)
    above = translated.get_parent(), translated.get_parent().get_parent()
    assert [shelf.translation_key for shelf in above] == [
        inner.translation_key,
        outer.translation_key,
    ]
    assert above[1].get_parent().pk == chinese.pk
    assert not any(page.live for page in (translated, *above))


def test_a_renamed_or_moved_page_is_found_at_its_old_address(
    reviewer, django_capture_on_commit_callbacks
):
    entry = factories.article("Kettle")
    old = entry.get_url()
    with django_capture_on_commit_callbacks(execute=True):
        save(reviewer, entry, "publish", slug="kettle-renamed")
    renamed = Article.objects.get().get_url()
    assert renamed != old
    other = factories.category("Elsewhere")
    answer = reviewer.post(address("move_confirm", entry.pk, other.pk))
    assert answer.status_code == 302
    moved = Article.objects.get().get_url()
    assert moved.startswith(other.get_url())
    for former in (old, renamed):
        found = Client().get(former, follow=True)
        assert found.redirect_chain[-1][0] == moved, former
        assert found.redirect_chain[0][1] == 301
        assert found.status_code == 200


#: Page of the admin -> the groups that may open it.
OPEN_TO = {
    "wagtailadmin_home": {"Writers", "Reviewers", "Managers", "Administrators"},
    "content_entries": {"Writers", "Reviewers", "Managers", "Administrators"},
    "content_import": {"Writers", "Reviewers", "Managers", "Administrators"},
    "insights:gaps": {"Writers", "Reviewers", "Managers", "Administrators"},
    "wagtailredirects:index": {"Managers", "Administrators"},
    "wagtailusers_users:index": {"Administrators"},
}


@pytest.mark.parametrize("name", OPEN_TO)
def test_each_page_opens_to_its_groups_and_to_no_other(name, as_user):
    groups = ["", "Agents", "Writers", "Reviewers", "Managers", "Administrators"]
    opened = {group for group in groups if as_user(group).get(reverse(name)).status_code == 200}
    assert opened == OPEN_TO[name]


@pytest.mark.parametrize(
    ("group", "saves", "publishes", "deletes"),
    [
        ("", False, False, False),
        ("Agents", False, False, False),
        ("Writers", True, False, False),
        ("Reviewers", True, True, True),
        ("Managers", True, True, True),
        ("Administrators", True, True, True),
    ],
)
def test_what_each_group_does_with_an_entry(group, saves, publishes, deletes, as_user):
    client = as_user(group)
    entry = factories.article("Kettle")
    editor = as_user("Administrators")
    data = querydict_from_html(
        editor.get(address("edit", entry.pk)).content.decode(), form_id="page-edit-form"
    )
    data.update(nested_form_data({"body": streamfield([])}))
    for action, title in (("", "Saved"), ("action-publish", "Published")):
        data["title"] = title
        if action:
            data[action] = "1"
        client.post(address("edit", entry.pk), data)
    entry = Article.objects.get()
    drafts = {revision.content["title"] for revision in entry.revisions.all()}
    assert ("Saved" in drafts) == saves
    assert (entry.title == "Published") == publishes
    client.post(address("delete", entry.pk))
    assert Article.objects.exists() != deletes
