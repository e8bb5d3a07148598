"""Basil in a pot."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.small import herbs
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "scandinavian", "coastal", "contemporary", "traditional", "bohemian", "modern")
PIECE = Piece("plant_small_herbs", "plant_small", "Basil", 0.18, 0.18, 0.24, ("kitchen",), STYLES, mount="surface")


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    herbs(builder, look, rng)
