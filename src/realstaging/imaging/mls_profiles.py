"""What listing services ask of a staged photo, as `mls_profiles.toml` beside this file says; read once, checked where it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal

import msgspec

from realstaging.imaging.limits import MLS_BYTES, MLS_LEAST, MLS_MOST
from realstaging.kit.errors import InvalidInput

DEFAULT: Final = "default"
"""For whoever names no profile."""

Label = Literal["required", "forbidden", "theirs", "free"]
"""Whether words are written into the picture: they must be, must not be, the service does it, or it doesn't matter."""
Original = Literal["before", "after", "either", "link"]
"""Where the photo as it was taken goes: into the listing beside the staged one, or as a link in the description."""
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class MlsProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one listing service asks for. ``long_side``: pixels, at most; ``most_bytes`` of the JPEG. ``caption``: what is to be written
    beside the picture; ``remarks``: how the listing's public remarks have to begin. ``second_hand``: not read at the service itself.
    """

    id: Id
    name: Line
    long_side: Annotated[int, msgspec.Meta(ge=MLS_LEAST, le=MLS_MOST)] = MLS_MOST
    most_bytes: Annotated[int, msgspec.Meta(ge=300_000, le=MLS_BYTES)] = MLS_BYTES
    label: Label
    words: Annotated[str, msgspec.Meta(pattern="^[ -~]{1,40}$")] = "Virtually staged"
    """What is written into the picture where that is required. ASCII: the letters that are drawn."""
    caption: Line
    remarks: Line | None = None
    original: Original | None = None
    source: Annotated[str, msgspec.Meta(pattern="^https://")]
    checked_on: date
    second_hand: bool = False

    @property
    def labelled(self) -> bool:
        return self.label == "required"

    @property
    def file(self) -> str:
        """The file of a result that fits: the one that every result has, or one made of it when it is first asked for."""
        if not self.labelled and self.long_side == MLS_MOST and self.most_bytes == MLS_BYTES:
            return "mls.jpg"
        made_by = f"{self.long_side} {self.most_bytes} {self.words if self.labelled else ''}"
        return f"mls-{hashlib.sha256(made_by.encode()).hexdigest()[:12]}.jpg"


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    profiles: Annotated[list[MlsProfile], msgspec.Meta(min_length=1, max_length=200)]


@cache
def profiles() -> Mapping[str, MlsProfile]:
    """All of them by id, in the order of the table."""
    table = msgspec.toml.decode(files("realstaging.imaging").joinpath("mls_profiles.toml").read_bytes(), type=_Table)
    return {profile.id: profile for profile in table.profiles}


def named(profile_id: str) -> MlsProfile:
    """InvalidInput where there is none of this name."""
    if profile_id not in profiles():
        raise InvalidInput(f"There is no MLS profile of this name. There are: {', '.join(profiles())}.")
    return profiles()[profile_id]


def chosen(profile_id: str | None) -> MlsProfile:
    """The profile of this id; the default for none, and for one that there is no more."""
    found = profiles()
    return found.get(profile_id or DEFAULT) or found[DEFAULT]
