"""A writing table on turned legs: a moulded top, three drawers with drop handles."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import bail, painted, planed
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.pieces.tables.turning import turned_leg
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("desk_turned", "desk", "Turned-leg desk", 1.35, 0.66, 0.77, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = planed(look.wood, 0.32)
    body = painted(look.light, 0.55) if look.style == "farmhouse" else top
    metal = materials.metal(look.metal, 0.28)
    builder.box((1.35, 0.66, 0.026), (0, 0, 0.744), top.across, 0.011)
    builder.box((1.31, 0.62, 0.018), (0, 0, 0.728), body.across, 0.007)
    for x in (-0.6, 0.6):
        for y in (-0.265, 0.265):
            turned_leg(builder, (x, y, 0), 0.73, 0.031, body.upright, 0.135)
    builder.box((1.19, 0.5, 0.11), (0, 0, 0.62), body.across, 0.003)
    for x in (-0.39, 0, 0.39):
        builder.box((0.37, 0.02, 0.1), (x, -0.252, 0.625), body.across, 0.006)
        bail(builder, (x, -0.2625, 0.684), metal, 0.08)
    worked_at(builder, look, rng, 0.675, 0.77)
