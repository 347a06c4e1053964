"""Keeps what the analysis has made of an entry, so that a rebuild need not make it again.

It is kept by a digest of all that it was made of: every text with its audience, the dictionary, and
the analysis itself, its code included. What an entry is and who may see it is read afresh for each
document; so nothing kept can show what was, or show it to others.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from unicodedata import unidata_version

from content import audience, markdown
from content.among import Many
from content.rendering import sections
from search import text
from search.engine import fields, layout
from search.engine.protocol import EngineDocument

from . import analysed, analysis, tokens
from .analysed import Analysed, Texts
from .models import AnalysedTexts
from .tuning.rules import Tuning
from .vectors import passages
from .vectors.passages import PassageKey

#: Of what is kept: the most that can be saved for the least time.
_COMPRESSION = 1
_MODULES = (analysed, tokens, layout, fields, passages, sections, audience)
_PACKAGES = ("rjieba", "PyStemmer", "opencc")


def digest(texts: Texts, tuning: Tuning) -> str:
    """SHA-1 (hex) of all that the tokens, passages and sections of ``texts`` are made of."""
    now = _analysis(analysis.analysed(), tuning.dictionary)
    own = (texts.title, texts.audience, texts.level, texts.phrasings, texts.extra, texts.lead)
    found = hashlib.sha1(layout.as_json([now, own]), usedforsecurity=False)
    for piece in texts.body:
        html = piece.html.encode("utf-8", "surrogatepass")
        found.update(f"{len(html)} {piece.audience} {piece.enclosing} ".encode() + html)
    return found.hexdigest()


def find(digests: Mapping[int, str]) -> dict[int, Analysed]:
    """What is kept of entries by just these digests, by entry id."""
    rows = AnalysedTexts.objects.filter(
        pk__among=Many(digests), digest__among=Many(set(digests.values()))
    )
    found = {}
    for pk, made_of, data in rows.values_list("pk", "digest", "data"):
        if made_of == digests[pk] and (opened := _opened(bytes(data))):
            found[pk] = opened
    return found


def row(document: EngineDocument, made_of: str, made: Analysed) -> AnalysedTexts:
    """The row, unsaved, that keeps what was ``made`` of texts with this digest, and the tokens as
    the document has them."""
    keys = [(key.part, key.level, key.digest) for key in made.passages]
    lines = (layout.as_json(keys), layout.as_json(made.sections()), layout.laid_out(document))
    data = zlib.compress(b"\n".join(lines), _COMPRESSION)
    return AnalysedTexts(entry_id=document.id, digest=made_of, data=data)


def keep(rows: Iterable[AnalysedTexts]) -> None:
    """Keep these in place of what was kept of the same entries; in the caller's transaction."""
    AnalysedTexts.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["entry_id"],
        update_fields=["digest", "data"],
        batch_size=200,
    )


def forget(ids: Iterable[int]) -> None:
    """Let go of what is kept of entries that have left the index."""
    AnalysedTexts.objects.filter(pk__in=list(ids)).delete()


def _opened(data: bytes) -> Analysed | None:
    """What a row holds; None where it is spoilt."""
    try:
        keys, sections, laid_out = zlib.decompress(data).split(b"\n", 2)
        passages = [PassageKey(*each) for each in json.loads(keys)]
        return Analysed(passages, partial(json.loads, sections), laid_out=laid_out)
    except (zlib.error, ValueError, TypeError):
        return None


@lru_cache(maxsize=4)
def _analysis(probe: str, dictionary: frozenset[str]) -> str:
    """A digest of how texts are analysed with this dictionary: of what it makes of a fixed text,
    and of the code and the packages that make it."""
    made = [probe, unidata_version, *map(version, _PACKAGES), *sorted(dictionary)]
    found = hashlib.sha1(json.dumps(made).encode(), usedforsecurity=False)
    folders = (Path(package.__path__[0]) for package in (text, markdown))
    sources = [file for folder in folders for file in folder.rglob("*.py")]
    sources += [Path(str(module.__file__)) for module in _MODULES]
    for file in sorted(sources):
        found.update(file.read_bytes())
    return found.hexdigest()
