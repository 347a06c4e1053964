"""Before publishing: which searches and gaps a draft enters, and whom it displaces."""

from __future__ import annotations

import pytest
from django.urls import reverse

from content.audience import Audience
from content.models import Article
from search.index import drain
from search.insights import answers, verification
from search.insights.effects import effect_of
from search.insights.metrics.counting import count_due
from search.insights.models import Gap, State
from search.journeys.models import Search
from tests import factories as make

from .making import category, member, search


def people(query: str, number: int, **values) -> None:
    """So many people search for it, each once and for nothing else."""
    for n in range(number):
        search(query, f"{query}-{n:012d}".replace(" ", "-"), **values)


@pytest.fixture
def site(index):
    category()
    made = {
        "kettle": make.article("Descale a kettle", body="kettle vinegar"),
        "secret": make.article("Goodwill", body="voucher kettle", audience="agents"),
    }
    index.drain()
    people("kettle", 3, total=1, answered=True, hits=((made["kettle"].pk, 1),))
    people("toaster crumbs", 2)
    people("toaster on the desk", 1, audience="agents", who="agent", channel="desk")
    Search.objects.update(settled=True)
    count_due()
    return made


def effect(page, reader: Audience = Audience.INTERNAL):
    return effect_of(page.get_latest_revision_as_object(), reader)


def test_it_names_the_searches_and_gaps_that_a_draft_enters(site) -> None:
    draft = make.article("Toaster", body="toaster crumbs kettle", live=False)
    found = effect(draft)
    assert (found.top, found.gaps, found.effect.unrun) == (3, 2, 0)
    assert [(m.change.asked.text, m.before, m.after) for m in found.searches] == [
        ("kettle", 0, 2),
        ("toaster crumbs", 0, 1),
        ("toaster on the desk", 0, 1),
    ]
    assert {e.gap.question: e.moved.after for e in found.entered} == {
        "toaster crumbs": 1,
        "toaster on the desk": 1,
    }
    assert [m.change.asked.intents for m in found.searches] == [3, 2, 1]


def test_a_draft_for_agents_enters_their_searches_alone(site) -> None:
    draft = make.article("Toaster", body="toaster crumbs", audience="agents", live=False)
    found = effect(draft)
    assert [m.change.asked.text for m in found.searches] == ["toaster on the desk"]
    assert [e.gap.question for e in found.entered] == ["toaster on the desk"]


def test_a_writer_sees_no_searches_of_those_who_see_more(site) -> None:
    draft = make.article("Toaster", body="toaster crumbs", live=False)
    found = effect(draft, Audience.PUBLIC)
    assert "toaster on the desk" not in str(found)
    assert [m.change.asked.text for m in found.searches] == ["toaster crumbs"]


def test_other_languages_are_left_out(site) -> None:
    make.front_page("zh-hans")
    draft = make.article("Toaster", body="toaster crumbs", code="zh-hans", live=False)
    found = effect(draft)
    assert (found.top, found.gaps, found.searches, found.entered) == (0, 0, (), ())


def test_of_a_live_entry_it_says_what_it_leaves(site) -> None:
    page = site["kettle"]
    page.title, page.body = "Iron", [("markdown", "iron steam")]
    page.save_revision()
    (moved,) = effect(page).searches
    assert (moved.change.asked.text, moved.before, moved.after) == ("kettle", 1, 0)
    assert not moved.change.answered_after


def test_the_gap_that_it_is_written_for_tells_whether_it_would_close(site, index) -> None:
    gap = Gap.objects.get(question="toaster crumbs")
    entry = answers.write_answer(gap, member("Writers"))
    (answered,) = effect(entry).answered
    assert (answered.gap, answered.found, answered.searches) == (gap, 2, 2)
    assert answered.enough
    entry.get_latest_revision().publish()
    drain.drain_all()
    gap.refresh_from_db()
    verification.verify(gap)
    assert gap.state == State.CLOSED


def test_the_gap_stays_where_the_draft_is_for_others(site) -> None:
    gap = Gap.objects.get(question="toaster crumbs")
    entry = answers.write_answer(gap, member("Writers"))
    entry.audience = "agents"
    entry.save_revision()
    (answered,) = effect(entry).answered
    assert (answered.found, answered.enough) == (0, False)


def test_time_that_is_up_is_told(site, monkeypatch) -> None:
    monkeypatch.setattr("search.insights.effects.SECONDS", 0)
    gap = Gap.objects.get(question="toaster crumbs")
    entry = answers.write_answer(gap, member("Writers"))
    found = effect(entry)
    assert found.effect.unrun
    assert found.answered[0].found is None


def test_the_editor_has_the_panel_while_something_is_unpublished(site, client) -> None:
    client.force_login(member("Reviewers"))
    draft = make.article("Toaster", body="toaster crumbs", live=False)
    panel = f'data-effect="{reverse("insights:effect", args=[draft.pk])}"'
    assert panel in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    live = site["kettle"]
    assert "data-effect-show" not in client.get(f"/admin/pages/{live.pk}/edit/").content.decode()
    live.save_revision()
    Article.objects.filter(pk=live.pk).update(has_unpublished_changes=True)
    assert "data-effect-show" in client.get(f"/admin/pages/{live.pk}/edit/").content.decode()


def test_the_answer_is_a_piece_of_a_page(site, client) -> None:
    client.force_login(member("Reviewers"))
    draft = make.article("Toaster", body="toaster crumbs kettle", live=False)
    address = reverse("insights:effect", args=[draft.pk])
    said = client.post(address).content.decode()
    assert "Enters at place 1." in said
    assert "Answered for the first time." in said
    assert client.get(address).status_code == 405
    client.force_login(member("Agents"))
    assert client.post(address).status_code in (302, 403)


def test_an_engine_that_cannot_be_copied_is_said(site, client, monkeypatch) -> None:
    from search.index.tuning import rehearsal

    def fails():
        raise rehearsal.CannotRehearse

    monkeypatch.setattr(rehearsal, "_source", fails)
    client.force_login(member("Reviewers"))
    draft = make.article("Toaster", body="toaster", live=False)
    said = client.post(reverse("insights:effect", args=[draft.pk])).content.decode()
    assert "cannot be tried now" in said
