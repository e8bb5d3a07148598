"""Which release this is: told by the command line, by the API, and compared by the doctor."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

import msgspec

from realstaging.kit import carried
from realstaging.runtime import schema


class Release(msgspec.Struct, frozen=True):
    """The version, the commit it was built from (empty in a clone), and the newest schema it knows."""

    version: str
    commit: str
    schema: str


@cache
def release() -> Release:
    built = carried.build()
    commit = f"{built.commit}{'+changed' if built.changed else ''}" if built else ""
    return Release(version("realstaging"), commit, schema.newest())
