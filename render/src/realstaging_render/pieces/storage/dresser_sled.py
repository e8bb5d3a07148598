"""A dresser of a wooden sleeve with six dark drawers on steel sleds."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.sled import sled
from realstaging_render.shapes import Builder

STYLES = ("modern",)
PIECE = Piece("dresser_sled", "dresser", "Dresser on a steel sled", 1.4, 0.46, 0.8, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer",) * 3), (1.0, ("drawer",) * 3))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    sled(builder, look, rng, PIECE, COLUMNS)
