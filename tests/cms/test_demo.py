"""The demonstration: made once, true, and removed without a trace."""

from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import PageLogEntry, ReferenceIndex

from cms.demo import is_complete, plans
from content.audience import Audience
from content.models import Category, Entry, FrontPage, Product, RenderedText, Snippet
from search.insights.departments.models import Department, Digest
from search.insights.metrics.models import ALL, Bucket
from search.insights.models import (
    Gap,
    GapEvidence,
    GroupingRun,
    OwnerRule,
    Question,
    QuestionGroup,
    QuestionText,
    State,
)
from search.insights.outcome import outcome_of
from search.journeys.models import Contact, Event, JourneySettings, Search, Vote
from search.lookup.asked import most_asked
from tests import factories

pytestmark = pytest.mark.django_db


def run(name: str, **options) -> str:
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def short(monkeypatch):
    """Fewer visitors than the real demonstration has; everything else as it is."""
    for name, number in {"CUSTOMERS": 160, "AGENTS": 60, "STAFF": 5, "ROBOTS": 5}.items():
        monkeypatch.setattr(plans, name, number)


def test_the_demonstration_is_whole_true_and_removable(short, index, client):
    said = run("seed_demo")
    assert "Login: agent / demo-agent" in said
    everything_is_there()
    every_page_opens(client)
    figures_are_true()
    before = whole_database()
    assert "already" in run("seed_demo")
    assert whole_database() == before
    assert get_user_model().objects.get(username="agent").check_password("demo-agent")

    made = set(Entry.objects.values_list("pk", flat=True))
    own = factories.article(
        "A page of ours", parent=Category.objects.filter(slug="devices").first()
    )
    Search.objects.create(client_id="a-real-person", query="ours", locale="en")
    assert "Kept, because they hold pages of yours" in run("clear_demo")
    assert list(Entry.objects.values_list("title", flat=True)) == [own.title]
    assert Category.objects.count() == 1
    assert [s.query for s in Search.objects.all()] == ["ours"]
    own.delete()
    Category.objects.get().delete()
    assert not PageLogEntry.objects.filter(page__in=made).exists()
    gone = (Gap, GapEvidence, Event, Vote, Contact, Snippet, Product, Image, Document, RenderedText)
    gone += (Department, Digest, OwnerRule, Question, QuestionText, QuestionGroup, GroupingRun)
    for model in gone:
        assert not model.objects.exists(), model
    assert not get_user_model().objects.filter(email__endswith="@demo.invalid").exists()
    assert not is_complete()
    assert "no demonstration" in run("clear_demo")
    index.drain()
    assert not Entry.objects.exists()


def whole_database() -> dict[str, list[str]]:
    """Every row of every table."""
    return {
        model._meta.db_table: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


def everything_is_there() -> None:
    visible = Entry.objects.visible_to(Audience.PUBLIC)
    for code, least in {"en": 65, "zh-hans": 65, "zh-hant": 10}.items():
        assert visible.filter(locale__language_code=code).count() >= least
    assert Entry.objects.filter(audience="agents").exists()
    assert Entry.objects.filter(locale__language_code="en", kind="faq").count() >= 45
    assert Entry.objects.filter(locale__language_code="en", kind="article").count() >= 20
    translated = Entry.objects.filter(locale__language_code="en").values("translation_key")
    assert Entry.objects.filter(locale__language_code="zh-hans", translation_key__in=translated)
    assert not any(problem for problem in Entry.find_problems())
    assert JourneySettings.objects.get().demonstration
    assert ReferenceIndex.get_references_to(Image.objects.get()).count() == 5
    assert ReferenceIndex.get_references_to(Document.objects.get()).count() == 3


def every_page_opens(client) -> None:
    pages = [*FrontPage.objects.filter(depth=2), *Category.objects.live(), *Entry.objects.live()]
    client.force_login(get_user_model().objects.get(username="admin"))
    for page in pages:
        assert client.get(page.get_url()).status_code == 200, page.get_url()


def figures_are_true() -> None:
    assert Gap.objects.filter(no_answer__gt=0).exists()
    assert Gap.objects.filter(contact__gt=0).exists()
    assert Gap.objects.filter(flagged__gt=0).exists()
    assert most_asked(Audience.PUBLIC, "en")
    assert most_asked(Audience.PUBLIC, "zh-hans")
    assert Contact.objects.filter(client_id__contains="writer-").count() == 12
    assert Bucket.objects.filter(period="month", category=ALL, forms_solved__gt=0).exists()
    asked = QuestionGroup.objects.filter(questions_count__gte=10)
    assert {group.locale for group in asked} >= {"en", "zh-hans"}
    assert set(asked.values_list("kind", flat=True)) == {"inquiry", "suggestion", "complaint"}
    closed = Gap.objects.filter(state=State.CLOSED, joined_into=None)
    before = [outcome for gap in closed if (outcome := outcome_of(gap))]
    assert {gap.language for gap in closed} == {"en", "zh"}
    assert all(outcome.before.intents and outcome.after.intents for outcome in before)
    assert Gap.objects.exclude(owner_rule=None).exists()
    assert any(digest.data["causes"] for digest in Digest.objects.all())
    clicks = Event.objects.filter(action_name="click").values_list("query_id", "object_id")
    shown = {s.query_id: {entry for entry, _ in s.hits} for s in Search.objects.all()}
    assert all(entry in shown[query_id] for query_id, entry in clicks)
    assert not GapEvidence.objects.filter(kind__in=["robot", "staff"]).exists()


def test_it_refuses_a_site_with_content_of_its_own(index):
    factories.article("Ours")
    with pytest.raises(CommandError, match="content of its own"):
        run("seed_demo")
    assert Entry.objects.count() == 1
    assert not get_user_model().objects.exists()


def test_it_refuses_a_production_site_unless_forced(settings, index):
    settings.DOCUMENTED_PASSWORDS = False
    with pytest.raises(CommandError, match="production"):
        run("seed_demo")
    assert not get_user_model().objects.exists()


def test_the_same_chance_every_time():
    from datetime import UTC, datetime

    from cms.demo.pages import load

    now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    asked = load("searches")
    one, other = plans.visits(asked, now), plans.visits(asked, now)
    assert one == other
    assert all(visit.at < now for visit in one)
    assert (now - one[0].at).days <= 31
