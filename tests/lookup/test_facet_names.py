"""Filters name their values in the reader's language."""

import pytest

from content.models import Product
from search.lookup.facets import labelled


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "names"),
    [
        ("en", ["Filters", "Link"]),
        ("zh-hans", ["滤芯", "Link"]),
        ("zh-hant", ["濾芯", "Link"]),
    ],
)
def test_a_product_has_its_name_in_each_language_or_the_general_one(locale, names):
    Product.objects.create(name="Filters", name_zh_hans="滤芯", name_zh_hant="濾芯", slug="filters")
    Product.objects.create(name="Link", slug="link")
    found = labelled({"product": {"filters": 3, "link": 2}}, locale)["product"]
    assert [facet.label for facet in found] == names
