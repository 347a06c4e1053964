"""Imports from folders to pages: repeated, changed, broken off, beside a page made the slow way."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, Site

from content.importing import running
from content.models import Article, Category, Entry, ImportedSource, RenderedText
from content.signals import entries_changed
from tests import factories

pytestmark = pytest.mark.django_db
CLEAN = ([], [], [], [], [])


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    factories.category("Manual", slug="manual")


@pytest.fixture
def docs(tmp_path):
    root = tmp_path / "docs"
    (root / "deep").mkdir(parents=True)
    (root / "start.md").write_text(
        "---\ntitle: Start\nkeywords: [a, b]\nphrasings: [Go]\n---\nSee [more](deep/more.md#x)."
    )
    (root / "deep/more.md").write_text("# Kettles\n\nText **bold**.")
    (root / "deep/start.md").write_text("# Start\n\nOther.")
    (root / "说明.md").write_text("# 说明\n\n正文。")
    return root


def run(path, *args, **options):
    call_command(
        "import_articles", path, *args, **{"locale": "en", "category": "manual", **options}
    )


def state():
    return sorted(
        Entry.objects.values_list(
            "url_path", "title", "lead", "latest_revision", "path", "translation_key"
        )
    )


def test_a_folder_becomes_live_articles_with_ascii_slugs_and_page_links(docs):
    heard = []
    listener = lambda ids, **_: heard.append(ids)  # noqa: E731
    entries_changed.connect(listener)
    run(docs, product="Brook")
    pages = {p.slug: p for p in Article.objects.all()}
    assert set(pages) == {"start", "deep-start", "more", "shuo-ming"}
    start = pages["start"]
    assert "[more](/en/manual/more/#x)" in start.body[0].value
    assert start.keyword_list == ["a", "b"]
    assert [p.text for p in start.phrasings.all()] == ["Go"]
    assert [p.slug for p in start.products.all()] == ["brook"]
    assert Page.find_problems() == CLEAN
    assert heard == [frozenset(p.pk for p in pages.values())]
    assert RenderedText.objects.count() == 4


def test_articles_imported_before_the_site_is_set_up_have_an_address(docs, client):
    Page.objects.filter(depth__gt=1).delete()
    Page.fix_tree()
    welcome = Page(title="Welcome", slug="home")
    Page.get_first_root_node().add_child(instance=welcome)
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    run(docs, category="new/manual")
    assert client.get("/en/new/manual/more/").status_code == 200


def test_a_bulk_page_has_what_a_page_made_the_slow_way_has(docs):
    run(docs)
    made = factories.article("Slow", parent=Category.objects.get(slug="manual"), body="Text")
    bulk = Article.objects.get(slug="more")
    for page in (made, bulk):
        page.refresh_from_db()
        assert page.live
        assert page.live_revision_id == page.latest_revision_id is not None
        assert not page.has_unpublished_changes
        assert page.first_published_at
    content = bulk.latest_revision.content
    assert set(content) == set(made.latest_revision.content)
    assert bulk.latest_revision.as_object().body == bulk.body

    def kept(model, page):
        return set(
            model.objects.filter(object_id=str(page.pk)).values_list("model_path", flat=True)
        )

    assert kept(ReferenceIndex, bulk) == kept(ReferenceIndex, made)
    actions = PageLogEntry.objects.filter(page=bulk.pk).values_list("action", flat=True)
    assert set(actions) == {"wagtail.create", "wagtail.publish"}
    assert [p.pk for p in Page.objects.search("Kettles")] == [bulk.pk]
    bulk.title = "Edited"
    bulk.save_revision().publish()
    assert Revision.objects.for_instance(bulk).count() == 2


def test_a_second_run_changes_nothing_and_a_changed_file_becomes_a_new_version(docs, capsys):
    run(docs)
    before = state()
    run(docs)
    assert state() == before
    assert "0 new, 0 changed, 4 unchanged" in capsys.readouterr().out
    (docs / "deep/more.md").write_text("# More still\n\nText.")
    (docs / "start.md").unlink()
    run(docs)
    assert "1 changed" in (out := capsys.readouterr().out)
    assert "start.md: no longer there" in out
    page = Article.objects.get(slug="more")
    assert page.title == "More still"
    assert page.revisions.count() == 2
    assert Article.objects.filter(slug="start", live=True).exists()
    assert Page.find_problems() == CLEAN


def test_an_import_that_is_broken_off_goes_on_to_the_same_state(docs, monkeypatch):
    run(docs)
    whole = [(u, t, k) for u, t, _l, _r, _p, k in state()]
    for page in Entry.objects.all():
        page.delete()
    monkeypatch.setattr(running, "BATCH", 1)
    build, calls = running.bulk.build, []

    def broken(new, user=None):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return build(new, user)

    monkeypatch.setattr(running.bulk, "build", broken)
    with pytest.raises(CommandError, match="again"):
        run(docs)
    assert Entry.objects.count() == 2
    assert Page.find_problems() == CLEAN
    monkeypatch.setattr(running.bulk, "build", build)
    run(docs)
    assert [(u, t, k) for u, t, _l, _r, _p, k in state()] == whole
    assert Page.find_problems() == CLEAN


def test_a_link_to_a_file_that_was_left_out_leaves_its_text_until_the_file_is_mended(docs, capsys):
    more = (docs / "deep/more.md").read_text()
    (docs / "deep/more.md").write_text("---\ntitle: [broken\n---\nText")
    run(docs)
    said = capsys.readouterr().out
    assert "start.md: The link to “deep/more.md” leads to a file that was left out" in said
    assert Article.objects.get(slug="start").body[0].value == "See more."
    (docs / "deep/more.md").write_text(more)
    run(docs)
    assert "1 new, 1 changed" in capsys.readouterr().out
    assert "[more](/en/manual/more/#x)" in Article.objects.get(slug="start").body[0].value
    (docs / "deep/more.md").write_text("---\ntitle: [broken\n---\nText")
    run(docs)
    assert "0 new, 0 changed, 3 unchanged" in capsys.readouterr().out


def test_a_dry_run_says_what_would_be_done_and_does_nothing(docs, capsys):
    run(docs, category="fresh", dry_run=True)
    assert "4 new" in capsys.readouterr().out
    assert not Entry.objects.exists()
    assert not Category.objects.filter(slug="fresh").exists()
    assert not ImportedSource.objects.exists()


def test_subfolders_become_categories_when_asked(docs):
    run(docs, nested=True)
    assert Article.objects.get(slug="more").get_parent().slug == "deep"


def test_an_edit_in_the_admin_stays_until_the_file_changes(docs):
    run(docs)
    page = Article.objects.get(slug="more")
    page.title = "By hand"
    page.save_revision().publish()
    run(docs)
    assert Article.objects.get(slug="more").title == "By hand"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"locale": "fr"}, "no language"),
        ({"audience": "nobody"}, "no audience"),
        ({"category": ""}, "--category"),
    ],
)
def test_a_wrong_call_is_refused_in_a_plain_sentence(docs, options, said):
    with pytest.raises(CommandError, match=said):
        run(docs, **options)
    with pytest.raises(CommandError, match="nothing at"):
        run(docs / "none")


def test_images_that_are_there_become_images(docs):
    from PIL import Image as Picture

    Picture.new("RGB", (4, 4)).save(docs / "x.png")
    (docs / "pic.md").write_text("# Pic\n\nA\n\n![The *x*](x.png)\n\nB ![in](x.png) line")
    run(docs)
    body = Article.objects.get(slug="pic").body
    assert [b.block_type for b in body] == ["markdown", "image", "markdown"]
    assert body[1].value["alt"] == "The x"
    assert body[1].value["image"].width == 4
    assert "(/media/" in body[2].value
    before = state()
    run(docs)
    assert state() == before


def test_a_damaged_image_is_named_and_its_page_comes_in(docs, capsys):
    (docs / "x.png").write_bytes(b"no picture")
    (docs / "pic.md").write_text("# Pic\n\nA\n\n![The x](x.png)\n\nB")
    run(docs)
    assert "x.png: The file is damaged" in capsys.readouterr().out
    assert Article.objects.filter(slug="pic", live=True).exists()


def test_a_file_that_only_serves_to_be_included_is_reported_and_never_vanishes(docs, capsys):
    (docs / "includes").mkdir()
    (docs / "includes/part.md").write_text("A part.")
    (docs / "deep/more.md").write_text("# More\n\n[!INCLUDE [x](../includes/part.md)]")
    (docs / "start.md").write_text("# Start\n\n[the part](includes/part.md)")
    run(docs)
    said = capsys.readouterr().out
    assert "1 file only serves to be included in others" in said
    assert "includes/part.md" in said
    assert "start.md: The link to “includes/part.md” leads to a part of other files" in said
    assert "4 new, 0 changed, 0 unchanged, 0 vanished" in said
    assert not Article.objects.filter(slug="part").exists()
    assert Article.objects.get(slug="start").body[0].value == "the part"
    before = state()
    run(docs)
    assert "0 new, 0 changed, 4 unchanged, 0 vanished" in capsys.readouterr().out
    assert state() == before


def test_an_article_that_became_a_part_keeps_its_page_and_says_so(docs, capsys):
    (docs / "shared.md").write_text("Text.")
    (docs / "start.md").write_text("# Start\n\n[shared](shared.md)")
    run(docs)
    (docs / "deep/more.md").write_text("# More\n\n[!INCLUDE [x](../shared.md)]")
    capsys.readouterr()
    run(docs)
    said = capsys.readouterr().out
    assert "shared.md: It only serves to be included in others by now; its page was kept" in said
    assert "1 changed" in said
    assert "0 vanished" in said
    assert Article.objects.filter(slug="shared", live=True).exists()
    assert "[shared](/en/manual/shared/)" in Article.objects.get(slug="start").body[0].value
