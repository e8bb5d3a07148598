"""A lacquered armoire: tall doors with fine brass mouldings and long pulls, on a brass plinth."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.mouldings import moulded
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("wardrobe_brass", "wardrobe", "Lacquered armoire", 1.14, 0.56, 1.95, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    moulded(builder, look, rng, PIECE, COLUMNS)
