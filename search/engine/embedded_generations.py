"""The embedded engine's indexes side by side: a folder each."""

import shutil
from pathlib import Path

from . import recent
from .embedded import EmbeddedEngine, wait_for
from .protocol import EngineFailed, EngineMissing, VectorSpace
from .vector_files import Manifest, write_manifest


class EmbeddedGenerations:
    """The indexes under one folder, a subfolder each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str, space: VectorSpace | None = None) -> EmbeddedEngine:
        """Make an empty index that keeps vectors of ``space``; raises `EngineFailed` if the name is
        taken."""
        place = self.folder / name
        try:
            place.mkdir(parents=True)
        except FileExistsError as error:
            raise EngineFailed(f"There is an index {name} already.") from error
        if space:
            write_manifest(place, Manifest(space))
        return EmbeddedEngine(place)

    def open(self, name: str) -> EmbeddedEngine:
        """Open an index; raises `EngineMissing` if there is none of that name."""
        place = self.folder / name
        if not (place / "meta.json").exists():
            raise EngineMissing(f"There is no index {name}.")
        return EmbeddedEngine(place)

    def use(self, name: str) -> None:
        """Nothing to do: a folder is known by its name."""

    def copy(self, source: EmbeddedEngine, name: str) -> EmbeddedEngine:
        """Make an index with the documents of ``source``; what is written to one stays there.

        Segments never change, so the copy links to the same files; it must be on the same disk.
        """
        place = self.folder / name
        place.mkdir(parents=True)
        with (source.folder / "writer.lock").open("a") as lock:
            wait_for(lock.fileno())
            for file in source.folder.iterdir():
                if file.suffix == ".json":
                    shutil.copy2(file, place / file.name)
                elif file.suffix not in (".lock", recent.SUFFIX):
                    (place / file.name).hardlink_to(file)
        return EmbeddedEngine(place)

    def destroy(self, name: str) -> None:
        """Remove an index and its data; nothing happens if there is none."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def names(self) -> list[str]:
        """Return the names of the indexes there are, sorted."""
        if not self.folder.exists():
            return []
        return sorted(p.parent.name for p in self.folder.glob("*/meta.json"))
