"""A bedside table of a wooden sleeve with two dark drawers on a steel sled."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.sled import sled
from realstaging_render.shapes import Builder

STYLES = ("modern",)
PIECE = Piece(
    "nightstand_sled", "nightstand", "Nightstand on a steel sled", 0.5, 0.42, 0.54, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("drawer", "drawer")),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    sled(builder, look, rng, PIECE, COLUMNS)
