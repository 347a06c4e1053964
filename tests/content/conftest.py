"""What the tests of this room share."""

import pytest
from django.test import Client

from content.signals import entries_changed
from tests import factories


@pytest.fixture
def changed():
    """Ids announced since the test began; ``clear()`` forgets them."""
    ids: set[int] = set()

    def heard(ids_: frozenset[int]) -> None:
        ids.update(ids_)

    def receiver(sender, ids, **kwargs):
        heard(ids)

    entries_changed.connect(receiver)
    yield ids
    entries_changed.disconnect(receiver)


@pytest.fixture
def as_user(db):
    """A browser in which a user of this group is signed in ("" for a customer)."""

    def signed_in(group: str = "", **fields) -> Client:
        client = Client()
        client.force_login(factories.user(group=group, **fields))
        return client

    return signed_in
