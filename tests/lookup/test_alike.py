"""What means nearly the same as an entry: related ones, and drafts written twice."""

from __future__ import annotations

import pytest
from django.urls import reverse

from content.audience import Audience
from search.lookup.alike import alike, duplicates
from tests import factories as make
from tests.vectored import by_meaning, with_vectors

TEXT = "Open the settings, choose Security and follow the link that we send to your e-mail."


@pytest.fixture
def centre(index, settings):
    by_meaning(settings)
    shelf = make.category("Account")
    first = make.faq("How do I reset my password?", parent=shelf, lead=TEXT)
    make.faq("Choose a safe password", parent=shelf, lead="Use twelve letters or more.")
    make.faq("How much does a parcel to Norway cost?", parent=shelf, lead="Nine euros.")
    make.faq("Resetting a customer's password", parent=shelf, lead=TEXT, audience="agents")
    with_vectors(locales=())
    return first


def titles(found) -> list[str]:
    return [each.title for each in found]


def test_related_entries_are_those_that_mean_alike(centre, client):
    assert titles(alike(centre, Audience.PUBLIC, 5)) == [
        "Choose a safe password",
        "How much does a parcel to Norway cost?",
    ]
    assert titles(alike(centre, Audience.AGENTS, 1)) == ["Resetting a customer's password"]
    page = client.get(centre.get_url()).content.decode()
    assert page.index("Choose a safe password") < page.index("parcel to Norway")
    assert "customer's password" not in page


def test_a_draft_that_says_what_an_entry_says_is_told_so(centre, admin_client):
    draft = make.faq("Password forgotten: how to reset it", lead=TEXT, live=False)
    [found] = duplicates(draft, Audience.PUBLIC)
    assert found.entry.title == "How do I reset my password?"
    assert found.shared > 0.6
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "How do I reset my password?" in editor.content.decode()


def test_a_draft_about_something_else_is_not(centre, admin_client):
    draft = make.faq("Which shops sell your tea?", lead="All in the old town.", live=False)
    assert duplicates(draft, Audience.AGENTS) == []
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "Published already" not in editor.content.decode()


def test_without_an_embedder_nothing_is_said(centre, settings):
    settings.EMBEDDINGS = "off"
    draft = make.faq("Password forgotten: how to reset it", lead=TEXT, live=False)
    assert duplicates(draft, Audience.PUBLIC) == []
