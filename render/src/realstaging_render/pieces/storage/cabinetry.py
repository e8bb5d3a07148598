"""Cabinet work: a carcass divided into bays, fronts of several kinds, handles and feet."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled, tube
from realstaging_render.pieces.looks import Colour, Look
from realstaging_render.pieces.storage.shelving import shelf_filled
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder, Point

Kind = Literal["drawer", "door", "open"]
Columns = Sequence[tuple[float, Sequence[Kind]]]
BOARD = 0.022
GAP = 0.003
TALL = 1.0
"""Metres from which a door has a rail across; a wardrobe's doors are as high as four of its drawers, a
bookcase's as two of its shelves."""
LOW = 0.24
THICKEST = 0.034
WOVEN = {"coastal", "farmhouse", "bohemian", "traditional"}
SHADOW = (0.012, 0.01, 0.009)


@dataclass(frozen=True)
class Timber:
    """One wood (or paint) with its grain along each axis of the room."""

    across: Any
    upright: Any
    deep: Any

    def grain(self, bay: Bay) -> Any:
        """The one that runs along a front."""
        return self.upright if bay.height > 1.6 * bay.width else self.across


@dataclass(frozen=True)
class Bay:
    """A compartment: the middle of its underside, its size, the number of its column."""

    x: float
    z: float
    width: float
    height: float
    kind: Kind
    column: int


@dataclass(frozen=True)
class Opening:
    """What a frame leaves open: the height of its lower edge, its size."""

    z: float
    width: float
    height: float


@dataclass(frozen=True)
class Plan:
    """A carcass of ``width`` between the heights ``low`` and ``high``, ``front`` and ``back`` its faces; columns from left to
    right, each with its share of the width and its bays from below.
    """

    width: float
    low: float
    high: float
    front: float
    back: float
    columns: Columns
    board: float = BOARD

    def bays(self) -> Iterator[Bay]:
        """All compartments."""
        total = sum(share for share, _ in self.columns)
        clear = self.width - self.board * (len(self.columns) + 1)
        x = -self.width / 2 + self.board
        for number, (share, kinds) in enumerate(self.columns):
            wide = clear * share / total
            clear_height = self.high - self.low - 2 * self.board
            door = (2.0 if "open" in kinds else 4.0) if clear_height > TALL else 1.0
            heights = [door if kind == "door" else 1.0 for kind in kinds]
            z = self.low + self.board
            for kind, height in zip(kinds, heights, strict=True):
                tall = clear_height * height / sum(heights)
                yield Bay(x + wide / 2, z, wide, tall, kind, number)
                z += tall
            x += wide + self.board


def planed(colour: Colour, gloss: float = 0.4) -> Timber:
    """Wood."""
    return Timber(*(materials.wood(colour, along, gloss) for along in "XZY"))


def painted(colour: Colour, gloss: float = 0.5) -> Timber:
    """Painted wood: no grain."""
    paint = materials.lacquer(colour, gloss)
    return Timber(paint, paint, paint)


def carcass(builder: Builder, plan: Plan, timber: Timber, edge: float = 0.003) -> None:
    """Sides, top, bottom, partitions and back; a dark hollow behind closed bays, so that joints between fronts are dark."""
    deep, y, tall = plan.back - plan.front, (plan.back + plan.front) / 2, plan.high - plan.low
    for z in (plan.low, plan.high - plan.board):
        builder.box((plan.width, deep, plan.board), (0, y, z), timber.across, edge)
    for x in (-1, 1):
        side = x * (plan.width - plan.board) / 2
        builder.box((plan.board, deep - 0.001, tall - 0.003), (side, y, plan.low + 0.0015), timber.upright, edge)
    builder.box(
        (plan.width - plan.board, 0.01, tall - 0.01), (0, plan.back - 0.012, plan.low + 0.005), timber.across, 0.001
    )
    bays = list(plan.bays())
    for before, after in pairwise(bays):
        if after.column != before.column:
            x = after.x - (after.width + plan.board) / 2
            height = tall - 2 * plan.board
            builder.box((plan.board, deep - 0.004, height), (x, y, plan.low + plan.board), timber.upright, 0.002)
        elif "open" in {before.kind, after.kind}:
            size = (after.width, deep - 0.008, plan.board * 0.8)
            builder.box(size, (after.x, y, after.z - plan.board * 0.4), timber.across, 0.002)
    dark = materials.lacquer(SHADOW, 0.9)
    for bay in bays:
        if bay.kind != "open":
            builder.box((bay.width + 0.002, deep - 0.04, bay.height + 0.002), (bay.x, y + 0.012, bay.z), dark, 0.001)


