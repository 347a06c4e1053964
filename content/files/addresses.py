"""From addresses to files: images (originals and every size made of them) and documents."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

IMAGE, DOCUMENT = "image", "document"


class File(NamedTuple):
    """An image or a document by its id."""

    kind: str
    id: int

    def read(self) -> Any:
        """The image or document itself."""
        model = get_image_model() if self.kind == IMAGE else get_document_model()
        return model.objects.get(pk=self.id)


def files_at(paths: Collection[str]) -> dict[str, File]:
    """The files behind paths of this site; what is none is left out. At most three queries."""
    stored: dict[str, str] = {}
    found: dict[str, File] = {}
    for path in paths:
        if path.startswith(settings.MEDIA_URL):
            stored[path.removeprefix(settings.MEDIA_URL)] = path
        elif (document := _document(path)) is not None:
            found[path] = File(DOCUMENT, document)
    return found | {stored[name]: file for name, file in files_stored_as(stored).items()}


def files_stored_as(names: Collection[str]) -> dict[str, File]:
    """The files that lie under these names below the folder of media."""
    if not names:
        return {}
    images = get_image_model()
    looked_in = (
        (IMAGE, "image_id", images.get_rendition_model()),
        (IMAGE, "pk", images),
        (DOCUMENT, "pk", get_document_model()),
    )
    found: dict[str, File] = {}
    for kind, key, model in looked_in:
        missing = [name for name in names if name not in found]
        if missing:
            rows = model.objects.filter(file__in=missing).values_list("file", key)
            found |= {name: File(kind, pk) for name, pk in rows}
    return found


def _document(path: str) -> int | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return int(match.args[0]) if match.url_name == "wagtaildocs_serve" else None
