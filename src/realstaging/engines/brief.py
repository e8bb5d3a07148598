"""What an engine is told, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from realstaging.fidelity.report import Operation


class RoomType(StrEnum):
    """What the room is to become."""

    LIVING_ROOM = "living_room"
    BEDROOM = "bedroom"
    KITCHEN = "kitchen"
    BATHROOM = "bathroom"
    DINING_ROOM = "dining_room"
    OFFICE = "office"
    ENTRYWAY = "entryway"
    OUTDOOR = "outdoor"
    KIDS_ROOM = "kids_room"


class Style(StrEnum):
    """How the furniture is to look."""

    MODERN = "modern"
    CONTEMPORARY = "contemporary"
    TRADITIONAL = "traditional"
    INDUSTRIAL = "industrial"
    SCANDINAVIAN = "scandinavian"
    COASTAL = "coastal"
    FARMHOUSE = "farmhouse"
    MID_CENTURY = "mid_century"
    LUXURY = "luxury"
    MINIMALIST = "minimalist"
    BOHEMIAN = "bohemian"


Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Point = tuple[Share, Share]
Polygon = Annotated[tuple[Point, ...], msgspec.Meta(min_length=3, max_length=32)]


class Corrections(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a person knows better than the room reading. Points are shares of the picture, 0–1 from the top left."""

    floor_corners: Annotated[tuple[Point, ...], msgspec.Meta(max_length=8)] = ()
    metres_per_unit: Annotated[float, msgspec.Meta(gt=0, le=100)] | None = None
    keep_clear: Annotated[tuple[Polygon, ...], msgspec.Meta(max_length=16)] = ()
    ceiling_height: Annotated[float, msgspec.Meta(ge=1.5, le=15)] | None = None
    """In metres; gives the room its scale where ``metres_per_unit`` does not."""


class Brief(msgspec.Struct, frozen=True):
    """One staging as an engine sees it. The same brief and photo give the same picture."""

    room_type: RoomType
    style: Style
    """Of no use where nothing is added."""
    seed: int = 0
    operation: Operation = Operation.STAGE
    instructions: str = ""
    """What a person would like besides, in their own words; for engines that understand words."""
    corrections: Corrections | None = None
    plan: dict[str, Any] | None = None
    """A plan saved from an earlier result, to be rendered again instead of planned anew."""
    request_key: str = ""
    """Names this request across calls: an engine that pays others goes on with what an earlier call began, and pays once."""
    settings: dict[str, Any] | None = None
    """How the engine was set up when the staging was requested, where it can be set up."""


class Progress(msgspec.Struct, frozen=True):
    """A step an engine has reached: ``share`` runs from 0 to 1, ``step`` is a word such as ``reading_room``.

    ``preview`` names a draft picture (JPEG) the engine has written, where it makes one.
    """

    step: str
    share: float
    preview: Path | None = None


class Staged(msgspec.Struct, frozen=True):
    """What an engine made. The picture itself (lossless PNG, upright, the photo's pixel size) is at the path it was given."""

    engine: str
    seed: int
    seconds: float
    width: int
    height: int
    untouched_share: float
    """Share of pixels (0–1) byte-identical to the decoded upright photo."""
    confidence: float
    warnings: tuple[str, ...] = ()
    plan: dict[str, Any] | None = None
    """What stands where, from an engine that plans."""
    made_by: dict[str, Any] | None = None
    """The model that was asked, and how, by an engine that asks one."""


OnProgress = Callable[[Progress], None]


class Prediction(msgspec.Struct, frozen=True):
    """What will become of a photo that an engine has read, before anything is asked for. Reasons are whole sentences."""

    stageable: Literal["yes", "with_corrections", "no"]
    """``with_corrections``: where somebody checks, or sets by hand, what could not be read for sure."""
    refused: bool = False
    """Whether staging will be refused in every room type, as long as nothing is corrected."""
    reasons: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    """What was made out of the room: its size, windows, doors."""
    room_type: RoomType | None = None
    """What the room looks like; None where that can't be told."""
    unfit: dict[RoomType, str] = {}
    """Room types that were tried on paper and would be refused, each with its reason. Others were not tried, or fit."""
