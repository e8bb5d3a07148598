"""A striped dhurrie for outdoors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.flatweaves import SIZE, striped
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse")
PIECE = Piece("rug_outdoor_dhurrie", "rug", "Outdoor dhurrie", *SIZE, THICK, ("outdoor",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, SIZE, striped(look, rng))
