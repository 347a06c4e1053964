"""What a decision on a proposal does and undoes, and who may take it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from content.audience import Audience
from content.models import Entry, Phrasing
from search.index.tuning.models import Synonym
from search.insights.models import Proposal
from search.insights.proposals import deciding
from search.insights.proposals.collecting import collect_proposals
from tests import factories as make
from tests.lookup.asking import ask, titles

from .proposing import did, reworded, searched


def accepted(user, index, **more) -> Proposal:
    proposal = deciding.accept(Proposal.objects.get(**more), user)
    index.drain()
    return proposal


def test_accepting_publishes_a_new_version_in_the_name_of_who_accepts(shelf, index) -> None:
    reworded(shelf["open"], "zebra thing", "facebook login", "ann", "bob")
    collect_proposals()
    assert ask("zebra thing").hits == ()
    user = make.user(group="Reviewers")
    proposal = accepted(user, index, kind="phrasing")
    entry = Entry.objects.get(pk=shelf["open"].pk)
    assert titles(ask("zebra thing")) == [entry.title]
    assert (entry.live_revision.user, proposal.decided_by, proposal.in_draft) == (user, user, False)
    assert PageLogEntry.objects.filter(page=entry, user=user, action=deciding.ACCEPT).exists()
    deciding.undo(proposal, user)
    index.drain()
    assert ask("zebra thing").hits == ()
    assert Entry.objects.get(pk=entry.pk).phrasings.count() == 0
    assert Proposal.objects.get(pk=proposal.pk).state == "open"


def test_where_one_may_not_publish_it_waits_in_the_draft(shelf, index) -> None:
    reworded(shelf["open"], "zebra thing", "facebook login", "ann", "bob")
    collect_proposals()
    proposal = accepted(make.user(group="Writers"), index, kind="phrasing")
    assert proposal.in_draft
    assert ask("zebra thing").hits == ()
    draft = Entry.objects.get(pk=shelf["open"].pk).get_latest_revision_as_object()
    assert [p.text for p in draft.phrasings.all()] == ["zebra thing"]


def test_nobody_elses_draft_is_published_along(shelf, index) -> None:
    reworded(shelf["open"], "zebra thing", "facebook login", "ann", "bob")
    collect_proposals()
    page = shelf["open"].specific
    page.title = "Unfinished"
    page.save_revision()
    proposal = accepted(make.user(group="Reviewers"), index, kind="phrasing")
    entry = Entry.objects.get(pk=page.pk)
    assert (proposal.in_draft, entry.title) == (True, "Sign in with Facebook")
    assert entry.get_latest_revision_as_object().title == "Unfinished"


@pytest.mark.parametrize("reader", list(Audience))
def test_an_agents_words_are_never_a_customers_phrasing(shelf, index, reader) -> None:
    desk = {"kind": "agent", "audience": "agents", "channel": "desk"}
    did("used_solved", shelf["open"], searched("walrus margin", "agent", clicks=1, **desk))
    collect_proposals()
    accepted(make.user(group="Reviewers"), index, kind="phrasing")
    sees = reader.sees(Audience.AGENTS)
    assert bool(ask("walrus margin", reader).hits) is sees
    assert bool(ask("walrsu", reader).did_you_mean or ask("walrsu", reader).hits) is sees


def test_an_accepted_synonym_is_made_for_those_who_asked_and_undone(shelf, index) -> None:
    reworded(shelf["open"], "fb login", "facebook login", "ann", "bob", audience="customers")
    collect_proposals()
    user = make.user(group="Writers")
    proposal = accepted(user, index, kind="synonym")
    row = Synonym.objects.get()
    assert (row.words, row.synonyms, row.both_ways, row.locale, row.audience) == (
        "fb",
        "facebook",
        False,
        "en",
        "customers",
    )
    deciding.undo(proposal, user)
    assert not Synonym.objects.exists()


def test_what_is_decided_is_decided_once(shelf, index) -> None:
    reworded(shelf["open"], "fb login", "facebook login", "ann", "bob")
    collect_proposals()
    user = make.user(group="Reviewers")
    proposal = Proposal.objects.get(kind="phrasing")
    deciding.refuse(proposal, user)
    with pytest.raises(deciding.DecidedAlready):
        deciding.accept(proposal, user)
    reworded(shelf["open"], "fb login", "facebook login", "cid")
    collect_proposals()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.people) == ("refused", 3)


def test_the_page_shows_evidence_and_effect_and_one_click_accepts(client, shelf, index) -> None:
    client.force_login(make.user(group="Reviewers"))
    reworded(shelf["open"], "zebra thing", "facebook login", "ann", "bob")
    collect_proposals()
    proposal = Proposal.objects.get(kind="phrasing")
    listed = client.get(reverse("proposals:index"))
    address = reverse("proposals:proposal", args=[proposal.pk])
    assert address in listed.content.decode()
    page = client.get(address)
    (change,) = page.context["effect"].changes
    assert (change.asked.text, change.answered_before, change.answered_after) == (
        "zebra thing",
        False,
        True,
    )
    assert page.content.decode().count("Clicked after rewording") == 2
    assert Phrasing.objects.count() == 0
    client.post(reverse("proposals:decide", args=[proposal.pk, "accept"]))
    index.drain()
    assert [h.id for h in ask("zebra thing").hits] == [p.id for p in change.after]
    assert b"Undo" in client.get(address).content
    again = client.post(reverse("proposals:decide", args=[proposal.pk, "accept"]), follow=True)
    assert b"Somebody has decided this already" in again.content


def test_a_locked_article_is_left_alone(client, shelf, index) -> None:
    reworded(shelf["open"], "zebra thing", "facebook login", "ann", "bob")
    collect_proposals()
    Entry.objects.filter(pk=shelf["open"].pk).update(locked=True, locked_by=make.user())
    client.force_login(make.user(group="Writers"))
    proposal = Proposal.objects.get(kind="phrasing")
    answer = client.post(reverse("proposals:decide", args=[proposal.pk, "accept"]), follow=True)
    assert b"locked" in answer.content
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_agents_do_not_see_proposals(client, shelf) -> None:
    client.force_login(make.user(group="Agents"))
    assert client.get(reverse("proposals:index")).status_code in (302, 403)


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    client, shelf, django_assert_max_num_queries
) -> None:
    client.force_login(make.user(group="Reviewers"))
    client.get(reverse("proposals:index"))
    counts = []
    for number in (2, 20):
        for n in range(number):
            reworded(shelf["open"], f"zebra{number} {n}", f"facebook {n}", f"a{n}", f"b{n}")
        collect_proposals()
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("proposals:index"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
