"""A lacquered dresser: six drawers with fine brass mouldings and knobs, on a brass plinth."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.mouldings import moulded
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("dresser_brass", "dresser", "Lacquered dresser", 1.45, 0.48, 0.8, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer",) * 3), (1.0, ("drawer",) * 3))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    moulded(builder, look, rng, PIECE, COLUMNS)
