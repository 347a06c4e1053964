"""Puts Insights into the admin. Further pages join by the hook ``register_insights_menu_item``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.log_actions import LogActionRegistry

from content.admin.menu import GuardedMenuItem
from search.lookup.tuning.viewsets import MENU_HOOK as TUNING_MENU

from .admin import access
from .admin.effect import EffectView
from .admin.evidence import ArticleViewSet, FaqEntryViewSet
from .admin.gap import GapActionView, GapView
from .admin.listing import GapsView
from .alerts.admin import hooks as _alerts  # noqa: F401 - registers the pages of alerts
from .departments.admin import hooks as _departments  # noqa: F401 - departments and digests
from .owning import admin as _owning  # noqa: F401 - registers the rules of owners
from .proposals import admin as proposals
from .proposals.deciding import ACCEPT, UNDO
from .questions.admin import hooks as _questions  # noqa: F401 - registers the pages of questions
from .relevance import admin as relevance
from .reports import hooks as _reports  # noqa: F401 - registers the pages of figures

_PERMISSIONS = (
    *("view_gap", "change_gap", "view_bucket", "overview_bucket", "change_figuresettings"),
    *("view_contact", "change_contact", "view_questiongroup", "change_questiongroup"),
    *("add_questionimport", "view_questionimport"),
    *("add_ownerrule", "change_ownerrule", "delete_ownerrule", "view_ownerrule"),
)
insights_menu = Menu(
    register_hook_name="register_insights_menu_item",
    construct_hook_name="construct_insights_menu",
)


@hooks.register("register_admin_menu_item")
def insights_menu_group() -> SubmenuMenuItem:
    """The group in the admin's main menu."""
    return SubmenuMenuItem(
        _("Insights"), insights_menu, name="insights", icon_name="glasses", order=200
    )


@hooks.register("register_insights_menu_item")
def gaps_menu_item() -> MenuItem:
    """Insights > Gaps."""
    return GuardedMenuItem(
        _("Gaps"),
        reverse("insights:gaps"),
        name="gaps",
        icon_name="warning",
        order=10,
        shown_to=access.may_see,
    )


@hooks.register("register_admin_urls")
def insights_urls() -> list[URLPattern | URLResolver]:
    """Addresses under /admin/insights/."""
    pages = [
        path("gaps/", GapsView.as_view(), name="gaps"),
        path("gaps/results/", GapsView.as_view(results_only=True), name="gaps_results"),
        path("effects/<int:pk>/", EffectView.as_view(), name="effect"),
        path("gaps/<int:pk>/", GapView.as_view(), name="gap"),
        re_path(
            r"^gaps/(?P<pk>\d+)/(?P<action>take|assign|ignore|reopen|write|link"
            r"|diagnose|phrase|ask|translate|revise|comment|due|join|split)/$",
            GapActionView.as_view(),
            name="gap_action",
        ),
    ]
    return [path("insights/", include((pages, "insights")))]


@hooks.register(TUNING_MENU)
def proposals_menu_item() -> MenuItem:
    """Search tuning > Proposals."""
    return GuardedMenuItem(
        _("Proposals"),
        reverse("proposals:index"),
        name="proposals",
        icon_name="comment-add",
        order=50,
        shown_to=lambda user: proposals.policy.user_has_permission(user, "change"),
    )


@hooks.register("register_admin_urls")
def proposals_urls() -> list[URLPattern | URLResolver]:
    """Addresses under /admin/tuning/proposals/."""
    pages = [
        path("", proposals.ProposalsView.as_view(), name="index"),
        path("results/", proposals.ProposalsView.as_view(results_only=True), name="results"),
        path("<int:pk>/", proposals.ProposalView.as_view(), name="proposal"),
        re_path(
            r"^(?P<pk>\d+)/(?P<action>accept|refuse|undo)/$",
            proposals.DecideView.as_view(),
            name="decide",
        ),
    ]
    return [path("tuning/proposals/", include((pages, "proposals")))]


@hooks.register(TUNING_MENU)
def relevance_menu_item() -> MenuItem:
    """Search tuning > Relevance tests."""
    return GuardedMenuItem(
        _("Relevance tests"),
        reverse("relevance:index"),
        name="relevance",
        icon_name="history",
        order=60,
        shown_to=lambda user: relevance.policy.user_has_permission(user, "change"),
    )


@hooks.register("register_admin_viewset")
def judged_queries() -> ModelViewSet:
    """Search tuning > Judged queries."""
    return relevance.JudgedQueryViewSet()


@hooks.register("register_admin_urls")
def relevance_urls() -> list[URLPattern | URLResolver]:
    """Addresses under /admin/tuning/relevance/."""
    pages = [
        path("", relevance.RelevanceView.as_view(), name="index"),
        path("<int:pk>/", relevance.RunView.as_view(), name="run"),
    ]
    return [path("tuning/relevance/", include((pages, "relevance")))]


@hooks.register("register_log_actions")
def proposal_log_actions(actions: LogActionRegistry) -> None:
    """What the history of an entry says of phrasings that searches proposed."""
    actions.register_action(ACCEPT, _("Accept a phrasing"), _("Accepted a phrasing from searches"))
    actions.register_action(
        UNDO, _("Take a phrasing back"), _("Took back a phrasing that came from searches")
    )


@hooks.register("register_admin_viewset", order=100)
def entry_editors() -> list[PageViewSet]:
    """The editors of entries, with evidence beside them."""
    return [FaqEntryViewSet("faq_entry_pages"), ArticleViewSet("article_pages")]


@hooks.register("register_permissions")
def insights_permissions():
    """The permissions that an administrator gives to groups."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label__in=("insights", "journeys"), codename__in=_PERMISSIONS
    )
