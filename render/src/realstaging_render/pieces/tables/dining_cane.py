"""A round table on a drum of canes, laid for four."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.drums import cane_drum
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("coastal", "bohemian")
PIECE = Piece(
    "dining_cane", "dining_table", "Cane drum dining table", 1.25, 1.25, 0.75, ("dining_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cane_drum(builder, look, 0.34, 0.718)
    top = [(0.57, 0), (0.615, 0.008), (0.625, 0.016), (0.624, 0.03), (0.618, 0.034), (0.003, 0.034)]
    builder.lathe(top, (0, 0, 0.716), materials.wood(look.wood, "X", 0.5), 96)
    laid(builder, look, rng, 0.75, [(-0.4, 0), (0.4, 0), (0, -0.4), (0, 0.4)])
    centre(builder, look, rng, 0.75, 1.2)
