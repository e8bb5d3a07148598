"""A lacquered media unit: four doors with fine brass mouldings, on a brass plinth."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.mouldings import moulded
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("media_brass", "media_unit", "Lacquered media unit", 1.8, 0.44, 0.52, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)),) * 4


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    moulded(builder, look, rng, PIECE, COLUMNS)
