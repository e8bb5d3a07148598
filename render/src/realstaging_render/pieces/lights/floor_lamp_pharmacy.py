"""A reading lamp of brass: a stem that slides, an arm, a tent of metal over the bulb."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS
from realstaging_render.pieces.lights.tent import tent
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "industrial")
PIECE = Piece("floor_lamp_pharmacy", "floor_lamp", "Pharmacy lamp", 0.44, 0.25, 1.25, FLOOR_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    brass = materials.metal(look.metal, 0.28)
    foot = [(0.12, 0), (0.124, 0.005), (0.12, 0.016), (0.06, 0.026), (0.022, 0.04), (0.014, 0.07), (0.011, 0.08)]
    builder.lathe([*foot, (0.011, 0.72), (0.016, 0.725), (0.016, 0.75), (0.0075, 0.755)], (-0.094, 0, 0), brass)
    builder.rod((-0.094, 0, 0.74), (-0.094, 0, 1.25), 0.0075, brass)
    tent(builder, (-0.094, 0, 1.22), 0.25, brass)
