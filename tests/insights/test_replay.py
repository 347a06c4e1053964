"""A gap closes when its searches find the answer, and opens again when they do not."""

import uuid
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from content.audience import Audience
from content.models import Entry, FaqEntry
from search.index import drain
from search.insights.models import Gap, GapEvidence, State
from search.insights.verification import AT_ONCE, verify_all, verify_gap
from search.journeys import Journey
from search.journeys.models import Search
from search.lookup import service
from tests import factories

from .making import category, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    """An index of this test's own."""
    settings.INDEX_DIR = tmp_path / "index"
    from search.index import generations

    generations.forget()
    yield
    generations.forget()


def ask(text: str, number: int, locale: str = "en") -> service.Results:
    """A customer's search through the real service."""
    journey = Journey(f"person-{number:012d}")
    return service.search(service.Query(text, Audience.PUBLIC, locale, journey=journey))


def settle_index() -> None:
    while drain.drain():
        pass


def publish(entry: FaqEntry) -> None:
    entry.save_revision().publish()
    settle_index()


def unpublish(entry: Entry) -> None:
    Entry.objects.get(pk=entry.pk).specific.unpublish()
    settle_index()


@pytest.fixture
def gap(client) -> Gap:
    """A gap whose answer a writer has begun: five searches, two wordings."""
    category("en")
    settle_index()
    for i in range(4):
        assert not ask("lost warranty card", i).answered
    ask("warranty card lost, what now", 9)
    client.force_login(member("Writers"))
    gap = Gap.objects.order_by("-people").first()
    client.post(reverse("insights:gap_action", args=[gap.pk, "write"]))
    gap.refresh_from_db()
    return gap


def test_publishing_the_answer_closes_the_gap_and_keeps_the_proof(gap) -> None:
    assert gap.state == State.IN_WORK
    publish(FaqEntry.objects.get())
    gap.refresh_from_db()
    assert gap.state == State.CLOSED
    actions = [step.action for step in gap.history.all()]
    assert actions == ["closed", "verifying", "drafted", "opened"]
    proof = gap.history.first().data
    assert proof["found"] == proof["searches"] == GapEvidence.objects.filter(gap=gap).count()


def test_unpublishing_the_answer_opens_the_gap_again(gap) -> None:
    entry = FaqEntry.objects.get()
    publish(entry)
    unpublish(entry)
    gap.refresh_from_db()
    assert gap.state == State.IN_WORK
    assert gap.history.first().action == "reopened"
    publish(FaqEntry.objects.get())
    gap.refresh_from_db()
    assert gap.state == State.CLOSED


def test_deleting_the_answer_opens_the_gap_again(gap) -> None:
    publish(FaqEntry.objects.get())
    Entry.objects.get().specific.delete()
    settle_index()
    gap.refresh_from_db()
    assert (gap.state, gap.entry) == (State.IN_WORK, None)


def test_an_answer_that_is_not_found_keeps_the_gap_and_names_what_fails(gap) -> None:
    entry = FaqEntry.objects.get()
    entry.title, entry.slug = "Opening hours", "opening-hours"
    entry.phrasings.set([])
    publish(entry)
    gap.refresh_from_db()
    assert gap.state == State.IN_WORK
    last = gap.history.first()
    assert last.action == "replayed"
    assert last.data["found"] == 0
    assert "lost warranty card" in {f["query"] for f in last.data["failing"]}


def test_an_answer_for_agents_does_not_close_a_customers_gap(gap) -> None:
    entry = FaqEntry.objects.get()
    entry.audience = "agents"
    publish(entry)
    gap.refresh_from_db()
    assert gap.state == State.IN_WORK


def test_four_fifths_of_the_searches_are_enough(gap) -> None:
    first = gap.evidence.first()
    count = gap.evidence.count()
    for number in range(2):
        failing = GapEvidence.objects.get(pk=first.pk)
        failing.pk, failing.query = None, f"entirely other words {number}"
        failing.query_id = Search.objects.create(query="x", locale="en").query_id
        failing.save()
    publish(FaqEntry.objects.get())
    gap.refresh_from_db()
    enough = count >= 0.8 * (count + 2)
    assert (gap.state == State.CLOSED) is enough
    proof = gap.history.first().data
    assert (proof["searches"], proof["found"]) == (count + 2, count)
    assert len(proof["failing"]) == 2


