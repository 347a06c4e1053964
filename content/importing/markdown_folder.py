"""A folder of Markdown files to drafts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from . import slugs
from .decoding import UnreadableError
from .documents import Defaults, InvalidFieldError, foreign_fields, read_document
from .drafts import Problem
from .expansion import Expansion
from .folders import Folder
from .frontmatter import FrontMatterError, line_of
from .reading import Reading, source_name


def read_folder(path: Path, *, prefix: str, defaults: Defaults, nested: bool = False) -> Reading:
    """Read every Markdown file under ``path``, or the one file that it is."""
    folder = Folder.of(path)
    wanted = slugs.from_paths(folder.files)
    reading = Reading(prefix=prefix, whole=path.is_dir())
    for name in folder.files:
        if (shown := name.encode("utf-8", "replace").decode()) != name:
            why = _("Its name is not in UTF-8; rename the file.")
            reading.problems.append(Problem(shown, 0, why, fatal=True))
            continue
        source = source_name(prefix, name)
        reading.seen.add(source)
        expansion = Expansion(folder, name)
        try:
            decoded = folder.text(name)
            if decoded.remark:
                expansion.problems.append(Problem(name, decoded.line, decoded.remark))
            draft = read_document(
                decoded.text, file=name, source=source, defaults=defaults, expansion=expansion
            )
        except (UnreadableError, FrontMatterError) as error:
            reading.problems.append(Problem(name, error.line, str(error), fatal=True))
            continue
        except InvalidFieldError as error:
            line = line_of(decoded.text, error.field)
            reading.problems.append(Problem(name, line, str(error), fatal=True))
            continue
        except OSError as error:
            why = _("It cannot be opened: %(error)s.") % {"error": error.strerror or error}
            reading.problems.append(Problem(name, 0, why, fatal=True))
            continue
        reading.problems += expansion.problems
        reading.files |= {kept: folder.root / where for kept, where in expansion.files.items()}
        reading.ignored.update(foreign_fields(decoded.text) if not draft.exported else ())
        folders = PurePosixPath(name).parent.parts if nested else ()
        reading.drafts.append(replace(draft, slug=draft.slug or wanted[name], folders=folders))
    return reading