def filled(builder: Builder, look: Look, rng: random.Random, plan: Plan) -> None:
    """Books and things in the open bays; in every other low one a basket or a receiver."""
    kinds = rng.sample([0, 0, 1, 1, 2, 4, 5, 3 if look.style in WOVEN else 0], 8)
    for number, bay in enumerate(bay for bay in plan.bays() if bay.kind == "open"):
        left, right = bay.x - bay.width / 2 + 0.02, bay.x + bay.width / 2 - 0.02
        room, y, z = bay.height - 0.01, (plan.front + plan.back) / 2, bay.z + 0.0005
        if bay.height > LOW:
            shelf_filled(builder, look, rng, left, right, z, room, kinds[number % 8], y)
        elif number % 2 == 0:
            books(builder, look, rng, (bay.x, y, z), max(1, int((room - 0.02) / THICKEST)))
        else:
            with builder.carried():
                _kept_low(builder, look, (bay.x, y, z), (bay.width, bay.height))


def _kept_low(builder: Builder, look: Look, at: Point, room: tuple[float, float]) -> None:
    """What keeps in a low bay of size ``room``: a shallow basket, or a receiver on its feet."""
    x, y, z = at
    if look.style in WOVEN:
        deep = min(0.13, room[0] * 0.4)
        profile = [(deep * 0.9, 0), (deep, 0.03), (deep * 1.02, min(0.14, room[1] * 0.62))]
        coiled(builder, profile, at, materials.wood(CANE, "X", 0.7), 0.014)
        return
    builder.box(
        (min(0.42, room[0] * 0.8), 0.28, 0.065), (x, y, z + 0.008), materials.metal((0.02, 0.02, 0.022), 0.4), 0.003
    )
    for side in (-0.14, 0.14):
        builder.box((0.03, 0.2, 0.01), (x + side, y, z), materials.lacquer(SHADOW, 0.8), 0.002)


def flat(builder: Builder, bay: Bay, face: float, material: Any, edge: float = 0.0025, gap: float = GAP) -> None:
    """A plain front set into its bay; ``face`` is the y of its outside."""
    size = (bay.width - 2 * gap, 0.02, bay.height - 2 * gap)
    builder.box(size, (bay.x, face + 0.01, bay.z + gap), material, edge)


def framed(builder: Builder, bay: Bay, face: float, timber: Timber, stile: float = 0.05) -> list[Opening]:
    """A frame set into its bay, with a rail across a tall door; gives what it leaves open, from below."""
    wide, tall, low = bay.width - 2 * GAP, bay.height - 2 * GAP, bay.z + GAP
    for side in (-1, 1):
        at = (bay.x + side * (wide - stile) / 2, face + 0.01, low)
        builder.box((stile, 0.02, tall), at, timber.upright, 0.0025)
    rails = [0.0, 0.38 * tall, tall - stile] if tall > TALL else [0.0, tall - stile]
    for up in rails:
        builder.box((wide - 2 * stile + 0.002, 0.0195, stile), (bay.x, face + 0.01, low + up), timber.across, 0.0025)
    return [Opening(low + a + stile, wide - 2 * stile, b - a - stile) for a, b in pairwise(rails)]


