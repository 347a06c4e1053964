"""Every title finds its entry first: a rule for any title, tried on many."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.text import exact_key
from tests import factories as make

from .asking import ask

WORDS = st.sampled_from(
    "How to reset the password of my account order v6.4.0 C++ e-mail 发票 订单 退货 如何 怎么 的 "
    "電子 TiDB SELECT * -- « » ？ ！ ... / & <b> 100% user_name node.js I'm it's naïve "
    "Ünïcode ＡＢＣ ½".split()
)
TITLES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@pytest.mark.django_db
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(titles=st.lists(TITLES, min_size=15, max_size=25, unique=True))
def test_every_title_comes_first(index, titles):
    shelf = make.category("Shelf")
    made = {}
    for number, title in enumerate(titles):
        entry = make.article(title, parent=shelf, slug=f"t{number}-{shelf.pk}", body=titles[-1])
        made[entry.pk] = title
    index.drain()
    for pk, title in made.items():
        for asked in (title, title.upper(), f"  {title} "):
            results = ask(asked)
            same = {p for p, t in made.items() if exact_key(t) == exact_key(asked)}
            if asked == title:
                assert pk in same
            assert not same or exact_key(results.hits[0].title) == exact_key(asked)
    shelf.delete()
    index.drain()


@pytest.mark.django_db
def test_of_titles_that_differ_by_punctuation_alone_the_one_asked_for_comes_first(index):
    written = ["power-bi-sales-app", "Power BI Sales app", "Actual vs. Budget", "Actual vs Budget"]
    for title in written:
        make.article(title, body="Sales and budgets.")
    index.drain()
    for title in written:
        assert ask(title).hits[0].title == title
