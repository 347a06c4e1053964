"""Who may open what; how often the database is asked for it."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from content.audience import Audience
from content.models import Article
from content.presenting import category_context, entry_context
from tests import factories

pytestmark = pytest.mark.django_db
WORD = "quokka"


def article_with_secret_block():
    return factories.article(
        body=[
            {"type": "markdown", "value": "open"},
            {
                "type": "agents_only",
                "value": [{"type": "markdown", "value": f"## {WORD}\n\n{WORD}"}],
            },
        ]
    )


def article_with_secret_snippet():
    piece = factories.snippet(WORD, audience="agents")
    return factories.article(body=[{"type": "snippet", "value": piece.pk}])


def article_with_secret_phrasing():
    return factories.article(body="open", agents_phrasings=(WORD,))


def article_for_agents():
    return factories.article(f"About {WORD}", slug="about", body=WORD, audience="agents")


SECRETS = [
    article_with_secret_block,
    article_with_secret_snippet,
    article_with_secret_phrasing,
    article_for_agents,
]


@pytest.mark.parametrize("make", SECRETS)
def test_an_agents_word_reaches_no_customer(make, as_user):
    entry = make()
    shelf = entry.get_parent()
    for client in (Client(), as_user()):
        for url in (entry.url, shelf.url, "/en/"):
            assert WORD not in client.get(url).content.decode()


@pytest.mark.parametrize(
    "make", [article_with_secret_block, article_with_secret_snippet, article_for_agents]
)
def test_an_agent_reads_it(make, as_user):
    assert WORD in as_user("Agents").get(make().url).content.decode()


@pytest.mark.parametrize(
    ("audience", "statuses"),
    [("public", (200, 200, 200, 200)), ("customers", (404, 200, 200, 200)),
     ("agents", (404, 404, 200, 200)), ("internal", (404, 404, 404, 200))],
)  # fmt: skip
def test_a_page_is_not_found_by_those_it_is_not_for(audience, statuses, as_user):
    url = factories.article(audience=audience).url
    clients = (Client(), as_user(), as_user("Agents"), as_user("Writers"))
    assert tuple(client.get(url).status_code for client in clients) == statuses
    assert tuple(client.head(url).status_code for client in clients) == statuses


def test_expired_and_archived_entries_are_not_found_by_customers(as_user):
    old = factories.article(confidence="archived")
    gone = factories.article()
    Article.objects.filter(pk=gone.pk).update(expire_at=timezone.now())
    assert Client().get(old.url).status_code == 404
    assert as_user("Agents").get(old.url).status_code == 200
    assert as_user("Agents").get(gone.url).status_code == 404


def test_a_category_with_nothing_for_the_reader_is_not_found(as_user):
    shelf = factories.category("Agents’ shelf")
    factories.article(parent=shelf, audience="agents")
    assert Client().get(shelf.url).status_code == 404
    assert "Agents’ shelf" not in Client().get("/en/").content.decode()
    assert as_user("Agents").get(shelf.url).status_code == 200


def test_only_public_answers_may_be_kept_by_caches(as_user):
    url = factories.article().url
    assert "Cookie" in Client().get(url)["Vary"]
    assert "no-store" not in Client().get(url).get("Cache-Control", "")
    assert as_user().get(url)["Cache-Control"] == "private, no-store"


@pytest.fixture
def editor(as_user):
    """May edit pages, and may not read what agents read."""
    from django.contrib.auth.models import Group, Permission

    writers = Group.objects.get(name="Writers")
    writers.permissions.remove(Permission.objects.get(codename="see_internal"))
    return as_user("Writers")


def test_a_preview_of_a_draft_obeys_the_same_rule(editor):
    block, whole = article_with_secret_block(), article_for_agents()
    for entry in (block, whole):
        entry.save_revision()
    shown = editor.get(f"/admin/pages/{block.pk}/view_draft/")
    assert shown.status_code == 200
    assert "open" in shown.content.decode()
    assert WORD not in shown.content.decode()
    revision = whole.latest_revision
    for address in (f"{whole.pk}/view_draft/", f"{whole.pk}/revisions/{revision.pk}/view/"):
        answer = editor.get(f"/admin/pages/{address}", follow=True)
        assert answer.status_code == 404
        assert WORD not in answer.content.decode()
    assert WORD not in editor.get(
        f"/admin/pages/{block.pk}/revisions/{block.latest_revision.pk}/view/"
    ).content.decode()  # fmt: skip


def test_the_live_version_stays_while_a_draft_is_edited():
    entry = factories.article(body="old words")
    entry.body = [{"type": "markdown", "value": "new words"}]
    entry.save_revision()
    assert "old words" in Client().get(entry.url).content.decode()


def test_a_preview_shows_the_draft_to_those_who_may_read_it(as_user):
    entry = article_for_agents()
    entry.save_revision()
    assert WORD in as_user("Writers").get(f"/admin/pages/{entry.pk}/view_draft/").content.decode()


def test_moving_and_renaming_leave_redirects(django_capture_on_commit_callbacks):
    entry = factories.article("Old name", body="here")
    old = entry.url
    entry.slug = "new-name"
    with django_capture_on_commit_callbacks(execute=True):
        entry.save_revision().publish()
    assert Client().get(old, follow=True).status_code == 200
    middle = Article.objects.get().url
    Article.objects.get().move(factories.category("Other"), pos="last-child")
    assert Client().get(middle, follow=True).status_code == 200
    assert Client().get(old, follow=True).status_code == 200


def test_a_redirect_does_not_tell_a_hidden_address(as_user, django_capture_on_commit_callbacks):
    entry = factories.article("Old name", audience="agents")
    old = entry.url
    entry.slug = f"about-{WORD}"
    with django_capture_on_commit_callbacks(execute=True):
        entry.save_revision().publish()
    answer = Client().get(old)
    assert answer.status_code == 404
    assert WORD not in str(answer.headers)
    assert as_user("Agents").get(old, follow=True).status_code == 200


def test_privacy_of_pages_is_not_offered(as_user):
    entry = factories.article()
    client = as_user(is_superuser=True)
    assert "set-privacy" not in client.get(f"/admin/pages/{entry.pk}/edit/").content.decode()
    address = f"/admin/pages/{entry.pk}/privacy/"
    client.post(address, {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


def test_privacy_that_was_set_by_other_means_changes_nothing():
    entry = factories.article()
    PageViewRestriction.objects.create(page=entry, restriction_type="login")
    assert Client().get(entry.url).status_code == 200


def test_privacy_of_collections_is_not_offered(as_user):
    made = Collection.get_first_root_node().add_child(name="Files")
    client = as_user(is_superuser=True)
    html = client.get(f"/admin/collections/{made.pk}/").content.decode()
    assert "set-privacy" not in html
    answer = client.post(f"/admin/collections/{made.pk}/privacy/", {"restriction_type": "login"})
    assert answer.status_code == 403
    assert not CollectionViewRestriction.objects.exists()


@pytest.mark.parametrize("kind", ["root", "front", "category", "entry"])
def test_no_page_takes_a_privacy_of_wagtails_own(kind, as_user):
    entry = factories.article()
    shelf = entry.get_parent()
    pages = {"root": entry.get_root(), "front": shelf.get_parent(), "category": shelf}
    page = pages.get(kind, entry)
    form = {"restriction_type": "password", "password": "x", "groups": []}
    answer = as_user(is_superuser=True).post(f"/admin/pages/{page.pk}/privacy/", form)
    assert answer.status_code == 403
    assert not PageViewRestriction.objects.exists()


def test_context_has_what_templates_need():
    entry = factories.article("One", body="## A")
    shelf = factories.category("订单", code="zh-hans")
    other = factories.article("一", parent=shelf, translation_key=entry.translation_key)
    context = Client().get(entry.url).context_data
    assert context["entry"].pk == entry.pk
    assert [c.title for c in context["crumbs"]] == ["Help", "Orders"]
    assert [(t.locale, t.url) for t in context["translations"]] == [("zh-hans", other.url)]
    assert context["body"].toc[0].text == "A"


def test_a_translation_that_the_reader_may_not_see_is_not_offered():
    entry = factories.article()
    shelf = factories.category("订单", code="zh-hans")
    factories.article("一", parent=shelf, translation_key=entry.translation_key, audience="agents")
    assert Client().get(entry.url).context_data["translations"] == ()


def test_categories_are_counted_for_their_reader(as_user):
    shelf = factories.category("Shelf")
    inner = factories.category("Inner", parent=shelf)
    factories.article(parent=inner)
    factories.article(parent=inner, audience="agents")
    assert [s.count for s in Client().get("/en/").context_data["children"]] == [1]
    assert [s.count for s in as_user("Agents").get("/en/").context_data["children"]] == [2]
    assert [s.title for s in Client().get(shelf.url).context_data["children"]] == ["Inner"]


@pytest.mark.parametrize("number", [2, 20])
def test_a_category_asks_as_often_for_many_entries_as_for_few(
    number, rf, django_assert_max_num_queries
):
    shelf = factories.category("Shelf")
    for _n in range(number):
        factories.faq(parent=shelf, lead="yes")
        factories.article(parent=factories.category(f"Inner {_n}", parent=shelf))
    Client().get(shelf.url)
    with django_assert_max_num_queries(8):
        shown = category_context(shelf, Audience.PUBLIC, rf.get("/"))
    assert (len(shown["entries"]), len(shown["children"])) == (number, number)
    with django_assert_max_num_queries(24):
        Client().get(shelf.url)


def test_an_article_asks_little(rf, django_assert_max_num_queries):
    entry = factories.article(body="text")
    Client().get(entry.url)
    entry = Article.objects.get()
    with django_assert_max_num_queries(4):
        entry_context(entry, Audience.PUBLIC, rf.get("/"))
    with django_assert_max_num_queries(18):
        Client().get(entry.url)