def panel(builder: Builder, bay: Bay, face: float, timber: Timber, stile: float = 0.05, *, raised: bool = True) -> None:
    """A frame round panels: flat and set back, or raised with a bead round them."""
    for clear in framed(builder, bay, face, timber, stile):
        z, wide, tall = clear.z, clear.width, clear.height
        grain = timber.upright if tall > wide else timber.across
        builder.box((wide + 0.004, 0.008, tall + 0.004), (bay.x, face + 0.016, z - 0.002), grain, 0.001)
        if raised:
            margin = 0.012
            builder.box((wide - 2 * margin, 0.018, tall - 2 * margin), (bay.x, face + 0.0145, z + margin), grain, 0.008)
            _bead(builder, bay.x, face + 0.005, clear, timber.upright)


def _bead(builder: Builder, x: float, y: float, clear: Opening, material: Any) -> None:
    """A round moulding along the four sides of an opening."""
    left, right, low, high = x - clear.width / 2, x + clear.width / 2, clear.z, clear.z + clear.height
    corners = [(left, y, low), (right, y, low), (right, y, high), (left, y, high), (left, y, low)]
    for start, end in pairwise(corners):
        builder.rod(start, end, 0.0055, material)


def caned(builder: Builder, bay: Bay, face: float, timber: Timber, cane: Any, stile: float = 0.034) -> None:
    """A frame filled with woven cane (or mesh)."""
    for clear in framed(builder, bay, face, timber, stile):
        size = (clear.width + 0.004, 0.006, clear.height + 0.004)
        builder.box(size, (bay.x, face + 0.011, clear.z - 0.002), cane, 0.001)


def louvred(builder: Builder, bay: Bay, face: float, timber: Timber, stile: float = 0.045) -> None:
    """A frame filled with slanted slats."""
    dark = materials.lacquer(SHADOW, 0.9)
    for clear in framed(builder, bay, face, timber, stile):
        count = round(clear.height / 0.026)
        each = clear.height / count
        builder.box((clear.width, 0.004, clear.height), (bay.x, face + 0.02, clear.z), dark, 0.001)
        for number in range(count):
            at = (bay.x, face + 0.011, clear.z + each * (number + 0.5) - 0.0035)
            builder.box((clear.width + 0.004, 0.03, 0.007), at, timber.across, 0.003, (38, 0, 0))


def slatted(builder: Builder, bay: Bay, face: float, timber: Timber, pitch: float = 0.028) -> None:
    """A front of upright slats, dark between them."""
    wide, tall = bay.width - 2 * GAP, bay.height - 2 * GAP
    count = round(wide / pitch)
    each = wide / count
    back = (wide, 0.006, tall)
    builder.box(back, (bay.x, face + 0.018, bay.z + GAP), materials.lacquer(SHADOW, 0.9), 0.001)
    for number in range(count):
        x = bay.x - wide / 2 + each * (number + 0.5)
        builder.box((each * 0.66, 0.015, tall), (x, face + 0.0075, bay.z + GAP), timber.upright, 0.003)


def carved(builder: Builder, bay: Bay, face: float, timber: Timber, stile: float = 0.045, cell: float = 0.07) -> None:
    """A frame round a carved panel: lozenges in rows, a bud in each."""
    for clear in framed(builder, bay, face, timber, stile):
        ground = (clear.width + 0.004, 0.008, clear.height + 0.004)
        builder.box(ground, (bay.x, face + 0.016, clear.z - 0.002), timber.upright, 0.001)
        columns, rows = max(1, round(clear.width / cell)), max(1, round(clear.height / cell))
        wide, tall = clear.width / columns, clear.height / rows
        for column in range(columns):
            for row in range(rows):
                x = bay.x - clear.width / 2 + wide * (column + 0.5)
                z = clear.z + tall * (row + 0.5)
                side = min(wide, tall) * 0.64
                builder.box((side, 0.012, side), (x, face + 0.012, z - side / 2), timber.across, 0.005, (0, 45, 0))
                builder.rod((x, face + 0.008, z), (x, face + 0.002, z), side * 0.26, timber.upright, side * 0.1)


