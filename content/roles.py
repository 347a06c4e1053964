"""The groups that people belong to, what each may do, and the way from draft to live."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

WRITERS, REVIEWERS, AGENTS = "Writers", "Reviewers", "Agents"
MANAGERS, ADMINISTRATORS = "Managers", "Administrators"

_WRITE = ("add_page", "change_page")
_REVIEW = (*_WRITE, "publish_page", "lock_page", "unlock_page")
_MANAGE = (*_REVIEW, "bulk_delete_page")
_PAGES = {WRITERS: _WRITE, REVIEWERS: _REVIEW, MANAGERS: _MANAGE, ADMINISTRATORS: _MANAGE}
_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document")
_FILES_TOO = ("choose_document",)
_EDITING = (
    "wagtailadmin.access_admin",
    "content.see_internal",
    "content.add_snippet",
    "content.change_snippet",
    "simple_translation.submit_translation",
)
_MANAGING = (
    *_EDITING,
    "content.delete_snippet",
    "content.add_product",
    "content.change_product",
    "content.delete_product",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
)
_RIGHTS: dict[str, tuple[str, ...]] = {
    WRITERS: _EDITING,
    REVIEWERS: _EDITING,
    AGENTS: ("content.see_agents",),
    MANAGERS: _MANAGING,
    ADMINISTRATORS: _MANAGING,
}
#: Rooms of Wagtail and Django whose every right administrators have.
_ADMINISTERED = (
    "auth", "content", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects",
    "wagtailusers",
)  # fmt: skip
#: Groups that Wagtail brings; ours take their place where nobody is in them.
_REPLACED = ("Editors", "Moderators")


def ensure_roles(**kwargs: Any) -> None:
    """Make the groups, their rights and the review of drafts; run again, it changes nothing.

    Rights that a site gave in addition stay. Called after every migration.
    """
    for label in {*_ADMINISTERED, "wagtailadmin", "simple_translation"}:
        if apps.is_installed(label) or label in {c.label for c in apps.get_app_configs()}:
            create_permissions(apps.get_app_config(label), verbosity=0)
    root = Page.get_first_root_node()
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in _RIGHTS}
    for name, group in groups.items():
        group.permissions.add(*_permissions(_RIGHTS[name]))
        if root is not None:
            _give_pages(group, root, _PAGES.get(name, ()))
    groups[ADMINISTRATORS].permissions.add(
        *Permission.objects.filter(content_type__app_label__in=_ADMINISTERED)
    )
    if root is not None:
        _ensure_review(groups[REVIEWERS], root)
    Group.objects.filter(name__in=_REPLACED, user__isnull=True).delete()


def _permissions(names: Iterable[str]) -> Iterable[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        label, codename = name.split(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    return Permission.objects.filter(wanted)


def _give_pages(group: Group, root: Page, codenames: Iterable[str]) -> None:
    if not codenames:
        return
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=codenames
    )
    for right in rights:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    collection = Collection.get_first_root_node()
    if collection is None:
        return
    for right in Permission.objects.filter(codename__in=(*_FILES, *_FILES_TOO)):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=right
        )


def _ensure_review(reviewers: Group, root: Page) -> None:
    """Drafts that are submitted wait for a reviewer, everywhere, unless a site chose otherwise."""
    name = "Review before publishing"
    if Workflow.objects.filter(name=name).exists():
        return
    task = GroupApprovalTask.objects.create(name="Reviewers approve")
    task.groups.add(reviewers)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for old in Workflow.objects.filter(name="Moderators approval", active=True):
        if not WorkflowPage.objects.filter(workflow=old).exists():
            old.active = False
            old.save(update_fields=["active"])
