"""Rules that hold for every input: sketches, intervals, sums, ranges of days."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from django.test import override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from search.insights.metrics import intervals, sketch
from search.insights.metrics.calendar import Hours, days, next_month, start_of, window_of
from search.insights.metrics.declared import METRICS
from search.insights.metrics.reading import Scope, _whole_months, points_of
from search.insights.metrics.summing import most_asked

people = st.sets(st.text(min_size=1, max_size=8), max_size=60)
counts = st.integers(0, 10_000)
some_days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.lists(people, max_size=6))
def test_people_of_parts_together_are_those_of_the_whole(parts):
    merged = sketch.merge(sketch.pack(map(sketch.hash_of, part)) for part in parts)
    everybody = set().union(*parts)
    assert sketch.count(merged) == len(everybody)
    assert merged == sketch.smallest(map(sketch.hash_of, everybody))


@given(st.integers(2_000, 20_000), st.integers(1, 5))
@settings(max_examples=10, deadline=None)
def test_many_people_are_estimated_within_five_standard_errors(number, parts):
    sketches = [
        sketch.pack(sketch.hash_of(f"{number}-{n}") for n in range(number) if n % parts == part)
        for part in range(parts)
    ]
    estimated = sketch.count(sketch.merge(sketches))
    assert abs(estimated - number) <= 5 * sketch.ERROR * number
    assert not sketch.exact(sketch.merge(sketches))


@given(counts, counts)
def test_the_interval_of_a_rate_holds_the_rate_and_lies_between_nought_and_one(part, more):
    n = part + more
    interval = intervals.wilson(part, n)
    if n == 0:
        assert interval is None
        return
    low, high = interval
    assert 0 <= low <= part / n + 1e-12
    assert part / n - 1e-12 <= high <= 1


@given(st.lists(st.integers(1, 100), min_size=2, max_size=50))
def test_the_interval_of_a_mean_holds_the_mean(values):
    low, high = intervals.normal(sum(values), sum(v * v for v in values), len(values))
    mean = sum(values) / len(values)
    assert low - 1e-9 <= mean <= high + 1e-9


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["en", "zh-hans"]), st.text(max_size=3)),
        st.integers(1, 9),
        max_size=40,
    ),
    st.integers(1, 5),
)
def test_the_most_asked_and_the_others_are_all(asked, kept):
    sums = {
        ("customer", locale, "public", key): {"intents": number}
        for (locale, key), number in asked.items()
    }
    parted = most_asked(sums, kept)
    totals: dict[str, int] = defaultdict(int)
    for (locale, _), number in asked.items():
        totals[locale] += number
    for (_, locale, _), rows in parted.items():
        assert sum(row["intents"] for row in rows.values()) == totals[locale]
        assert sum(1 for key in rows if key) <= kept


@given(some_days, st.integers(1, 1_000))
def test_whole_months_and_the_days_around_them_cover_a_range_once(first, length):
    scope = Scope(first, first + timedelta(days=length - 1))
    start, end = start_of(scope.first), start_of(scope.last + timedelta(days=1))
    months, until = _whole_months(scope)
    if months < until:
        assert start <= months < until <= end
        assert (months.day, until.day) == (1, 1)
    assert scope.before.last == scope.first - timedelta(days=1)
    assert scope.before.length == scope.length


@given(some_days, st.integers(0, 40), st.sampled_from(["UTC", "Asia/Kathmandu", "Europe/Berlin"]))
@settings(deadline=None)
def test_days_follow_each_other_without_a_gap_in_every_zone(first, length, zone):
    with override_settings(TIME_ZONE=zone):
        timezone.get_default_timezone.cache_clear()
        windows = [window_of(day) for day in days(first, first + timedelta(days=length))]
        hours = list(points_of(Scope(first, first)))
    timezone.get_default_timezone.cache_clear()
    assert all(one[1] == other[0] for one, other in pairwise(windows))
    assert all(timedelta(hours=23) <= b - a <= timedelta(hours=25) for a, b in windows)
    assert len(hours) == (windows[0][1] - windows[0][0]) / timedelta(hours=1)


ZONES = ["UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Europe/Berlin"]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31)), st.sampled_from(ZONES))
@settings(deadline=None)
def test_an_hour_of_the_site_is_made_of_whole_quarters_in_every_zone(at, zone):
    at = at.replace(tzinfo=UTC)
    quarter = at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)
    with override_settings(TIME_ZONE=zone):
        timezone.get_default_timezone.cache_clear()
        hours = Hours()
    timezone.get_default_timezone.cache_clear()
    begins = hours.of(at)
    assert hours.of(quarter) == begins <= quarter
    assert at - begins < timedelta(hours=1, minutes=30)


@given(some_days)
def test_the_next_month_begins_on_its_first(day):
    first = day.replace(day=1)
    assert next_month(first).day == 1
    assert timedelta(days=28) <= next_month(first) - first <= timedelta(days=31)


@given(st.data())
def test_a_figure_is_hidden_below_the_smallest_n_and_only_there(data):
    for metric in METRICS.values():
        whole = data.draw(st.integers(0, 50))
        sums = dict.fromkeys(metric.columns, 0)
        sums[metric.part] = data.draw(st.integers(0, whole))
        if metric.whole:
            sums[metric.whole] = whole
            found = metric.of(sums, 20)
            assert found.shown == (whole >= 20)
            assert (found.value is None) == (whole == 0)
