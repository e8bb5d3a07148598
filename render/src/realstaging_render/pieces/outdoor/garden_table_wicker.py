"""A low round garden table of wicker with a glass top."""

from __future__ import annotations

import random

from realstaging_render.pieces.bending import caged, hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.wicker import rattan
from realstaging_render.pieces.tables.dressing import vase
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "traditional")
PIECE = Piece(
    "garden_table_wicker", "outdoor_table", "Wicker garden table", 0.7, 0.7, 0.42, ("outdoor",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cane = rattan(look)
    waist = [(0.3, 0.02), (0.24, 0.12), (0.215, 0.2), (0.24, 0.3), (0.31, 0.395)]
    caged(builder, waist, (0, 0, 0), cane, ribs=44)
    hoop(builder, (0, 0, 0.018), 0.3, 0.018, cane)
    builder.lathe([(0.33, 0.39), (0.348, 0.398), (0.35, 0.412), (0.342, 0.42), (0.001, 0.42)], (0, 0, 0), cane, 72)
    vase(builder, look, rng, (0.08, 0.06, PIECE.height), 0.18)
