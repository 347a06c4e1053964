"""What people's words propose, who may see it, and what a decision does and undoes."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from content.audience import Audience
from content.models import Entry, Phrasing
from search.index.tuning.models import Synonym
from search.insights.models import Proposal, ProposalEvidence
from search.insights.proposals import deciding
from search.insights.proposals.collecting import collect_proposals
from search.insights.proposals.wording import difference, proposable
from search.journeys.models import Event, Search
from search.text import group_key
from tests import factories as make
from tests.lookup.asking import ask, titles


@pytest.fixture
def shelf(index):
    made = {
        "open": make.article("Sign in with Facebook", body="facebook account"),
        "secret": make.article("Goodwill", body="voucher", audience="agents"),
    }
    index.drain()
    return made


def searched(text: str, who: str = "ann", minutes: float = 10, **more) -> Search:
    """One settled search, so many minutes ago, that found nothing unless said otherwise."""
    when = timezone.now() - timedelta(minutes=minutes)
    values = {"locale": "en", "answered": False, "audience": "public"} | more
    values.setdefault("intent_id", uuid.uuid5(uuid.NAMESPACE_URL, who))
    return Search.objects.create(
        query=text, key=group_key(text), client_id=who, created=when, updated=when, **values
    )


def did(action: str, entry: Entry, search: Search | None = None, **more) -> None:
    """One action on the results of a search."""
    values = {"client_id": search.client_id, "kind": search.kind} if search else {}
    Event.objects.create(
        action_name=action,
        object_id=entry.pk,
        query_id=search.query_id if search else None,
        **values | more,
    )


def reworded(entry: Entry, first: str, then: str, *people: str, **more) -> None:
    """Each of these people fails with ``first``, and clicks ``entry`` after asking ``then``."""
    for who in people:
        searched(first, who, **more)
        did("click", entry, searched(then, who, 9, answered=True, clicks=1, **more))


def proposed(kind: str = "phrasing") -> list[tuple[str, str, int, bool]]:
    rows = Proposal.objects.filter(kind=kind).order_by("words")
    return [(p.words, p.replacement, p.people, p.worth_a_look) for p in rows]


def test_a_click_after_rewording_proposes_the_first_words(shelf) -> None:
    reworded(shelf["open"], "fb login", "facebook login", "ann", "bob")
    reworded(shelf["open"], "meta account", "facebook account", "cid")
    collect_proposals()
    assert proposed() == [("fb login", "", 2, True), ("meta account", "", 1, False)]
    assert proposed("synonym") == [("fb", "facebook", 2, True), ("meta", "facebook", 1, False)]


def test_reading_the_same_events_again_changes_nothing(shelf) -> None:
    reworded(shelf["open"], "fb login", "facebook login", "ann", "bob")
    assert collect_proposals() == 2
    before = list(Proposal.objects.values()), list(ProposalEvidence.objects.values())
    assert collect_proposals() == 0
    assert (list(Proposal.objects.values()), list(ProposalEvidence.objects.values())) == before


@pytest.mark.parametrize("kind", ["robot", "staff"])
def test_crawlers_and_staff_propose_nothing(shelf, kind: str) -> None:
    reworded(shelf["open"], "fb login", "facebook login", "ann", "bob", kind=kind)
    collect_proposals()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("channel", ["replay", "test"])
def test_replays_propose_nothing(shelf, channel: str) -> None:
    searched("fb login", "ann", channel=channel)
    did("click", shelf["open"], searched("facebook", "ann", 9, answered=True, clicks=1))
    collect_proposals()
    assert not Proposal.objects.exists()


def test_a_search_that_was_answered_proposes_nothing(shelf) -> None:
    first = searched("sign in", "ann", answered=True, clicks=1)
    did("click", shelf["open"], first)
    did("click", shelf["open"], searched("facebook", "ann", 9, answered=True, clicks=1))
    collect_proposals()
    assert not Proposal.objects.exists()


def test_what_the_article_says_already_is_not_proposed(shelf) -> None:
    Phrasing.objects.create(entry=shelf["open"], text="FB login!")
    reworded(shelf["open"], "fb login", "facebook login", "ann", "bob")
    collect_proposals()
    assert proposed() == []


def test_an_agent_who_solves_a_case_proposes_at_once_but_for_agents_only(shelf) -> None:
    desk = {"kind": "agent", "audience": "agents", "channel": "desk"}
    search = searched("fb thing", "agent", clicks=1, **desk)
    did("used_solved", shelf["open"], search, channel="desk")
    collect_proposals()
    (proposal,) = Proposal.objects.all()
    assert (proposal.worth_a_look, proposal.audience) == (True, "agents")
    assert deciding.is_agents_only(proposal, shelf["open"])
    assert not deciding.is_agents_only(proposal, shelf["secret"])


def test_an_answer_found_on_the_contact_form_proposes_what_was_searched_before(shelf) -> None:
    searched("fb thing", "ann", 5)
    searched("something long ago", "ann", 50)
    did("used_solved", shelf["open"], client_id="ann", channel="contact")
    collect_proposals()
    assert proposed() == [("fb thing", "", 1, True)]


def test_a_rescue_that_led_to_a_click_proposes_what_it_put_in_place(shelf) -> None:
    for who in ("ann", "bob"):
        search = searched("facebok", who, answered=True, rescue="spelling", clicks=1)
        did("click", shelf["open"], search)
    collect_proposals()
    assert proposed("synonym") == [("facebok", "facebook", 2, True)]


def test_words_that_the_answer_does_not_have_are_no_synonym_of_anything(shelf) -> None:
    reworded(shelf["open"], "fb login", "walrus login", "ann", "bob")
    collect_proposals()
    assert proposed("synonym") == []
    assert proposed() == [("fb login", "", 2, True)]


def test_what_was_redacted_is_not_proposed() -> None:
    assert proposable("reset password for ⟨email⟩") == "reset password for"
    assert proposable("⟨email⟩ ⟨phone⟩") == ""
    assert proposable("how do I") == ""
    assert proposable("…") == ""


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("fb login", "facebook login", ("fb", "facebook")),
        ("how do I use google chat", "how do I use Hangouts", ("google chat", "Hangouts")),
        ("口令 修改", "密码 修改", ("口令", "密码")),
        ("login", "facebook login", ("", "")),
        ("fb login", "facebook account", ("fb login", "facebook account")),
        ("the login", "facebook login", ("", "")),
        ("a b c d e", "v w x y z", ("", "")),
    ],
)
def test_two_wordings_differ_in_one_run_of_words(one, other, differs) -> None:
    assert difference(one, other) == differs


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
