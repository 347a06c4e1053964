"""A user's permissions are read in one query, his own and those of his groups."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from tests import factories as make


def fresh(user):
    return get_user_model().objects.get(pk=user.pk)


def test_own_permissions_and_those_of_groups_come_in_one_query(db, django_assert_num_queries):
    user = make.user("both")
    user.user_permissions.add(Permission.objects.get(codename="see_agents"))
    group = Group.objects.create(name="Readers of internal texts")
    group.permissions.add(Permission.objects.get(codename="see_internal"))
    user.groups.add(group)
    user = fresh(user)
    with django_assert_num_queries(1):
        assert user.has_perm("content.see_agents")
        assert user.has_perm("content.see_internal")
        assert not user.has_perm("wagtailadmin.access_admin")


def test_a_permission_taken_away_is_gone_at_the_next_request(db):
    user = make.user("once")
    user.user_permissions.add(Permission.objects.get(codename="see_agents"))
    assert fresh(user).has_perm("content.see_agents")
    user.user_permissions.clear()
    assert not fresh(user).has_perm("content.see_agents")


def test_who_is_no_longer_active_may_nothing(db):
    user = make.user("gone")
    user.user_permissions.add(Permission.objects.get(codename="see_agents"))
    user.is_active = False
    user.save()
    assert not fresh(user).has_perm("content.see_agents")


def test_nobody_has_the_permissions_of_another(db):
    one, other = make.user("one"), make.user("other")
    one.user_permissions.add(Permission.objects.get(codename="see_agents"))
    assert fresh(one).has_perm("content.see_agents")
    assert not fresh(other).has_perm("content.see_agents")
