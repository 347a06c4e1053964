"""A translation or a revision that is begun from a gap belongs to it: its publication replays."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from content.audience import Audience
from content.models import Entry, FaqEntry
from search.index import drain
from search.insights import collect, verification
from search.insights.diagnosis.models import Diagnosis, Kind, Way
from search.insights.models import Gap, GapHistory, State
from search.journeys import Journey
from search.journeys.models import Contact, Search
from search.lookup import service
from tests import factories as make

from .making import member

pytestmark = pytest.mark.django_db


def ask(text: str, number: int, locale: str = "en") -> service.Results:
    journey = Journey(f"person-{number:012d}")
    return service.search(service.Query(text, Audience.PUBLIC, locale, journey=journey))


def publish(entry: Entry) -> None:
    entry.get_latest_revision().publish()
    drain.drain_all()


def actions(gap: Gap) -> list[str]:
    """What has happened to it, the latest first."""
    gap.refresh_from_db()
    return list(gap.history.values_list("action", flat=True))


def diagnosed(gap: Gap, kind: Kind, entry: Entry) -> Gap:
    Diagnosis.objects.update_or_create(
        gap=gap, defaults={"kind": kind, "way": Way.SEARCHED, "entry": entry}
    )
    return gap


def act(client, gap: Gap, action: str):
    return client.post(reverse("insights:gap_action", args=[gap.pk, action]))


@pytest.fixture
def writer(client):
    user = member("Reviewers")
    client.force_login(user)
    return user


@pytest.fixture
def foreign(index, writer) -> Gap:
    """English searches that a Chinese entry answers."""
    make.locale("en")
    shelf = make.category("Orders")
    shelf.copy_for_translation(make.locale("zh-hans"), copy_parents=True)
    chinese = shelf.get_translation(make.locale("zh-hans"))
    chinese.save_revision().publish()
    entry = make.faq("代金券的上限是多少", lead="二十欧元。", parent=chinese)
    drain.drain_all()
    for number in range(3):
        assert not ask("goodwill limit", number).answered
    return diagnosed(Gap.objects.get(), Kind.WRONG_LANGUAGE, entry)


def test_a_translation_is_drafted_in_the_language_of_the_searches(client, foreign, writer) -> None:
    page = client.get(reverse("insights:gap", args=[foreign.pk])).content.decode()
    assert "Begin the translation" in page
    response = act(client, foreign, "translate")
    foreign.refresh_from_db()
    draft = foreign.entry.specific
    assert response.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert (draft.locale.language_code, draft.live) == ("en", False)
    assert draft.translation_key == foreign.diagnosis.entry.translation_key
    assert (foreign.state, foreign.owner) == (State.IN_WORK, writer)
    assert foreign.history.first().action == GapHistory.Action.TRANSLATED
    assert "goodwill limit" in client.get(response.url).content.decode()
    act(client, foreign, "translate")
    assert FaqEntry.objects.filter(locale=draft.locale).count() == 1


def test_publishing_the_translation_replays_and_closes(client, foreign) -> None:
    act(client, foreign, "translate")
    foreign.refresh_from_db()
    draft = foreign.entry.specific
    draft.title, draft.lead = "Goodwill limit", "Twenty euros."
    draft.save_revision()
    publish(draft)
    assert actions(foreign) == ["closed", "verifying", "translated", "opened"]
    assert foreign.state == State.CLOSED


def test_a_translation_that_the_searches_do_not_find_leaves_the_gap_open(client, foreign) -> None:
    act(client, foreign, "translate")
    foreign.refresh_from_db()
    publish(foreign.entry.specific)
    assert actions(foreign)[:2] == ["replayed", "verifying"]
    assert foreign.state == State.IN_WORK


@pytest.fixture
def unhelpful(index, writer) -> Gap:
    """Searches that find an entry that does not help."""
    entry = make.faq("Goodwill limit", lead="See below.")
    drain.drain_all()
    for number in range(3):
        results = ask("goodwill limit", number)
        assert results.answered
        contact = Contact.objects.create(client_id=f"person-{number:012d}", locale="en")
        Search.objects.filter(query_id=results.query_id).update(contact=contact)
        collect.collect_contact(contact)
    return diagnosed(Gap.objects.get(), Kind.UNHELPFUL, entry)


def test_a_revision_closes_the_gap_when_it_is_published_and_not_before(client, unhelpful) -> None:
    entry = unhelpful.diagnosis.entry.specific
    response = act(client, unhelpful, "revise")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[entry.pk])
    unhelpful.refresh_from_db()
    assert (unhelpful.entry_id, unhelpful.state) == (entry.pk, State.IN_WORK)
    assert unhelpful.history.first().action == GapHistory.Action.REVISED
    # The live version is found all along: neither the night nor its index proves anything.
    verification.entries_changed([entry.pk])
    assert verification.verify_all()["replayed"] == 0
    entry.lead = "Twenty euros a case."
    entry.save_revision()
    drain.drain_all()
    assert actions(unhelpful) == ["revised", "opened"]
    publish(entry)
    assert actions(unhelpful) == ["closed", "verifying", "revised", "opened"]
    assert unhelpful.state == State.CLOSED


@pytest.fixture
def helper(client):
    """Works on gaps, and on no page."""
    user = make.user("helper")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("access_admin", "view_gap", "change_gap"))
    )
    client.force_login(user)
    return user


def test_who_may_not_translate_begins_no_translation(client, foreign, helper) -> None:
    act(client, foreign, "translate")
    assert actions(foreign) == ["opened"]
    assert not FaqEntry.objects.filter(locale__language_code="en").exists()


def test_who_may_not_edit_begins_no_revision(client, unhelpful, helper) -> None:
    act(client, unhelpful, "revise")
    assert actions(unhelpful) == ["opened"]


def test_what_one_may_not_see_one_does_not_begin(client, unhelpful, helper) -> None:
    helper.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    Entry.objects.filter(pk=unhelpful.diagnosis.entry_id).update(audience="internal")
    diagnosed(unhelpful, Kind.WRONG_LANGUAGE, unhelpful.diagnosis.entry)
    act(client, unhelpful, "translate")
    assert actions(unhelpful) == ["opened"]
