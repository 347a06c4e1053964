"""Why people do not find what they search for: a constructed site with twenty gaps of each kind."""

import pytest
from django.urls import reverse
from wagtail.models import Comment

from content.audience import Audience
from search.insights.diagnosis.keeping import diagnose
from search.insights.diagnosis.models import Kind
from search.insights.models import Gap, Proposal
from search.journeys import Journey
from search.lookup import service
from tests import factories as make

from .diagnosing.cases import CASES
from .diagnosing.site import ask_everything, build, diagnosed, mistaken, table
from .making import member

pytestmark = pytest.mark.django_db


def test_nine_of_ten_gaps_are_diagnosed_right(index, capsys) -> None:
    entries = build(index)
    gaps = ask_everything(entries, index)
    matrix = diagnosed(gaps)
    with capsys.disabled():
        print(f"\n{table(matrix)}\n{mistaken(gaps)}")
    assert sum(matrix.values()) == len(CASES) == 100
    assert sum(matrix[kind, kind] for kind in Kind) >= 90


@pytest.fixture
def writer(client):
    user = member("Writers")
    client.force_login(user)
    return user


def _gap(index, case_kind: str, **fields) -> Gap:
    """One gap, diagnosed, that an entry of these properties answers."""
    wanted = make.faq("Goodwill voucher limit", lead="Twenty euros.", live=False, **fields)
    for number in range(3):
        journey = Journey(f"person-{number:012d}")
        service.search(
            service.Query("goodwill voucher limit", Audience.PUBLIC, "en", journey=journey)
        )
    wanted.save_revision().publish()
    index.drain()
    gap = Gap.objects.get()
    assert diagnose(gap).kind == case_kind
    return gap


def test_a_gap_that_is_not_findable_becomes_a_proposal_with_its_searches(
    client, index, writer
) -> None:
    gap = _gap(index, Kind.NOT_FINDABLE)
    page = client.get(reverse("insights:gap", args=[gap.pk])).content.decode()
    assert "Propose a phrasing" in page
    assert "Goodwill voucher limit" in page
    client.post(reverse("insights:gap_action", args=[gap.pk, "phrase"]))
    proposal = Proposal.objects.get()
    assert (proposal.words, proposal.people, proposal.evidence.count()) == (
        "goodwill voucher limit",
        3,
        3,
    )


def test_another_audience_is_asked_for_once_and_beside_the_field(client, index, writer) -> None:
    gap = _gap(index, Kind.NOT_PERMITTED, audience="agents")
    for _ in range(2):
        client.post(reverse("insights:gap_action", args=[gap.pk, "ask"]))
    comment = Comment.objects.get()
    assert comment.contentpath == "audience"
    assert comment.page_id == gap.diagnosis.entry_id
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[comment.page_id]))
    assert "goodwill voucher limit" in editor.content.decode()


def test_the_list_is_filtered_by_diagnosis(client, index, writer) -> None:
    gap = _gap(index, Kind.NOT_PERMITTED, audience="agents")
    listed = client.get(reverse("insights:gaps"), {"diagnosis": Kind.NOT_PERMITTED})
    assert gap.question in listed.content.decode()
    listed = client.get(reverse("insights:gaps"), {"diagnosis": Kind.MISSING})
    assert gap.question not in listed.content.decode()
