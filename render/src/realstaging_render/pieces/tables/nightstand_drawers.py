"""A nightstand with two drawers."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury", "modern")
PIECE = Piece("nightstand_drawers", "nightstand", "Nightstand", 0.5, 0.42, 0.56, ("bedroom", "kids_room"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    timber, handle = materials.wood(look.wood, "X"), materials.metal(look.metal, 0.3)
    legs(builder, look, 0.5, 0.4, 0.12, 0.05)
    builder.box((0.5, 0.4, 0.44), (0, 0.01, 0.12), timber, 0.01 + 0.008 * look.curve)
    for z in (0.145, 0.35):
        builder.box((0.46, 0.02, 0.185), (0, -0.2, z), timber, 0.005)
        builder.rod((-0.06, -0.2, z + 0.12), (0.06, -0.2, z + 0.12), 0.006, handle)
