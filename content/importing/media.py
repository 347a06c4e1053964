"""Images and documents that texts show: found again by what is in them, made where missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .drafts import Problem

MAX_BYTES = 50 * 1024 * 1024


def bring_in(
    kind: str,
    wanted: Iterable[str],
    paths: Mapping[str, Path],
    titles: Mapping[str, str],
    problems: list[Problem],
) -> dict[str, Any]:
    """Images (``kind`` image) or documents by their names; what cannot be read is reported."""
    model: Any = get_image_model() if kind == "image" else get_document_model()
    found: dict[str, Any] = {}
    for name in sorted(set(wanted)):
        path = paths.get(name)
        if path is None or not path.is_file():
            problems.append(Problem(name, 0, _("The file is missing; it was left out.")))
            continue
        if path.stat().st_size > MAX_BYTES:
            problems.append(Problem(name, 0, _("The file is larger than 50 MB; it was left out.")))
            continue
        data = path.read_bytes()
        digest = hashlib.sha1(data).hexdigest()  # noqa: S324
        item = model.objects.filter(file_hash=digest).order_by("pk").first()
        found[name] = item or _make(model, path, titles.get(name) or path.name, data, problems)
    return {name: item for name, item in found.items() if item is not None}


def _make(model: Any, path: Path, title: str, data: bytes, problems: list[Problem]) -> Any:
    try:
        item = model(title=title[:255], file=ContentFile(data, name=path.name))
        if hasattr(item, "_set_image_file_metadata"):
            item.width, item.height = item.file.width, item.file.height
            if not item.width:
                raise ValueError(path.name)
            item._set_image_file_metadata()
        else:
            item._set_document_file_metadata()
        item.save()
    except (ValueError, TypeError, OSError, SyntaxError):
        problems.append(
            Problem(path.name, 0, _("The file is damaged or of a kind that cannot be shown."))
        )
        return None
    return item
