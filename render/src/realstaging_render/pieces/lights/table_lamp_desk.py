"""A jointed desk lamp."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.reading import reading_lamp
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial", "modern", "scandinavian", "mid_century", "minimalist")
PIECE = Piece(
    "table_lamp_desk", "table_lamp", "Desk lamp", 0.37, 0.18, 0.46, ("bedroom",), STYLES, mount="surface", on="desk"
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    reading_lamp(builder, look, (-0.087, 0, 0))
