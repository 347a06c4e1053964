"""Rules say whose a gap is; a person's word goes before them."""

import pytest
from django.core import mail
from django.urls import reverse

from search.insights import states
from search.insights.coverage import keeping
from search.insights.diagnosis.keeping import diagnose_new
from search.insights.models import Gap, OwnerRule, State
from search.insights.owning.giving import give
from search.insights.questions import deciding
from tests import factories
from tests.journeys.making import search

from .coverage.making import frequent
from .making import category, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_words(settings):
    settings.EMBEDDINGS = "off"


@pytest.fixture
def shelf(index):
    """Two categories; agents alone see the only answer to a question about vouchers."""
    payments, orders = category(title="Payments"), category(title="Orders")
    factories.faq("Goodwill voucher limit", parent=payments, audience="agents")
    factories.article("Where is my parcel", parent=orders, body="parcel tracking")
    index.drain()
    return {"payments": payments, "orders": orders, "index": index}


def rule(owner, **fields):
    return OwnerRule.objects.create(owner=owner, **fields)


def test_a_gap_goes_to_the_owner_of_the_category_of_its_diagnosed_entry(shelf):
    writer, other = member("Writers"), member("Reviewers")
    rule(other, category=shelf["orders"])
    kept = rule(writer, category=shelf["payments"])
    search("goodwill voucher limit", total=0)
    assert give() == 0
    diagnose_new()
    gap = Gap.objects.get()
    assert (gap.owner, gap.owner_rule, gap.state) == (writer, kept, State.IN_WORK)
    step = gap.history.filter(action="assigned").get()
    assert (step.user, step.note) == (None, f"{writer} (Payments)")


def test_the_nearest_entry_counts_where_none_answers(shelf):
    writer = member("Writers")
    rule(writer, category=shelf["orders"])
    from content.models import Entry

    near = Entry.objects.get(title="Where is my parcel")
    search("warranty", hits=((near.pk, 1),))
    diagnose_new()
    assert Gap.objects.get().owner == writer


def test_a_category_stands_for_its_translations(shelf):
    writer, zh = member("Writers"), category("zh-hans", "付款")
    zh.translation_key = shelf["payments"].translation_key
    zh.save()
    factories.faq("代金券额度", parent=zh, audience="agents")
    shelf["index"].drain()
    rule(writer, category=shelf["payments"])
    search("代金券额度", locale="zh-hans", total=0)
    diagnose_new()
    assert Gap.objects.get().owner == writer


def test_a_class_and_a_question_are_conditions_and_the_lowest_order_decides(shelf):
    writer, manager = member("Writers"), member("Managers")
    group = frequent("This is unacceptable, no vouchers", {"no vouchers, unacceptable": 5})
    deciding.class_as(group, "complaint", manager)
    rule(writer, group=group, order=200)
    first = rule(manager, kind="complaint", order=100)
    rule(writer, kind="suggestion", order=1)
    keeping.check_due()
    gap = Gap.objects.get()
    assert (gap.owner, gap.owner_rule) == (manager, first)


def test_all_conditions_of_a_rule_must_fit(shelf):
    writer = member("Writers")
    rule(writer, kind="complaint", category=shelf["payments"])
    search("goodwill voucher limit", total=0)
    diagnose_new()
    assert Gap.objects.get().owner is None


def test_a_persons_word_goes_before_the_rules(shelf):
    writer, manager = member("Writers"), member("Managers")
    search("goodwill voucher limit", total=0)
    states.assign(Gap.objects.get(), manager, manager)
    rule(writer, category=shelf["payments"])
    diagnose_new()
    assert Gap.objects.get().owner == manager
    states.assign(Gap.objects.get(), writer, manager)
    assert Gap.objects.get().owner_rule is None


def test_whose_question_it_is_by_hand_has_the_gap(shelf):
    writer, manager = member("Writers"), member("Managers")
    group = frequent("x", {"no vouchers, unacceptable": 5})
    deciding.assign(group, writer, manager)
    rule(manager, group=group)
    keeping.check_due()
    assert (Gap.objects.get().owner, Gap.objects.get().owner_rule) == (writer, None)


def test_many_gaps_at_once_are_one_letter(shelf, django_capture_on_commit_callbacks):
    writer = member("Writers")
    rule(writer, kind="inquiry")
    for word in ("alpha", "beta", "gamma"):
        frequent(word, {f"{word} {word}tron": 5})
    with django_capture_on_commit_callbacks(execute=True):
        keeping.check_due()
    assert [letter.to for letter in mail.outbox] == [[writer.email]]
    assert "3 gaps" in mail.outbox[0].subject
    assert "alpha" not in mail.outbox[0].body


def test_managers_keep_the_rules_in_the_admin(shelf, client):
    client.force_login(member("Managers"))
    writer = member("Writers")
    page = client.get(reverse("owner_rules:add"))
    assert page.status_code == 200
    empty = {"order": 1, "category": "", "group": "", "kind": "", "owner": writer.pk}
    assert "Choose a category" in client.post(reverse("owner_rules:add"), empty).content.decode()
    client.post(reverse("owner_rules:add"), {**empty, "category": shelf["payments"].pk})
    assert OwnerRule.objects.get().category == shelf["payments"]
    assert "Payments" in client.get(reverse("owner_rules:index")).content.decode()
    search("goodwill voucher limit", total=0)
    diagnose_new()
    gap = client.get(reverse("insights:gap", args=[Gap.objects.get().pk]))
    assert "by rule: Payments" in gap.content.decode()


def test_writers_do_not(shelf, client):
    client.force_login(member("Writers"))
    assert client.get(reverse("owner_rules:index")).status_code == 302
