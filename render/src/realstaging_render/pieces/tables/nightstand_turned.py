"""A bedside table on turned legs: a moulded top, a drawer with a brass knob, a shelf between the legs."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import knob, painted, planed
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.pieces.tables.turning import turned_leg
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("nightstand_turned", "nightstand", "Turned-leg nightstand", 0.54, 0.42, 0.66, ("bedroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = planed(look.wood, 0.35)
    body = painted(look.light, 0.55) if look.style == "farmhouse" else top
    builder.box((0.54, 0.42, 0.024), (0, 0, 0.636), top.across, 0.01)
    builder.box((0.515, 0.395, 0.016), (0, 0, 0.622), body.across, 0.006)
    for x in (-0.215, 0.215):
        for y in (-0.155, 0.155):
            turned_leg(builder, (x, y, 0), 0.625, 0.026, body.upright, 0.17)
        builder.box((0.022, 0.27, 0.15), (x, 0, 0.473), body.deep, 0.003)
    builder.box((0.39, 0.022, 0.15), (0, 0.16, 0.473), body.across, 0.003)
    builder.box((0.386, 0.26, 0.14), (0, 0, 0.475), body.across, 0.002)
    builder.box((0.372, 0.03, 0.13), (0, -0.157, 0.484), body.across, 0.006)
    knob(builder, (0, -0.172, 0.549), materials.metal(look.metal, 0.28), 0.015)
    builder.box((0.44, 0.32, 0.02), (0, 0, 0.132), top.across, 0.006)
    books(builder, look, rng, (0, 0, 0.152), 4)
