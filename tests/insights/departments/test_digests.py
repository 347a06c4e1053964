"""Each department hears once a week of its causes, of what was closed, and whether that helped."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import close_old_connections, connection
from django.utils import timezone
from wagtail.users.models import UserProfile

from search.insights.alerts import sending
from search.insights.alerts.models import Delivery
from search.insights.coverage.models import Coverage, CoverageStep
from search.insights.departments import counting, digests
from search.insights.models import Digest, Gap, QuestionText
from tests import factories as make

from .making import asked, at, entry_in, gap, group, met, noon, owner

pytestmark = pytest.mark.django_db
#: A Monday.
WEEK = date(2026, 3, 2)
BEFORE, NEXT = WEEK - timedelta(days=7), WEEK + timedelta(days=7)


@pytest.fixture
def shelf():
    return make.category("Invoices")


def made(day: date = NEXT) -> Digest:
    digests.make_due(noon(day))
    return Digest.objects.get(week=day - timedelta(days=7 + day.weekday()))


def rows(digest: Digest, key: str = "causes") -> list[tuple]:
    return [(r["kind"], r["id"], r["now"], r["before"], r["people"]) for r in digest.data[key]]


def test_causes_come_by_people_with_this_week_beside_the_one_before(shelf) -> None:
    owner("Billing", {"category": shelf})
    few, many = gap("vat", entry_in(shelf)), gap("copy of a bill", entry_in(shelf, "Copies"))
    met(few, WEEK, 2)
    met(many, WEEK + timedelta(days=6), 5, hour=23.9)
    met(many, BEFORE, 7)
    met(many, NEXT, 9)
    assert rows(made()) == [("gap", many.pk, 5, 7, 5), ("gap", few.pk, 2, 0, 2)]


def test_what_was_not_met_or_belongs_to_nobody_is_no_cause(shelf) -> None:
    other = make.category("Delivery")
    owner("Billing", {"category": shelf})
    met(gap("where is it", entry_in(other, "Parcels")), WEEK, 5)
    met(gap("vat", entry_in(shelf)), BEFORE, 5)
    met(gap("nobody knows"), WEEK, 5)
    met(gap("left out", entry_in(shelf, "Copies"), state="ignored"), WEEK, 5)
    assert rows(made()) == []


def test_translations_and_deeper_categories_belong_too_and_the_deepest_decides(shelf) -> None:
    inner = make.category("Refunds", parent=shelf)
    shelf.copy_for_translation(make.locale("zh-hans"), copy_parents=True)
    chinese = shelf.get_translation(make.locale("zh-hans"))
    chinese.save_revision().publish()
    first = owner("Billing", {"category": shelf}).department
    second = owner("Returns", {"category": inner}).department
    mine, chinas = gap("vat", entry_in(shelf)), gap("发票", entry_in(chinese, "发票"))
    theirs = gap("money back", entry_in(inner, "Refunds"))
    for each in (mine, chinas, theirs):
        met(each, WEEK, 1)
    digests.make_due(noon(NEXT))
    found = {d.department: {r[1] for r in rows(d)} for d in Digest.objects.all()}
    assert found == {first: {mine.pk, chinas.pk}, second: {theirs.pk}}


def test_a_frequent_question_has_its_own_rule_or_that_of_its_article(shelf) -> None:
    ruled, covered = group("Where is my bill?", WEEK, 3), group("VAT?", WEEK, 2)
    owner("Billing", {"group": ruled}, {"category": shelf})
    Coverage.objects.create(group=covered, state="covered", entry=entry_in(shelf))
    group("Nobody's?", WEEK, 9)
    text = QuestionText.objects.get(group=ruled)
    asked(ruled, text, BEFORE, 4)
    type(ruled).objects.update(last_asked=at(WEEK))
    assert rows(made()) == [("question", ruled.pk, 3, 4, 3), ("question", covered.pk, 2, 0, 2)]


def test_a_frequent_question_that_waits_as_a_gap_is_told_once(shelf) -> None:
    asked_often, its = group("Where is my bill?", WEEK, 3), gap("where bill")
    type(asked_often).objects.update(gap=its)
    owner("Billing", {"group": asked_often})
    met(its, WEEK, 3)
    assert rows(made()) == [("gap", its.pk, 3, 0, 3)]


def test_what_was_closed_is_compared_with_as_many_days_before(shelf) -> None:
    owner("Billing", {"category": shelf})
    closed = gap("vat", entry_in(shelf), state="closed", closed_at=at(WEEK + timedelta(days=4), 0))
    met(closed, WEEK + timedelta(days=2), 6)
    met(closed, WEEK + timedelta(days=5), 2)
    met(closed, BEFORE, 50)  # more than three days before
    old = gap(
        "old", entry_in(shelf, "Old"), state="closed", closed_at=at(WEEK - timedelta(days=30))
    )
    met(old, WEEK, 1)
    digest = made()
    assert rows(digest, "closed") == [("gap", closed.pk, 2, 6, 2)]
    assert digest.data["closed"][0]["days"] == 3
    assert rows(digest) == []


def test_a_frequent_question_that_got_its_article_counts_as_closed(shelf) -> None:
    question = group("Where is my bill?", WEEK + timedelta(days=6), 1)
    asked(question, QuestionText.objects.get(), WEEK - timedelta(days=3), 8)
    type(question).objects.update(last_asked=at(WEEK + timedelta(days=6)))
    owner("Billing", {"group": question})
    Coverage.objects.create(group=question, state="covered", entry=entry_in(shelf))
    CoverageStep.objects.create(group=question, state="missing", since=at(BEFORE))
    CoverageStep.objects.create(group=question, state="covered", since=at(WEEK, 0))
    assert rows(made(), "closed") == [("question", question.pk, 1, 8, 1)]


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(0, 10, "few"), (5, 25, "fell"), (25, 5, "rose"), (12, 14, "same"), (0, 20, "fell")],
)
def test_small_numbers_say_so_and_others_whether_they_fell(now, before, said) -> None:
    assert counting.verdict(now, before, 20) == said


def test_a_week_is_the_sites_own(shelf, settings) -> None:
    settings.TIME_ZONE = "Asia/Shanghai"
    owner("Billing", {"category": shelf})
    mine = gap("vat", entry_in(shelf))
    met(mine, WEEK, 1, hour=0.5)  # Sunday in UTC
    met(mine, BEFORE, 2, hour=0.5)
    monday = noon(NEXT).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert digests.make_due(monday.replace(hour=6)) == 0
    assert digests.make_due(monday.replace(hour=7)) == 1
    digest = Digest.objects.get()
    assert (digest.week, rows(digest)) == (WEEK, [("gap", mine.pk, 1, 2, 1)])


def test_people_are_told_once_by_mail_in_their_language_and_without_words(shelf) -> None:
    people = [make.user("ann", group="Agents"), make.user("bob"), make.user("eve")]
    people[1].is_active = False
    people[1].save()
    UserProfile.objects.create(user=people[2], preferred_language="zh-hans")
    owner("Billing", {"category": shelf}, people=people)
    met(gap("my secret question", entry_in(shelf)), WEEK, 25)
    digest = made()
    assert digests.make_due(noon(NEXT)) == 0
    assert digests.make_due(noon(NEXT + timedelta(days=5))) == 0
    assert sending.send_due() == 2
    english, chinese = sorted(mail.outbox, key=lambda m: m.to)
    assert (english.to, chinese.to) == (["ann@example.com"], ["eve@example.com"])
    pk = Gap.objects.get().pk
    assert f"Gap {pk}: 25 in 7 days, 0 before (rose)" in english.body
    assert f"/admin/insights/digests/{digest.pk}/" in english.body
    assert "secret" not in english.body + english.subject + chinese.body
    assert "每周摘要" in chinese.subject
    assert sending.send_due() == 0


def test_a_mail_server_that_is_away_is_tried_again(shelf, monkeypatch) -> None:
    owner("Billing", {"category": shelf}, people=[make.user("ann")])
    met(gap("vat", entry_in(shelf)), WEEK, 1)
    made()

    def away(self):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        sending.send_due()
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.due > timezone.now()) == ("waiting", 1, True)
    Delivery.objects.update(due=timezone.now())
    sending.send_due()
    assert len(mail.outbox) == 1


def test_who_wants_no_mail_and_what_is_empty_send_none(shelf) -> None:
    owner("Billing", {"category": shelf}, people=[make.user("ann")], mails=False)
    owner("Quiet", {"category": make.category("Other")}, people=[make.user("eve")])
    met(gap("vat", entry_in(shelf)), WEEK, 1)
    assert digests.make_due(noon(NEXT)) == 2
    assert not Delivery.objects.exists()


def test_a_department_without_touchpoints_has_no_digest() -> None:
    owner("Billing")
    assert digests.make_due(noon(NEXT)) == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_several_workers_one_tells() -> None:
    shelf = make.category("Invoices")
    department = owner("Billing", {"category": shelf}, people=[make.user("ann")]).department
    met(gap("vat", entry_in(shelf)), WEEK, 1)
    together = threading.Barrier(3)
    made_by: list[bool] = []

    def work() -> None:
        close_old_connections()
        try:
            together.wait()
            made_by.extend(digests.make([department], WEEK).values())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(made_by) == [False, False, True]
    assert (Digest.objects.count(), Delivery.objects.count()) == (1, 1)
