"""What stands in the index while people search in vain."""

import pytest

from tests import factories as make


@pytest.fixture
def shelf(index):
    made = {
        "open": make.article("Sign in with Facebook", body="facebook account"),
        "secret": make.article("Goodwill", body="voucher", audience="agents"),
    }
    index.drain()
    return made