def test_the_daily_replay_opens_a_closed_gap_that_fails_again(gap) -> None:
    publish(FaqEntry.objects.get())
    # Behind the index's back, as when another change pushes the answer out of sight.
    Entry.objects.update(live=False)
    assert verify_all()["reopened"] == 1
    gap.refresh_from_db()
    assert gap.state == State.IN_WORK


def test_replays_are_not_recorded(gap) -> None:
    before = Search.objects.count(), GapEvidence.objects.count()
    publish(FaqEntry.objects.get())
    out = StringIO()
    call_command("replay_gaps", stdout=out)
    assert "Replayed" in out.getvalue()
    assert before == (Search.objects.count(), GapEvidence.objects.count())


def test_the_gap_page_shows_the_proof(gap, client) -> None:
    publish(FaqEntry.objects.get())
    page = client.get(reverse("insights:gap", args=[gap.pk])).content.decode()
    assert "Last replay" in page
    assert timezone.localdate().strftime("%Y") in page


@pytest.fixture
def open_gap(client) -> Gap:
    """A gap that nobody works on yet; a writer is signed in."""
    category("en")
    settle_index()
    for i in range(4):
        ask("lost warranty card", i)
    client.force_login(member("Writers"))
    return Gap.objects.get()


def link(client, gap: Gap, entry: int) -> str:
    """What the writer is told after saying that ``entry`` answers ``gap``."""
    url = reverse("insights:gap_action", args=[gap.pk, "link"])
    return client.post(url, {"entry": entry}, follow=True).content.decode()


def test_an_entry_there_is_closes_a_gap_when_its_searches_find_it(client, open_gap) -> None:
    entry = factories.faq("What if I lost my warranty card?")
    settle_index()
    link(client, open_gap, entry.pk)
    open_gap.refresh_from_db()
    assert (open_gap.state, open_gap.entry_id) == (State.CLOSED, entry.pk)
    assert [step.action for step in open_gap.history.all()][:3] == ["closed", "verifying", "linked"]


def test_an_entry_that_the_searches_do_not_find_leaves_the_gap_open_and_names_them(
    client, open_gap
) -> None:
    entry = factories.faq("Opening hours of the shop")
    settle_index()
    page = link(client, open_gap, entry.pk)
    open_gap.refresh_from_db()
    assert (open_gap.state, open_gap.entry_id) == (State.IN_WORK, entry.pk)
    failing = open_gap.history.first().data["failing"]
    assert [each["query"] for each in failing] == ["lost warranty card"]
    assert "The proof names them" in page


def test_of_many_wordings_the_writer_does_not_wait_for_the_replay(
    client, open_gap, settings, django_capture_on_commit_callbacks
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    first = open_gap.evidence.first()
    for number in range(AT_ONCE):
        first.pk, first.query_id = None, uuid.uuid4()
        first.query = f"lost warranty card {number}"
        first.save()
    entry = factories.faq("What if I lost my warranty card?")
    settle_index()
    with django_capture_on_commit_callbacks(execute=True):
        page = link(client, open_gap, entry.pk)
    open_gap.refresh_from_db()
    assert (open_gap.state, open_gap.entry_id) == (State.VERIFYING, entry.pk)
    assert "are being replayed" in page
    waiting = DBTaskResult.objects.get(task_path=verify_gap.module_path)
    verify_gap.call(*waiting.args_kwargs["args"])
    open_gap.refresh_from_db()
    assert open_gap.state == State.CLOSED


@pytest.mark.parametrize("chosen", ["", "x", "999999", "hidden"])
def test_what_is_no_entry_that_the_writer_may_see_is_not_linked(client, open_gap, chosen) -> None:
    if chosen == "hidden":
        chosen = Page.objects.get(depth=1).pk
    link(client, open_gap, chosen)
    open_gap.refresh_from_db()
    assert (open_gap.state, open_gap.entry_id) == (State.OPEN, None)


def test_an_agent_links_nothing(client, open_gap) -> None:
    entry = factories.faq("What if I lost my warranty card?")
    client.force_login(member("Agents"))
    link(client, open_gap, entry.pk)
    open_gap.refresh_from_db()
    assert open_gap.entry_id is None
