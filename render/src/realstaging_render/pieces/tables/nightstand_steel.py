"""A bedside table in a steel frame: a plank drawer with a card holder over an open shelf."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import steel
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece(
    "nightstand_steel", "nightstand", "Steel-framed nightstand", 0.5, 0.42, 0.6, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("open", "drawer")),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS)
