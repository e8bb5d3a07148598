"""An export being written: a ZIP of files with a line of JSON for each row, and the pictures that rows name.

Nothing is held but some rows and one picture: a file of rows is written beside, then taken into the ZIP piece by piece.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
import zipstream

from realstaging.domains.privacy import rules
from realstaging.runtime.account_data import Exported, Section
from realstaging.runtime.platform import Platform
from realstaging.storage import NoSuchFile

ROWS: Final = 500

INDEX: Final = "index.json"


class Index(msgspec.Struct):
    """What is in the ZIP: how many rows each file has, and which pictures were gone when it was made."""

    made_at: str
    of: UUID
    rows: dict[str, int] = {}
    pictures: int = 0
    missing: list[str] = []


class Packing:
    """One ZIP on its way. ``of``: the account, or the person."""

    def __init__(self, platform: Platform, of: UUID, sections: Sequence[Section]) -> None:
        self._platform, self._of, self._sections = platform, of, sections
        self._archive = zipstream.ZipStream(compress_type=zipstream.ZIP_STORED)
        self.size = 0
        self.index = Index(platform.clock().isoformat(), of)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Its bytes."""
        with tempfile.TemporaryDirectory(prefix="realstaging-export-") as folder:
            for section in self._sections:
                async for piece in self._section(section, Path(folder) / "rows"):
                    yield piece
        self._archive.add(msgspec.json.encode(self.index), INDEX)
        for piece in [*self._archive.all_files(), *self._archive.finalize()]:
            yield self._counted(piece)

    async def _section(self, section: Section, place: Path) -> AsyncIterator[bytes]:
        """The rows, after the pictures that they name."""
        name, last, count = f"{section.name}.jsonl", None, 0
        place.write_bytes(b"")
        while rows := await section.read(self._platform.database, self._of, last, ROWS):
            last, count = rows[-1].at, count + len(rows)
            await asyncio.to_thread(_append, place, [row.said for row in rows])
            for row in rows:
                async for piece in self._picture(section.name, row):
                    yield piece
        self.index.rows[name] = count
        self._archive.add_path(str(place), name, compress_type=zipstream.ZIP_DEFLATED)
        async for piece in _one_by_one(self._archive.all_files()):
            yield self._counted(piece)

    async def _picture(self, section: str, row: Exported) -> AsyncIterator[bytes]:
        if row.file is None:
            return
        name = rules.entry_name(section, row)
        try:
            data = await self._platform.storage.get(row.file)
        except NoSuchFile:
            self.index.missing.append(name)
            return
        self.index.pictures += 1
        self._archive.add(data, name)
        async for piece in _one_by_one(self._archive.all_files()):
            yield self._counted(piece)

    def _counted(self, piece: bytes) -> bytes:
        self.size += len(piece)
        return piece


def _append(place: Path, said: Sequence[object]) -> None:
    with place.open("ab") as file:
        file.write(msgspec.json.Encoder().encode_lines(said))


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is made in a thread: compressing takes time."""
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece
