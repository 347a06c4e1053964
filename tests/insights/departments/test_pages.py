"""Departments, touchpoints and digests in the admin: who edits them, who reads what of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from search.insights.departments import digests
from search.insights.models import Department, Digest, Touchpoint, TouchpointRule
from tests import factories as make
from tests.insights.making import member

from .making import entry_in, gap, group, met, noon, owner

pytestmark = pytest.mark.django_db
WEEK = date(2026, 3, 2)


@pytest.fixture
def digest(index) -> Digest:
    shelf = make.category("Invoices")
    touchpoint = owner("Billing", {"category": shelf})
    met(gap("copy of a bill", entry_in(shelf)), WEEK, 5)
    met(gap("goodwill limit", entry_in(shelf, "Goodwill")), WEEK, 3, audience="agents")
    asked = group("Where is my bill?", WEEK, 4)
    TouchpointRule.objects.create(touchpoint=touchpoint, group=asked)
    digests.make_due(noon(WEEK + timedelta(days=7)))
    return Digest.objects.get()


def page(client, digest: Digest) -> str:
    return client.get(reverse("departments:digest", args=[digest.pk])).content.decode()


def reader(client, *permissions: str, **fields):
    user = make.user("reader", **fields)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("access_admin", *permissions))
    )
    client.force_login(user)
    return user


def test_a_manager_edits_departments_and_touchpoints(client, digest) -> None:
    client.force_login(member("Managers"))
    person = make.user("ann", group="Writers")
    client.post(reverse("departments_of_insights:add"), {"name": "Delivery", "people": [person.pk]})
    department = Department.objects.get(name="Delivery")
    assert (list(department.people.all()), department.mails) == ([person], False)
    shelf = make.category("Parcels")
    rules = {
        "rules-TOTAL_FORMS": 1,
        "rules-INITIAL_FORMS": 0,
        "rules-MIN_NUM_FORMS": 0,
        "rules-MAX_NUM_FORMS": 1000,
        "rules-0-ORDER": 1,
        "rules-0-category": shelf.pk,
        "rules-0-group": "",
    }
    fields = {"name": "Parcel", "journey": "Delivery", "department": department.pk}
    client.post(reverse("touchpoints:add"), {**fields, **rules})
    touchpoint = Touchpoint.objects.get(name="Parcel")
    assert [rule.category for rule in touchpoint.rules.all()] == [shelf]
    for name in ("departments_of_insights", "touchpoints"):
        listed = client.get(reverse(f"{name}:index")).content.decode()
        assert "Delivery" in listed
    assert "Parcels" in listed


def test_a_rule_names_one_thing_and_a_category_has_one_touchpoint(client, digest) -> None:
    client.force_login(member("Managers"))
    rule = TouchpointRule.objects.get(group=None)
    data = {
        "name": "Other",
        "journey": "",
        "department": Department.objects.get().pk,
        "rules-TOTAL_FORMS": 1,
        "rules-INITIAL_FORMS": 0,
        "rules-MIN_NUM_FORMS": 0,
        "rules-MAX_NUM_FORMS": 1000,
        "rules-0-ORDER": 1,
    }
    for chosen in ({}, {"rules-0-category": rule.category_id}):
        said = client.post(reverse("touchpoints:add"), data | {"rules-0-group": ""} | chosen)
        assert said.status_code == 200
    assert not Touchpoint.objects.filter(name="Other", rules__isnull=False).exists()


@pytest.mark.parametrize("name", ["departments_of_insights:index", "touchpoints:add"])
def test_others_edit_nothing(client, name) -> None:
    client.force_login(member("Writers"))
    assert client.get(reverse(name)).status_code in (302, 403)


def test_who_works_on_gaps_reads_all_of_it(client, digest) -> None:
    client.force_login(member("Reviewers"))
    said = page(client, digest)
    for words in ("copy of a bill", "goodwill limit", "Where is my bill?", "Paying · Billing"):
        assert words in said
    assert reverse("insights:gap", args=[digest.data["causes"][0]["id"]]) in said
    listed = client.get(reverse("departments:digests")).content.decode()
    assert reverse("departments:digest", args=[digest.pk]) in listed


def test_the_departments_people_read_no_agents_words(client, digest) -> None:
    user = reader(client)
    assert client.get(reverse("departments:digests")).status_code in (302, 403)
    assert client.get(reverse("departments:digest", args=[digest.pk])).status_code in (302, 403)
    department = digest.department
    department.people.set([user])
    department.save()
    said = page(client, digest)
    assert "copy of a bill" in said
    assert "goodwill limit" not in said
    assert reverse("insights:gaps") not in said
    other = Digest.objects.create(department=Department.objects.create(name="X"), week=WEEK)
    listed = client.get(reverse("departments:digests")).content.decode()
    assert reverse("departments:digest", args=[digest.pk]) in listed
    assert reverse("departments:digest", args=[other.pk]) not in listed


def test_a_digest_takes_as_many_queries_for_many_causes_as_for_few(
    client, digest, django_assert_max_num_queries
) -> None:
    client.force_login(member("Reviewers"))
    page(client, digest)
    with django_assert_max_num_queries(40) as few:
        page(client, digest)
    row = digest.data["causes"][0]
    shelf = make.category("More")
    many = [gap(f"question {n}", entry_in(shelf, f"Entry {n}")) for n in range(10)]
    for each in many:
        met(each, WEEK, 1)
    digest.data["causes"] += [{**row, "id": each.pk} for each in many]
    digest.save()
    with django_assert_max_num_queries(len(few)):
        assert "question 9" in page(client, digest)
