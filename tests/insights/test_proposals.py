"""What people's words propose, and what they do not."""

from __future__ import annotations

import pytest

from content.models import Phrasing
from search.insights.models import Proposal, ProposalEvidence
from search.insights.proposals import deciding
from search.insights.proposals.collecting import collect_proposals
from search.insights.proposals.wording import difference, proposable

from .proposing import did, proposed, reworded, searched


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
