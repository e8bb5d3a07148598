"""A long low media unit on tapered legs: slatted doors, an open bay and a drawer between them."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.tapered import tapered
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece("media_tapered", "media_unit", "Slatted media unit", 1.8, 0.42, 0.56, ("living_room",), STYLES)
COLUMNS: Columns = ((1.2, ("door",)), (1.3, ("open", "drawer")), (1.2, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, PIECE, COLUMNS, 0.18)
