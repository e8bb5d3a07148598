"""A kilim of lozenges for outdoors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.flatweaves import SIZE, lozenged
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "mid_century")
PIECE = Piece("rug_outdoor_kilim", "rug", "Outdoor kilim", *SIZE, THICK, ("outdoor",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, SIZE, lozenged(look, rng))
