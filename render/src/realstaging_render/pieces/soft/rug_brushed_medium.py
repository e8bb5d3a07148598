"""A rug in brushed tones, medium."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.flatwoven import brushed
from realstaging_render.pieces.soft.rugs import MEDIUM, MEDIUM_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "modern")
PIECE = Piece("rug_brushed_medium", "rug", "Abstract rug", *MEDIUM, THICK, MEDIUM_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, MEDIUM, brushed(look, rng, MEDIUM))
