"""The life of an alert: opened once, over, back, closed; and what looking costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.audience import Audience
from search.insights.alerts import states, watching, wording
from search.insights.alerts.models import Alert, AlertRule, AlertStep, Condition, Delivery
from search.insights.alerts.preview import preview
from search.insights.metrics import counting
from search.insights.metrics.calendar import today
from search.insights.metrics.models import Bucket
from search.insights.models import GapEvidence, Question, QuestionGroup, QuestionText
from search.journeys.models import ChangedHour
from tests.insights.alerts.making import ago, condition, failing, person, rule
from tests.insights.metrics.living import World

pytestmark = pytest.mark.django_db


def look() -> list[str]:
    """Decide once more, whatever was decided; the states of all alerts."""
    AlertRule.objects.update(decided=None)
    watching.watch()
    return list(Alert.objects.order_by("pk").values_list("state", flat=True))


def actions() -> list[str]:
    return list(AlertStep.objects.order_by("pk").values_list("action", flat=True))


def test_real_searches_without_an_answer_open_an_alert():
    made = rule(condition(threshold=50, hours=24, minimum=5))
    world = World(3, [1, 2, 3, 4, 5])
    for number in range(8):
        world.finds_nothing(ago(3 + number % 3) + timedelta(minutes=7 * number))
    world.tell()
    assert watching.watch() == 0, "figures that are not counted yet are waited for"
    counting.count_due()
    assert watching.watch() == 1
    alert = Alert.objects.get()
    assert (alert.rule, alert.state, alert.begun) == (made, "open", ago(0))
    assert alert.found[0]["value"] == 100.0
    assert alert.found[0]["n"] == 8


def test_an_open_alert_is_not_repeated():
    rule(owner=person("mona"))
    failing(1, 50)
    assert look() == ["open"]
    assert look() == ["open"]
    assert Delivery.objects.count() == 1


def test_a_rule_is_decided_once_an_hour():
    rule()
    assert watching.watch() == 1
    assert watching.watch() == 0


def test_nobody_has_seen_it_and_it_is_over_so_it_closes_by_itself():
    rule()
    failing(1, 50)
    assert look() == ["open"]
    Bucket.objects.update(no_answer=0)
    assert look() == ["closed"]
    assert actions() == ["opened", "ended", "closed"]
    Bucket.objects.update(no_answer=50)
    assert look() == ["closed", "open"]


def test_somebody_works_on_it_so_it_stays_and_its_owner_hears_when_it_is_back():
    owner = person("mona")
    rule(owner=owner)
    failing(1, 50)
    look()
    states.acknowledge(Alert.objects.get(), owner)
    Bucket.objects.update(no_answer=0)
    assert look() == ["acknowledged"]
    assert Alert.objects.get().ended == ago(0)
    Bucket.objects.update(no_answer=50)
    assert look() == ["acknowledged"]
    assert Alert.objects.get().ended is None
    assert actions() == ["opened", "acknowledged", "ended", "returned"]
    assert list(Delivery.objects.order_by("created").values_list("event", flat=True)) == [
        "opened",
        "returned",
    ]


def test_closed_by_hand_it_opens_again_only_after_it_was_over():
    rule()
    failing(1, 50)
    look()
    states.close(Alert.objects.get(), None)
    assert look() == ["closed"]
    Bucket.objects.update(no_answer=0)
    look()
    Bucket.objects.update(no_answer=50)
    assert look() == ["closed", "open"]


def test_too_little_to_decide_changes_nothing():
    rule()
    failing(1, 50)
    look()
    Bucket.objects.update(intents=5, no_answer=0)
    assert look() == ["open"]
    assert Alert.objects.get().ended is None


def test_it_must_hold_for_as_long_as_the_rule_says():
    rule(lasting=3)
    failing(1, 50)
    failing(2, 50)
    assert look() == []
    failing(3, 50)
    assert look() == ["open"]
    Bucket.objects.filter(start=ago(1)).update(no_answer=0)
    assert look() == ["open"]
    Bucket.objects.update(no_answer=0)
    assert look() == ["closed"]


def test_an_inactive_rule_is_not_looked_at():
    rule(active=False)
    failing(1, 50)
    assert look() == []


def test_a_rule_for_any_group_names_those_that_grow(shelf):
    from tests.journeys.making import search

    for number in range(3):
        search("frobnicate the kettle", total=0, client=f"somebody-{number}")
    search("something else", total=0, client="somebody-9")
    GapEvidence.objects.update(created=ago(1))
    rule(condition("group_intents", 2, minimum=1))
    assert look() == ["open"]
    (found,) = Alert.objects.get().found
    assert [group["value"] for group in found["groups"]] == [3]
    gap = GapEvidence.objects.filter(query__contains="kettle").first().gap
    assert found["groups"][0]["id"] == gap.pk


def test_a_rule_for_one_group_looks_at_no_other(shelf):
    from tests.journeys.making import search

    for number in range(3):
        search("frobnicate the kettle", total=0, client=f"somebody-{number}")
    search("something else", total=0, client="somebody-9")
    GapEvidence.objects.update(created=ago(1))
    other = GapEvidence.objects.exclude(query__contains="kettle").get().gap
    rule(condition("group_intents", 2, minimum=1, gap=other))
    assert look() == []


def test_the_owner_is_reminded_once_on_the_day():
    owner = person("mona")
    rule(owner=owner)
    failing(1, 50)
    look()
    states.follow_up(Alert.objects.get(), owner, today())
    watching.watch()
    watching.watch()
    assert Delivery.objects.filter(event="reminded", user=owner).count() == 1


def test_many_rules_cost_as_many_queries_as_one():
    def queries() -> int:
        AlertRule.objects.update(decided=None)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            watching.watch()
        return len(captured)

    failing(1, 5)
    rule(condition(), condition("mrr", 0.1), condition("group_intents", 5))
    one = queries()
    for number in range(12):
        rule(condition(threshold=number + 40), condition("ctr", 99), condition("group_intents", 5))
    assert queries() == one
    assert one <= 10


def test_while_figures_are_counted_anew_a_rule_waits_an_hour_at_most():
    made = rule()
    failing(1, 50)
    ChangedHour.objects.create(hour=ago(5))
    assert watching.watch() == 0
    AlertRule.objects.update(decided=ago(2))
    assert watching.watch() == 1
    made.refresh_from_db()
    assert made.holds


def test_the_preview_counts_what_the_worker_would_have_opened():
    made = rule(lasting=2)
    for hours in (1, 2, 50, 51, 52, 200):
        failing(hours, 50)
    for hours in (48, 49, 300):
        failing(hours, 0)
    shown = preview(made)
    assert [(e.begun, e.ended) for e in shown.episodes] == [(ago(50), ago(47)), (ago(0), None)]
    assert sum(bar.opened for bar in shown.bars) == 2
    assert sum(bar.hours for bar in shown.bars) == 6
    assert shown.looked_at == 90 * 24
    assert shown.unknown == 90 * 24 - 9
    assert not Alert.objects.exists()


def test_the_preview_takes_a_rule_that_is_not_saved():
    failing(5, 50)
    unsaved = AlertRule(name="Not saved")
    unsaved.conditions = [Condition(**condition())]
    with CaptureQueriesContext(connection) as captured:
        assert len(preview(unsaved).episodes) == 1
    assert len(captured) <= 4
    assert not AlertRule.objects.exists()


def test_a_rule_on_how_often_a_frequent_question_is_asked():
    group = QuestionGroup.objects.create(name="Where is my parcel?", locale="en")
    other = QuestionGroup.objects.create(name="How do I pay?", locale="en")
    for owner, number in ((group, 6), (other, 2)):
        text = QuestionText.objects.create(
            digest=owner.name, text=owner.name, locale="en", group=owner
        )
        for n in range(number):
            Question.objects.create(
                digest=f"{owner.pk}-{n}", text=text, source="test", asked=ago(1), channel="chat"
            )
    rule(condition("asked", 5, minimum=1, question=other), name="One")
    rule(condition("asked", 5, minimum=1, question=group), name="Other")
    rule(condition("asked", 5, minimum=1), name="Any")
    assert look() == ["open", "open"]
    assert [alert.name for alert in Alert.objects.order_by("name")] == ["Any", "Other"]
    for alert in Alert.objects.all():
        (named,) = alert.found[0]["groups"]
        assert (named["of"], named["id"], named["value"]) == ("question", group.pk, 6)
        for reader, seen in ((Audience.INTERNAL, True), (Audience.AGENTS, False)):
            (line,) = wording.lines(alert.found, reader)
            assert ("Where is my parcel?" in line.groups[0]) == seen
