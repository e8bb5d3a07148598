"""A desk with three cane drawers on splayed legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.caned import caned
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "mid_century")
PIECE = Piece("desk_cane", "desk", "Cane desk", 1.3, 0.6, 0.76, ("office", "kids_room"), STYLES, laden=True)
COLUMNS: Columns = ((1.0, ("drawer",)),) * 3


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, PIECE, COLUMNS, 0.6)
    worked_at(builder, look, rng, 0.65, 0.76)
