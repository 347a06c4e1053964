"""Who may fetch an image or a document: whoever sees an entry that shows it, and nobody else."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cms.branding import BrandSettings
from content.files.uses import keep
from content.models import Entry, FileUse
from tests import factories as make

pytestmark = pytest.mark.django_db

READERS = ("anonymous", "customer", "agent", "internal")
#: From which of the readers on a file for an audience may be fetched.
FIRST = {"public": 0, "customers": 1, "agents": 2, "internal": 3}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # Wagtail remembers renditions by the ids of images


@pytest.fixture
def readers(as_user) -> dict[str, Client]:
    insider = make.user()
    insider.user_permissions.add(Permission.objects.get(codename="see_internal"))
    internal = Client()
    internal.force_login(insider)
    return dict(zip(READERS, (Client(), as_user(), as_user("Agents"), internal), strict=True))


def an_image() -> Image:
    data = BytesIO()
    Picture.new("RGB", (8, 8), "teal").save(data, "PNG")
    return Image.objects.create(title="T", file=ContentFile(data.getvalue(), "picture.png"))


def a_video() -> Document:
    return Document.objects.create(title="V", file=ContentFile(b"moving", "film.mp4"))


def image_block(image: Image) -> dict:
    return {"type": "image", "value": {"image": image.pk, "alt": "a picture", "caption": ""}}


def video_block(video: Document) -> dict:
    return {"type": "video", "value": {"title": "Film", "file": video.pk, "url": ""}}


def statuses(readers: dict[str, Client], url: str) -> tuple[int, ...]:
    return tuple(client.get(url).status_code for client in readers.values())


def open_from(audience: str) -> tuple[int, ...]:
    return tuple(200 if place >= FIRST[audience] else 404 for place in range(len(READERS)))


@pytest.mark.parametrize("audience", FIRST)
def test_a_file_of_an_article_is_for_its_readers(audience, readers):
    image, video = an_image(), a_video()
    make.article(body=[image_block(image), video_block(video)], audience=audience)
    shown = image.get_rendition("max-1600x1600").url
    for url in (shown, image.file.url, video.url, video.file.url):
        assert statuses(readers, url) == open_from(audience), url


def test_a_file_of_an_agents_block_in_a_public_article_is_for_agents(readers):
    image, video = an_image(), a_video()
    hidden = [image_block(image), video_block(video)]
    make.article(body=[{"type": "agents_only", "value": hidden}])
    for url in (image.get_rendition("max-1600x1600").url, video.url, video.file.url):
        assert statuses(readers, url) == open_from("agents")


@pytest.mark.parametrize("audience", FIRST)
def test_a_file_of_a_snippet_is_for_the_snippets_readers(audience, readers):
    image = an_image()
    piece = make.snippet("text", audience=audience)
    piece.body = [image_block(image)]
    piece.save()
    make.article(body=[{"type": "snippet", "value": piece.pk}])
    assert statuses(readers, image.file.url) == open_from(audience)


@pytest.mark.parametrize("where", ["lead", "markdown", "callout", "steps", "link"])
def test_a_file_named_in_a_text_is_for_the_texts_readers(where, readers):
    image, video = an_image(), a_video()
    text = f"![shown]({image.file.url}) and [film](http://localhost{video.url})"
    link = f"http://localhost{video.url}"
    step = {"type": "item", "value": {"title": "", "text": text}}
    block = {
        "markdown": {"type": "markdown", "value": text},
        "callout": {"type": "callout", "value": {"kind": "note", "text": text}},
        "steps": {"type": "steps", "value": [step]},
        "link": {"type": "video", "value": {"title": "F", "file": None, "url": link}},
    }.get(where)
    entry = make.faq(lead=text) if block is None else make.article(body=[block])
    assert statuses(readers, video.url) == open_from("public")
    if where != "link":
        assert statuses(readers, image.file.url) == open_from("public")
    if block is None:
        entry.lead = "gone"
    else:
        entry.body = [{"type": "agents_only", "value": [block]}]
    entry.save_revision().publish()
    kept = (404,) * 4 if block is None else open_from("agents")
    assert statuses(readers, video.url) == kept


def test_the_widest_of_several_uses_counts(readers):
    image = an_image()
    entry = make.article(body=[image_block(image)], audience="agents")
    assert statuses(readers, image.file.url) == open_from("agents")
    wide = make.article(
        body=[image_block(image), {"type": "agents_only", "value": [image_block(image)]}]
    )
    assert statuses(readers, image.file.url) == open_from("public")
    wide.unpublish()
    assert statuses(readers, image.file.url) == open_from("agents")
    entry.delete()
    assert statuses(readers, image.file.url) == (404,) * 4


@pytest.mark.parametrize("how", ["narrow", "expire", "archive", "remove", "snippet"])
def test_what_is_closed_is_closed_at_once_for_its_files_too(how, readers):
    image = an_image()
    piece = make.snippet("text")
    piece.body = [image_block(image)]
    piece.save()
    entry = make.article(body=[{"type": "snippet", "value": piece.pk}])
    assert statuses(readers, image.file.url) == open_from("public")
    if how == "narrow":
        entry.audience = "agents"
    elif how == "archive":
        entry.confidence = "archived"
    elif how == "remove":
        entry.body = [{"type": "markdown", "value": "nothing"}]
    if how == "snippet":
        piece.audience = "agents"
        piece.save()
    elif how == "expire":
        Entry.objects.filter(pk=entry.pk).update(expire_at="2000-01-01T00:00:00Z")
    else:
        entry.save_revision().publish()
    left = (404,) * 4 if how in ("remove", "expire") else open_from("agents")
    assert statuses(readers, image.file.url) == left


def test_a_draft_and_an_unused_file_are_for_those_who_work_on_them(readers, as_user):
    used, unused = an_image(), an_image()
    entry = make.article(body="live")
    entry.body = [image_block(used)]
    entry.save_revision()
    for image in (used, unused):
        thumbnail = image.get_rendition("max-165x165").url
        assert statuses(readers, image.file.url) == (404,) * 4
        assert statuses(readers, thumbnail) == (404,) * 4
        assert as_user("Writers").get(thumbnail).status_code == 200
    assert as_user("Writers").get(a_video().url).status_code == 200


def test_the_brand_is_for_everybody(readers):
    image = an_image()
    assert statuses(readers, image.file.url) == (404,) * 4
    brand, _ = BrandSettings.objects.get_or_create(pk=1)
    brand.logo = image
    brand.save()
    assert statuses(readers, image.get_rendition("height-84").url) == (200,) * 4
    brand.logo = None
    brand.save()
    assert statuses(readers, image.file.url) == (404,) * 4


@pytest.mark.parametrize("path", ["", "secret.txt", "..%2fzhida.sqlite3", "images", "a%00b"])
def test_nothing_else_in_the_folder_is_handed_out(path, settings, as_user):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "secret.txt").write_text("secret")
    for client in (Client(), as_user(is_superuser=True)):
        assert client.get(f"/media/{path}").status_code == 404


def test_caches_keep_public_files_only_and_ask_each_time(as_user):
    image, hidden = an_image(), a_video()
    make.article(body=[image_block(image)])
    make.article(body=[video_block(hidden)], audience="agents")
    public = Client().get(image.file.url)
    assert public["Cache-Control"] == "public, no-cache"
    again = Client().get(image.file.url, headers={"If-Modified-Since": public["Last-Modified"]})
    assert again.status_code == 304
    answer = as_user("Agents").get(hidden.url)
    assert b"".join(answer) == b"moving"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer["Vary"]
    assert "sandbox" in answer["Content-Security-Policy"]
    refused = Client().get(hidden.url, headers={"If-Modified-Since": answer["Last-Modified"]})
    assert refused.status_code == 404


def test_a_proxy_is_told_the_place_of_a_file_only_if_it_may_be_had(settings, as_user):
    settings.MEDIA_ACCEL = "/kept/"
    video = a_video()
    make.article(body=[video_block(video)], audience="agents")
    assert "X-Accel-Redirect" not in Client().get(video.url)
    answer = as_user("Agents").get(video.url)
    assert answer["X-Accel-Redirect"] == f"/kept/{video.file.name}"
    assert answer.content == b""


def test_a_public_file_takes_two_queries(django_assert_num_queries):
    image = an_image()
    make.article(body=[image_block(image)])
    url = image.get_rendition("max-1600x1600").url
    Client().get(url)
    with django_assert_num_queries(2):
        assert Client().get(url).status_code == 200


def test_the_list_of_uses_can_be_made_anew():
    image = an_image()
    entry = make.article(body=[image_block(image)])
    before = list(FileUse.objects.values_list("entry_id", "kind", "file_id", "level"))
    assert before == [(entry.pk, "image", image.pk, 0)]
    FileUse.objects.all().delete()
    keep(Entry.objects.values_list("pk", flat=True))
    assert list(FileUse.objects.values_list("entry_id", "kind", "file_id", "level")) == before


def test_many_entries_are_read_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    image = an_image()
    ids = [make.article(body=[image_block(image)]).pk for _ in range(12)]
    with django_assert_max_num_queries(6):
        keep(ids)
    assert FileUse.objects.count() == 12


@pytest.mark.parametrize(
    "url", ["/documents/9/film.mp4", f"/documents/{'9' * 40}/a", "/documents/"]
)
def test_a_document_that_is_not_there_is_not_found(url):
    assert Client().get(url).status_code == 404
