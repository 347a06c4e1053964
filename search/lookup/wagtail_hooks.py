"""Puts Search tuning into the admin; pages of other rooms join by ``MENU_HOOK``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from content.admin.menu import GuardedMenuItem
from search.index.vectors import embedders

from .answered.admin import ThresholdsView
from .tuning.importing import ImportSynonymsView
from .tuning.trying import TrySearchView
from .tuning.viewsets import MENU_HOOK, DictionaryViewSet, PinViewSet, SynonymViewSet

tuning_menu = Menu(register_hook_name=MENU_HOOK, construct_hook_name="construct_search_tuning_menu")


@hooks.register("register_admin_menu_item")
def tuning_menu_group() -> SubmenuMenuItem:
    """The group in the admin's main menu."""
    return SubmenuMenuItem(
        _("Search tuning"), tuning_menu, name="search-tuning", icon_name="sliders", order=210
    )


@hooks.register("register_admin_viewset")
def tuning_viewsets() -> list[ModelViewSet]:
    """Synonyms, dictionary and pins."""
    return [SynonymViewSet(), DictionaryViewSet(), PinViewSet()]


@hooks.register("register_admin_urls")
def tuning_urls() -> list[URLPattern | URLResolver]:
    """Addresses under /admin/tuning/."""
    pages = [
        path("synonyms/import/", ImportSynonymsView.as_view(), name="import_synonyms"),
        path("try/", TrySearchView.as_view(), name="try"),
        path("answers/", ThresholdsView.as_view(), name="thresholds"),
    ]
    return [path("tuning/", include((pages, "tuning")))]


@hooks.register(MENU_HOOK)
def thresholds_menu_item() -> MenuItem:
    """Search tuning > When meaning answers; not where words are all there is."""
    policy = ThresholdsView.permission_policy
    return GuardedMenuItem(
        _("When meaning answers"),
        reverse("tuning:thresholds"),
        name="thresholds",
        icon_name="check",
        order=50,
        shown_to=lambda user: (
            embedders.wanted() is not None and policy.user_has_permission(user, "change")
        ),
    )


@hooks.register(MENU_HOOK)
def try_menu_item() -> MenuItem:
    """Search tuning > Try a search."""
    policy = TrySearchView.permission_policy
    return GuardedMenuItem(
        _("Try a search"),
        reverse("tuning:try"),
        name="try",
        icon_name="search",
        order=40,
        shown_to=lambda user: policy.user_has_permission(user, "change"),
    )
