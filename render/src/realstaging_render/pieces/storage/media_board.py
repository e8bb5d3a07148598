"""A bench of one thick board on two blocks, a second board floating below."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import planed
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "scandinavian")
PIECE = Piece("media_board", "media_unit", "Board media bench", 1.7, 0.4, 0.4, ("living_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = planed(look.wood, 0.5)
    builder.box((1.7, 0.4, 0.044), (0, 0, 0.356), timber.across, 0.003)
    for x in (-0.828, 0.828):
        builder.box((0.044, 0.399, 0.358), (x, 0, 0), timber.upright, 0.003)
    builder.box((0.03, 0.36, 0.33), (0.2, 0, 0.03), timber.upright, 0.002)
    builder.box((1.616, 0.37, 0.03), (0, 0.01, 0.1), timber.across, 0.003)
    books(builder, look, rng, (-0.5, 0, 0.13), 4)
    bowl(builder, look, (-0.12, 0, 0.13), 0.12)
    books(builder, look, rng, (0.5, 0, 0.13), 2)
