"""A small table of two tiers on turned legs, a drawer under its moulded top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import bail, planed
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.pieces.tables.turning import turned_leg
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
PIECE = Piece("side_tier", "side_table", "Two-tier side table", 0.54, 0.5, 0.6, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = planed(look.wood, 0.3)
    builder.box((0.54, 0.5, 0.024), (0, 0, 0.576), timber.across, 0.01)
    builder.box((0.51, 0.47, 0.016), (0, 0, 0.562), timber.across, 0.006)
    for x in (-0.21, 0.21):
        for y in (-0.19, 0.19):
            turned_leg(builder, (x, y, 0), 0.565, 0.027, timber.upright, 0.12)
        builder.box((0.022, 0.34, 0.1), (x, 0, 0.463), timber.deep, 0.003)
    builder.box((0.38, 0.34, 0.096), (0, 0.01, 0.465), timber.across, 0.002)
    builder.box((0.362, 0.03, 0.086), (0, -0.186, 0.471), timber.across, 0.006)
    bail(builder, (0, -0.2015, 0.524), materials.metal(look.metal, 0.28), 0.08)
    builder.box((0.45, 0.41, 0.02), (0, 0, 0.13), timber.across, 0.006)
    books(builder, look, rng, (0, 0, 0.15), 4)
