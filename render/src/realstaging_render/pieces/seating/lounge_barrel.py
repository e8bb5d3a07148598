"""A barrel chair on a turning foot: one smooth shell, lower towards the hands, and a round seat."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import channelled, pad, round_three_sides, surround
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury")
PIECE = Piece(
    "lounge_barrel",
    "accent_chair",
    "Barrel chair",
    0.76,
    0.76,
    0.74,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth = materials.fabric(look.accent if look.style == "luxury" else look.second, 1000, 0.25)
    foot = materials.metal(look.metal, 0.25) if look.legs == "metal" else materials.wood(look.wood, "X", 0.35)
    line = round_three_sides(PIECE.width - 0.004, PIECE.depth - 0.06, PIECE.width / 2 - 0.01)
    line[:, 1] += 0.028
    low = 0.12

    def section(share: float) -> list[tuple[float, float]]:
        top, thin = PIECE.height - 0.15 * share**1.8, 0.105
        inside = [(-thin, low), (-thin, 0.42), (-thin + 0.015, top - 0.05), (-thin + 0.035, top - 0.012)]
        return [*inside, (-thin / 2, top), (-0.025, top - 0.012), (-0.004, top - 0.045), (0, top - 0.09), (-0.03, low)]

    rolls = channelled(0.075, 1.0 - low, 1.5, 0.006) if look.style == "luxury" else None
    surround(builder, line, section, cloth, rolls, soft=0.045)
    builder.lathe(
        [(0.26, 0), (0.265, 0.004), (0.265, 0.014), (0.25, 0.02), (0.05, 0.03), (0.04, 0.1), (0.2, 0.122)],
        (0, 0.01, 0),
        foot,
        64,
    )
    inner, deep = PIECE.width - 0.2, PIECE.depth - 0.135
    shape = {"corner": inner / 2, "front": 0.2, "rng": rng}
    pad(builder, (inner + 0.02, deep, 0.17), (0, -0.065, low), cloth, edge=0.03, crown=0.0, **shape)
    pad(
        builder,
        (inner, deep + 0.01, 0.16),
        (0, -0.07, low + 0.165),
        cloth,
        edge=0.055,
        crown=0.03,
        bulge=0.008,
        welt=cloth,
        **shape,
    )
