"""Which release this is: told by the command line, by the API, and compared by the doctor."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Final

import msgspec

from realstaging.kit import carried
from realstaging.kit.ids import new_id
from realstaging.runtime import schema

INSTANCE: Final = new_id()
"""This process among all that run."""


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
