"""A folder of Markdown files to drafts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from . import slugs
from .anchors import with_own_anchors
from .decoding import UnreadableError
from .documents import Defaults, InvalidFieldError, foreign_fields, read_document
from .drafts import EntryDraft, Problem
from .expansion import Expansion
from .folders import Folder
from .fragments import included_elsewhere, is_fragment
from .frontmatter import FrontMatterError, line_of
from .reading import Reading, source_name


def read_folder(path: Path, *, prefix: str, defaults: Defaults, nested: bool = False) -> Reading:
    """Read every Markdown file under ``path``, or the one file that it is."""
    folder = Folder.of(path)
    wanted = slugs.from_paths(folder.files)
    reading = Reading(prefix=prefix, whole=path.is_dir())
    read: list[tuple[EntryDraft, Expansion]] = []
    for name in folder.files:
        if (shown := name.encode("utf-8", "replace").decode()) != name:
            why = _("Its name is not in UTF-8; rename the file.")
            reading.problems.append(Problem(shown, 0, why, fatal=True))
            continue
        source = source_name(prefix, name)
        reading.seen.add(source)
        expansion = Expansion(folder, name)
        try:
            draft = _read(expansion, source, defaults)
        except (UnreadableError, FrontMatterError) as error:
            reading.problems.append(Problem(name, error.line, str(error), fatal=True))
            continue
        except InvalidFieldError as error:
            line = line_of(folder.text(name).text, error.field)
            reading.problems.append(Problem(name, line, str(error), fatal=True))
            continue
        except OSError as error:
            why = _("It cannot be opened: %(error)s.") % {"error": error.strerror or error}
            reading.problems.append(Problem(name, 0, why, fatal=True))
            continue
        folders = PurePosixPath(name).parent.parts if nested else ()
        draft = replace(draft, slug=draft.slug or wanted[name], folders=folders)
        read.append((draft, expansion))
    _keep(reading, folder, read)
    return reading


def _read(expansion: Expansion, source: str, defaults: Defaults) -> EntryDraft:
    """One file's draft. Raises UnreadableError, FrontMatterError, InvalidFieldError, OSError."""
    name = expansion.file
    decoded = expansion.folder.text(name)
    if decoded.remark:
        expansion.problems.append(Problem(name, decoded.line, decoded.remark))
    return read_document(
        decoded.text, file=name, source=source, defaults=defaults, expansion=expansion
    )


def _keep(reading: Reading, folder: Folder, read: list[tuple[EntryDraft, Expansion]]) -> None:
    """Put the articles among ``read`` into ``reading``; what only serves others is named there."""
    included = included_elsewhere({e.file: e.included for _draft, e in read})
    known: set[Problem] = set()
    for draft, expansion in read:
        text = folder.text(draft.file).text
        if reading.whole and is_fragment(draft.file, text, included):
            reading.fragments.append(draft.file)
            continue
        # What is wrong in a part is said once, however many include it.
        reading.problems += [p for p in expansion.problems if p not in known]
        known.update(expansion.problems)
        reading.files |= {kept: folder.root / where for kept, where in expansion.files.items()}
        reading.ignored.update(foreign_fields(text) if not draft.exported else ())
        reading.drafts.append(draft)
    reading.drafts = with_own_anchors(reading.drafts)
