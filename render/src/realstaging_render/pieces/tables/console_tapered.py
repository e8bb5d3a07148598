"""A shallow case of three drawers on long tapered legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.tapered import tapered
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_tapered", "console_table", "Drawer console", 1.25, 0.36, 0.8, ROOMS, STYLES)
COLUMNS: Columns = ((1.0, ("drawer",)),) * 3


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, PIECE, COLUMNS, 0.62)
