"""The groups and what each may do."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Workflow

from content.audience import Audience
from content.models import Article
from content.roles import ensure_roles
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("group", "audience"),
    [("", "customers"), ("Agents", "agents"), ("Writers", "internal"), ("Reviewers", "internal"),
     ("Managers", "internal"), ("Administrators", "internal")],
)  # fmt: skip
def test_each_group_reads_what_it_needs(group, audience):
    assert Audience.of(factories.user(group=group)) == audience


@pytest.mark.parametrize(
    ("group", "edits", "publishes"),
    [("Agents", False, False), ("Writers", True, False), ("Reviewers", True, True),
     ("Managers", True, True), ("Administrators", True, True)],
)  # fmt: skip
def test_writers_write_and_reviewers_publish(group, edits, publishes):
    may = factories.article().permissions_for_user(factories.user(group=group))
    assert (may.can_edit(), may.can_publish()) == (edits, publishes)


def test_making_the_roles_again_changes_nothing():
    def state():
        return (
            {g.name: set(g.permissions.values_list("pk", flat=True)) for g in Group.objects.all()},
            list(Workflow.objects.values_list("name", "active")),
        )

    before = state()
    ensure_roles()
    assert state() == before


def test_a_submitted_draft_is_live_after_a_reviewer_approves(as_user):
    writer, reviewer = factories.user(group="Writers"), factories.user(group="Reviewers")
    entry = factories.article(live=False)
    workflow = entry.get_workflow()
    assert workflow.name == "Review before publishing"
    state = workflow.start(entry, writer)
    task = state.current_task_state.task.specific
    assert not task.user_can_access_editor(entry, factories.user(group="Agents"))
    assert ("approve", "Approve", False) in [
        tuple(map(str, a[:2])) + a[2:] for a in task.get_actions(entry, reviewer)
    ]
    state.current_task_state.approve(user=reviewer)
    assert Article.objects.get().live


def test_a_translated_page_belongs_to_the_same_family():
    factories.front_page("zh-hans")
    shelf = factories.category("Shelf")
    entry = factories.article(parent=shelf, audience="agents")
    shelf.copy_for_translation(factories.locale("zh-hans"))
    translated = entry.copy_for_translation(factories.locale("zh-hans"))
    assert translated.translation_key == entry.translation_key
    assert translated.audience == "agents"
    assert not translated.live
