"""What is exported comes back byte for byte, and only to those who may have it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from content.importing.drafts import Block
from content.importing.streams import Lookups, Names, from_stream, to_stream
from content.models import Article, Category, Entry, FaqEntry, Product, Snippet
from tests import factories
from tests.content.importing.test_fences import BODIES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()


def _site():
    get_user_model().objects.create_user("writer")
    product = Product.objects.create(name="Brook 净水", slug="brook")
    Snippet.objects.create(
        name="hours", locale=factories.locale(), body=[{"type": "markdown", "value": "9–18"}]
    )
    secret = Snippet.objects.create(
        name="limits",
        locale=factories.locale(),
        audience="agents",
        body=[{"type": "markdown", "value": "SECRET-SNIPPET"}],
    )
    shelf = factories.category("Money & more", slug="money", summary="All", icon="coins")
    deep = factories.category("Refunds", parent=shelf, slug="refunds", age_half_life=30)
    factories.category("Forever", parent=deep, slug="forever", age_half_life=0)
    page = factories.article(
        'A "title": yes',
        parent=deep,
        lead="Sum: mary",
        phrasings=("one", "two"),
        agents_phrasings=("SECRET-PHRASING",),
        keywords="k1\nk, 2",
        verify_by=date(2027, 1, 31),
        responsible=get_user_model().objects.get(),
        confidence="validated",
        body=[
            {"type": "markdown", "value": "Line\r\n\n<!-- zhida:steps -->\n"},
            {"type": "markdown", "value": "Second"},
            {"type": "snippet", "value": secret.pk},
            {"type": "agents_only", "value": [{"type": "markdown", "value": "SECRET-BLOCK"}]},
            {"type": "code", "value": {"language": "sh", "code": "### x\n"}},
        ],
    )
    page.products = [product]
    page.save_revision().publish()
    factories.faq(
        "常见问题？", parent=factories.category("中文", code="zh-hans"), lead="**答**\n\n第二段"
    )
    factories.faq("SECRET-ENTRY", parent=shelf, audience="internal")
    draft = factories.faq("Draft", parent=shelf)
    draft.unpublish()


def _bytes(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_export_import_export_gives_the_same_bytes(tmp_path, form, capsys):
    _site()
    call_command("export_articles", tmp_path / "one", format=form)
    for page in Category.objects.order_by("depth"):
        if Category.objects.filter(pk=page.pk).exists():
            Category.objects.get(pk=page.pk).delete()
    Snippet.objects.all().delete()
    Product.objects.all().delete()
    assert not Entry.objects.exists()
    call_command("import_articles", tmp_path / "one")
    assert Page.find_problems() == ([], [], [], [], [])
    assert FaqEntry.objects.count() == 3
    assert Article.objects.get().products.get().name == "Brook 净水"
    half_lives = dict(Category.objects.values_list("slug", "age_half_life"))
    assert [half_lives[slug] for slug in ("money", "refunds", "forever")] == [None, 30, 0]
    call_command("export_articles", tmp_path / "two", format=form)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    capsys.readouterr()
    call_command("import_articles", tmp_path / "two", locale="en", category="money")
    assert "0 new, 0 changed, 4 unchanged" in capsys.readouterr().out


def test_an_export_for_customers_holds_no_word_that_is_not_theirs(tmp_path):
    _site()
    call_command("export_articles", tmp_path / "out", audience="public")
    whole = b"\n".join(_bytes(tmp_path / "out").values())
    assert b"SECRET" not in whole
    assert b"writer" not in whole
    assert b"Second" in whole
    call_command("export_articles", tmp_path / "agents", audience="agents")
    assert b"SECRET-BLOCK" in b"\n".join(_bytes(tmp_path / "agents").values())


def test_an_image_and_a_video_come_back(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    page = _with_files(factories.category("Shelf", slug="shelf"), audience="public")
    call_command("export_articles", tmp_path / "one")
    Category.objects.get().delete()
    get_image_model().objects.all().delete()
    get_document_model().objects.all().delete()
    call_command("import_articles", tmp_path / "one")
    call_command("export_articles", tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    again = Article.objects.get(slug=page.slug)
    assert again.body[0].value["image"].width == 30
    assert again.body[1].value["file"].title == "clip"


def test_an_export_for_fewer_readers_takes_away_the_files_of_an_earlier_one(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    _with_files(factories.category("Shelf", slug="shelf"), audience="agents")
    call_command("export_articles", tmp_path / "out")
    assert len(list((tmp_path / "out" / "_files").iterdir())) == 2
    call_command("export_articles", tmp_path / "out", audience="public")
    assert list(_bytes(tmp_path / "out")) == ["zhida.json"]


def _with_files(shelf, *, audience):
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(picture, "PNG")
    image = get_image_model().objects.create(
        title="Red", file=ContentFile(picture.getvalue(), "red.png")
    )
    clip = get_document_model().objects.create(title="clip", file=ContentFile(b"ftyp", "clip.mp4"))
    return factories.article(
        "Pictures",
        parent=shelf,
        audience=audience,
        body=[
            {"type": "image", "value": {"image": image.pk, "alt": "Red", "caption": ""}},
            {"type": "video", "value": {"title": "Clip", "file": clip.pk, "url": ""}},
        ],
    )


def test_an_export_never_overwrites_other_things(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CommandError, match="other things"):
        call_command("export_articles", tmp_path)


@rules(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(BODIES)
def test_every_body_that_can_be_stored_is_written_alike_after_a_round_trip(body):
    from content.importing import fences

    def stored(blocks):
        raw = to_stream(blocks, seed="s", locale="en", lookups=Lookups())
        return tuple(from_stream(raw, locale="en", names=Names()))

    first = fences.write(stored(body))
    assert fences.write(stored(fences.read(first))) == first
    assert all(isinstance(block, Block) for block in stored(body))
