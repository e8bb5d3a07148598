"""A low round garden table cast of concrete."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("industrial", "minimalist", "contemporary")
PIECE = Piece(
    "garden_table_drum", "outdoor_table", "Concrete garden table", 0.76, 0.76, 0.36, ("outdoor",), STYLES, laden=True
)
CAST = [
    *((0.2, 0.0), (0.205, 0.006), (0.2, 0.12), (0.2, 0.2), (0.22, 0.27), (0.27, 0.305)),
    *((0.37, 0.318), (0.38, 0.325), (0.38, 0.353), (0.373, 0.36), (0.001, 0.36)),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pale = tuple(0.36 + 0.3 * c for c in look.light)
    builder.lathe(CAST, (0, 0, 0), materials.lacquer(pale, 0.85), segments=72)
    vase(builder, look, rng, (0.12, 0.1, PIECE.height), 0.18)
    books(builder, look, rng, (-0.12, -0.06, PIECE.height), 2)