def opening_side(bay: Bay) -> int:
    """Where a door's handle is: doors of a pair meet, so columns alternate."""
    return 1 if bay.column % 2 == 0 else -1


def knob(builder: Builder, at: Point, metal: Any, radius: float = 0.013) -> None:
    """A round knob that stands out towards the front; ``at`` is its middle on the front's face."""
    x, y, z = at
    builder.rod((x, y + 0.002, z), (x, y - 0.011, z), radius * 0.45, metal)
    builder.rod((x, y - 0.009, z), (x, y - 0.018, z), radius * 0.8, metal, radius)
    builder.rod((x, y - 0.018, z), (x, y - 0.022, z), radius, metal, radius * 0.7)


def bar(builder: Builder, at: Point, length: float, metal: Any, *, upright: bool = False) -> None:
    """A slim bar on two posts."""
    x, y, z = at
    along = (0.0, length / 2) if upright else (length / 2, 0.0)
    ends = [(x + s * along[0], y - 0.018, z + s * along[1]) for s in (-1, 1)]
    builder.rod(ends[0], ends[1], 0.005, metal)
    for s in (-0.8, 0.8):
        post = (x + s * along[0], y, z + s * along[1])
        builder.rod(post, (post[0], y - 0.018, post[2]), 0.004, metal)


def tapered_feet(
    builder: Builder, half: tuple[float, float], tall: float, material: Any, splay: float = 0.03, tip: Any = None
) -> None:
    """Four turned feet under the corners ``half`` (x, y) that spread outwards, thinner downwards; ``tip`` is a ferrule's metal."""
    for x in (-1, 1):
        for y in (-1, 1):
            head = (x * (half[0] - splay), y * (half[1] - splay), tall + 0.004)
            foot = (x * half[0], y * half[1], 0.0)
            builder.rod(foot, head, 0.011, material, 0.02)
            if tip is not None:
                cuff = tuple(a + (b - a) * 0.22 for a, b in zip(foot, head, strict=True))
                builder.rod(foot, (cuff[0], cuff[1], cuff[2]), 0.0118, tip, 0.0138)


def cup(builder: Builder, at: Point, metal: Any, width: float = 0.085) -> None:
    """A bin pull: a quarter of a hollow ball, open below; ``at`` is the middle of its lower edge on the front's face."""
    around, down = np.meshgrid(np.linspace(0, math.pi, 17), np.linspace(0.02, math.pi / 2, 8), indexing="ij")
    across = np.cos(around) * np.sin(down) * width / 2
    out = np.sin(around) * np.sin(down) * 0.024
    points = np.stack([at[0] + across, at[1] - out, at[2] + 0.03 * np.cos(down)], axis=-1)
    builder.sheet(points, metal)
    builder.box((width + 0.012, 0.003, 0.034), (at[0], at[1] - 0.001, at[2]), metal, 0.001)


def bail(builder: Builder, at: Point, metal: Any, width: float = 0.085) -> None:
    """A drop handle: a bow that hangs between two rosettes."""
    x, y, z = at
    half = width / 2
    bow = [(-half, 0.0), (-half * 0.96, -0.014), (-half * 0.6, -0.027), (0.0, -0.031)]
    bow += [(-side, up) for side, up in bow[-2::-1]]
    tube(builder, [(x + side, y - 0.013, z + up) for side, up in bow], 0.0032, metal, sides=8, steps=3)
    for side in (-half, half):
        builder.rod((x + side, y + 0.001, z), (x + side, y - 0.004, z), 0.013, metal, 0.009)
        builder.rod((x + side, y - 0.003, z), (x + side, y - 0.017, z), 0.0055, metal)
