"""Titles in the database answer where there is no index."""

import pytest

from content.audience import Audience
from search.lookup.library import TITLES
from search.lookup.query import Query
from search.lookup.service import search
from tests import factories as make


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["otter", "Otter care", "otters care advice"])
def test_an_article_found_by_its_title_is_counted_once(index, text):
    article = make.article("Otter care")
    found = search(Query(text, Audience.PUBLIC, "en", channel="test"), TITLES)
    assert [hit.id for hit in found.hits] == [article.pk]
    assert (found.total, found.listed) == (1, 1)
