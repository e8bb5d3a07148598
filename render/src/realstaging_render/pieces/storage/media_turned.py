"""A low media table on turned legs: two panelled drawers under a moulded top, a deck with books and a basket."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns, Plan, bail, carcass, painted, panel, planed
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.pieces.tables.turning import turned_leg
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("media_turned", "media_unit", "Turned-leg media table", 1.5, 0.44, 0.6, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("drawer",)),) * 3


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = planed(look.wood, 0.32)
    body = painted(look.light, 0.55) if look.style == "farmhouse" else top
    brass = materials.metal(look.metal, 0.28)
    builder.box((1.5, 0.44, 0.026), (0, 0, 0.574), top.across, 0.011)
    builder.box((1.46, 0.405, 0.018), (0, 0, 0.558), body.across, 0.007)
    for x in (-0.69, 0, 0.69):
        for y in (-0.16, 0.16):
            turned_leg(builder, (x, y, 0), 0.4, 0.03, body.upright, 0.06)
    plan = Plan(1.44, 0.385, 0.562, -0.19, 0.2, COLUMNS)
    carcass(builder, plan, body)
    for bay in plan.bays():
        panel(builder, bay, -0.193, body, 0.026)
        bail(builder, (bay.x, -0.1935, bay.z + bay.height / 2 + 0.012), brass, 0.08)
    builder.box((1.4, 0.36, 0.022), (0, 0, 0.1), top.across, 0.006)
    books(builder, look, rng, (-0.36, 0, 0.122), 4)
    with builder.carried():
        coiled(builder, [(0.12, 0), (0.14, 0.05), (0.14, 0.15)], (0.36, 0, 0.122), materials.wood(CANE, "X", 0.7))
