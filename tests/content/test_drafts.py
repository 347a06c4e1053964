"""Drafts that other rooms ask for."""

import pytest
from django.test import Client

from content.drafts import create_faq_draft
from content.models import FaqEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_draft_has_its_phrasings_its_owner_and_a_version_and_is_not_live():
    owner, shelf = factories.user(group="Writers"), factories.category("订单", code="zh-hans")
    draft = create_faq_draft(
        title="怎么 退货",
        phrasings=["我要退货", "怎么 退货", "", "我要退货", "退 货"],
        locale="zh-hans",
        category=shelf,
        owner=owner,
    )
    draft = FaqEntry.objects.get(pk=draft.pk)
    assert not draft.live
    assert draft.responsible == owner
    latest = draft.get_latest_revision_as_object()
    assert [p.text for p in latest.phrasings.all()] == ["我要退货", "退 货"]
    assert Client().get(draft.url).status_code == 404
    draft.latest_revision.publish()
    assert Client().get(draft.url).status_code == 200


def test_two_drafts_of_one_title_have_two_addresses():
    shelf = factories.category()
    one, two = (
        create_faq_draft(title="Same?", phrasings=[], locale="en", category=shelf) for _n in "ab"
    )
    assert one.slug != two.slug


@pytest.mark.parametrize(("title", "code"), [("x", "zh-hans"), ("  ", "en")])
def test_a_draft_that_could_not_stand_is_refused(title, code):
    with pytest.raises(ValueError, match=r"."):
        create_faq_draft(title=title, phrasings=[], locale=code, category=factories.category())
