"""A painted bedside table: a drawer with a cup handle over an open bay, an oiled top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.painted import country
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
PIECE = Piece(
    "nightstand_painted", "nightstand", "Painted nightstand", 0.52, 0.42, 0.62, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("open", "drawer")),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    country(builder, look, rng, PIECE, COLUMNS)
