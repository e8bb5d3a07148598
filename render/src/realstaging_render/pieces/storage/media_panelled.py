"""A panelled media unit: raised panels either side of an open bay, a moulded top, turned feet."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.panelled import panelled
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
PIECE = Piece("media_panelled", "media_unit", "Panelled media unit", 1.75, 0.46, 0.6, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("open", "drawer")), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, PIECE, COLUMNS)
