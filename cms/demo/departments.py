"""Departments, their touchpoints, and whose the gaps are."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from content.models import Category
from search.insights.departments import digests
from search.insights.departments.models import Department, Touchpoint, TouchpointRule
from search.insights.models import OwnerRule

from . import ADDRESS
from .pages import key_of, load


def make_departments() -> None:
    """Make them for the demonstration's people; repeating it makes none."""
    lists = load("departments")
    people = {u.username: u for u in get_user_model().objects.filter(email__endswith=ADDRESS)}
    for row in lists["departments"]:
        department, made = Department.objects.get_or_create(name=row["name"], mails=False)
        if made:
            department.people = [people[name] for name in row["people"] if name in people]
            department.save()
            for touchpoint in row["touchpoints"]:
                _touchpoint(department, touchpoint)
    if not OwnerRule.objects.exists():
        for number, row in enumerate(lists["owners"], 1):
            if owner := people.get(row["owner"]):
                category = _category(row["category"]) if "category" in row else None
                OwnerRule.objects.create(
                    order=10 * number, owner=owner, category=category, kind=row.get("kind", "")
                )


def tell_last_week() -> None:
    """Make the digests that would have come on Monday; nobody is written to."""
    digests.make_due()


def clear_departments() -> None:
    """Remove those of the demonstration, with their touchpoints and digests."""
    names = [row["name"] for row in load("departments")["departments"]]
    Department.objects.filter(name__in=names).delete()


def _touchpoint(department: Department, row: dict[str, Any]) -> None:
    touchpoint = Touchpoint(name=row["name"], journey=row["journey"], department=department)
    touchpoint.rules = [
        TouchpointRule(sort_order=number, category=category)
        for number, slug in enumerate(row["categories"])
        if (category := _category(slug))
    ]
    touchpoint.save()


def _category(slug: str) -> Category | None:
    return Category.objects.filter(
        translation_key=key_of("category", slug), locale__language_code="en"
    ).first()
