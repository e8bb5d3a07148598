"""A dresser with six panelled drawers and drop handles under a moulded top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.panelled import panelled
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
PIECE = Piece("dresser_panelled", "dresser", "Panelled dresser", 1.45, 0.5, 0.88, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer",) * 3), (1.0, ("drawer",) * 3))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, PIECE, COLUMNS)
