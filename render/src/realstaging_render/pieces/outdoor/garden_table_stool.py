"""A small garden table of glazed clay, for balconies and beside chairs."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import vase
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "mid_century", "luxury", "contemporary")
PIECE = Piece(
    "garden_table_stool", "outdoor_table", "Ceramic garden stool", 0.42, 0.42, 0.45, ("outdoor",), STYLES, laden=True
)
GLAZED = [
    *((0.15, 0.0), (0.158, 0.006), (0.165, 0.05), (0.2, 0.15), (0.21, 0.225), (0.2, 0.3), (0.168, 0.4)),
    *((0.166, 0.435), (0.155, 0.448), (0.13, 0.45), (0.001, 0.45)),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    builder.lathe(GLAZED, (0, 0, 0), materials.lacquer(rng.choice([look.light, look.second, look.accent]), 0.22))
    vase(builder, look, rng, (0, 0, PIECE.height), 0.14)
