"""When conditions hold: thresholds, changes, smallest n, and, or, for how long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.insights.alerts import deciding, series
from tests.insights.alerts.making import ago, condition, failing, of_category, rule, sums

pytestmark = pytest.mark.django_db


def holds(made):
    ground = series.lay([made], ago(made.lasting), ago(0))
    return deciding.holds(made, ground, ground.at(ago(0)))


def test_a_rate_is_compared_in_per_cent():
    failing(1, 31)
    assert holds(rule(condition(threshold=30))) is True
    assert holds(rule(condition(threshold=31))) is False
    assert holds(rule(condition(threshold=31, operator="below"))) is False
    assert holds(rule(condition(threshold=31.5, operator="below"))) is True


def test_with_too_few_cases_nothing_is_decided():
    failing(1, 10, intents=19)
    assert holds(rule(condition(minimum=20))) is None
    assert holds(rule(condition(minimum=19))) is True


def test_a_count_that_falls_is_looked_at_whatever_it_is():
    assert holds(rule(condition("searches", 10, operator="below"))) is True
    assert holds(rule(condition("searches", 10, operator="above"))) is None


def test_a_window_has_just_its_hours():
    failing(1, 0)
    failing(2, 100)
    failing(7, 100)
    assert holds(rule(condition(threshold=99, hours=1))) is False
    assert holds(rule(condition(threshold=49, hours=3))) is True
    assert holds(rule(condition(threshold=50, hours=6))) is False


def test_rates_change_in_points_and_counts_in_per_cent():
    failing(2, 20, intents=100)
    failing(1, 60, intents=200)
    rate = condition(comparison="change")
    assert holds(rule({**rate, "threshold": 9.9})) is True
    assert holds(rule({**rate, "threshold": 10.1})) is False
    count = condition("intents", comparison="change")
    assert holds(rule({**count, "threshold": 99})) is True
    assert holds(rule({**count, "threshold": 101})) is False
    assert holds(rule({**count, "threshold": -1, "operator": "below"})) is False


def test_a_change_needs_cases_before_as_well():
    failing(1, 60, intents=200)
    assert holds(rule(condition("intents", 1, comparison="change"))) is None
    failing(2, 1, intents=19)
    assert holds(rule(condition(threshold=1, comparison="change"))) is None


def test_and_binds_closer_than_or():
    failing(1, 50, searches=100)
    yes, no = condition(threshold=40), condition(threshold=60)
    unknown = condition("helpful", 1)
    for joined, expected in [
        ([yes, no], False),
        ([yes, {**no, "joined": "or"}], True),
        ([no, yes, {**yes, "joined": "or"}, no], False),
        ([no, yes, {**yes, "joined": "or"}], True),
        ([yes, unknown], None),
        ([no, unknown], False),
        ([yes, {**unknown, "joined": "or"}], True),
        ([no, {**unknown, "joined": "or"}], None),
    ]:
        assert holds(rule(*joined)) is expected, joined


@pytest.mark.parametrize(
    "narrowed", [{"locale": "en"}, {"channel": "site"}, {"audience": "public"}]
)
def test_filters_leave_out_what_is_elsewhere(narrowed):
    failing(1, 0)
    (name, _value), other = next(iter(narrowed.items())), {"locale": "zh-hans", "channel": "api"}
    failing(1, 100, **{name: other.get(name, "agents")})
    assert holds(rule(condition(threshold=40))) is True
    assert holds(rule(condition(threshold=40), **narrowed)) is False


def test_a_category_has_with_it_all_below(index):
    from tests import factories

    above = factories.category("Orders")
    below = factories.category("Returns", parent=above)
    elsewhere = factories.category("Accounts")
    of_category(1, below.pk, intents=100, no_answer=60)
    of_category(2, below.pk, intents=100, no_answer=20)
    of_category(0, below.pk, intents=900, no_answer=0)
    day = condition(threshold=59, hours=24)
    assert holds(rule(day, category=above)) is True
    assert holds(rule({**day, "threshold": 61}, category=above)) is False
    assert holds(rule(condition(threshold=39, hours=72), category=above)) is True
    assert holds(rule({**day, "comparison": "change", "threshold": 39}, category=above)) is True
    assert holds(rule(day, category=elsewhere)) is None


def test_figures_of_agents_are_looked_for_among_agents():
    sums(1, kind="agent", channel="desk", audience="agents", intents=50, flagged=25)
    assert holds(rule(condition("agent_flagged", 40))) is True


def test_figures_that_wait_for_contacts_are_looked_at_late():
    sums(1, intents=50, deflected=50)
    made = rule(condition("assumed_deflection", 90))
    assert holds(made) is None
    sums(1 + 24 * 7, intents=50, deflected=50)
    assert holds(made) is True


TRUTHS = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=40)


@given(TRUTHS, st.integers(1, 6))
def test_it_lasts_only_where_every_hour_says_the_same(truths, hours):
    for number, verdict in enumerate(deciding.lasting(truths, hours)):
        last = truths[max(0, number + 1 - hours) : number + 1]
        if verdict is not None:
            assert len(last) == hours
            assert set(last) == {verdict}
        elif len(last) == hours:
            assert len(set(last)) > 1 or last[0] is None


@given(st.lists(st.sampled_from([True, False, None]), max_size=6))
def test_what_is_not_known_never_decides_against_what_is(truths):
    for unknown in (True, False):
        filled = [unknown if one is None else one for one in truths]
        if deciding.any_of(truths) is not None:
            assert deciding.any_of(truths) is any(filled)
        if deciding.all_of(truths) is not None:
            assert deciding.all_of(truths) is all(filled)
