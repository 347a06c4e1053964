"""What is told to an engine must not depend on it: the tests of this room run on each."""

import pytest

from tests import elasticsearch


@pytest.fixture(params=elasticsearch.ENGINES)
def search_engine(request) -> str:
    return request.param
