"""Decisions about archives. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.archives.schemas import FileKind
from realstaging.imaging.mls_profiles import MlsProfile
from realstaging.kit import filenames
from realstaging.kit.filenames import Wanted

LIFE: Final = timedelta(hours=24)
# Of one account, unfinished: each reads and writes gigabytes.
MOST_AT_ONCE: Final = 3

SUFFIXES: Final = {FileKind.JPG: ".jpg", FileKind.MLS: "-mls.jpg", FileKind.PNG: ".png"}
"""What the name of a file ends with."""


class Picture(msgspec.Struct, frozen=True):
    """One finished staging."""

    id: UUID
    photo_name: str
    room_type: str
    style: str
    result_key: str


class Entry(msgspec.Struct, frozen=True):
    """One file in a ZIP: its name there, and the key of the result it is of."""

    name: str
    result_key: str


def entries(pictures: Sequence[Picture], kind: FileKind) -> list[Entry]:
    """What goes into the ZIP, in the order given, under names that no file system takes for one."""
    suffix = SUFFIXES[kind]
    names = filenames.distinct([Wanted(one.photo_name, f"{one.room_type}-{one.style}") for one in pictures], suffix)
    return [Entry(name, one.result_key) for name, one in zip(names, pictures, strict=True)]


def file_of(kind: FileKind, profile: MlsProfile) -> str:
    """The file of each result that is packed."""
    return {FileKind.JPG: "master.jpg", FileKind.MLS: profile.file, FileKind.PNG: "master.png"}[kind]


def fingerprint(pictures: Sequence[Picture], kind: FileKind, file: str) -> str:
    """The same for the same pictures in the same files under the same names: asked again, the ZIP there is does."""
    digest = hashlib.sha256(msgspec.json.encode([kind, file, *pictures]))
    return digest.hexdigest()
