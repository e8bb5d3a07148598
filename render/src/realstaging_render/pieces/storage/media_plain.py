"""A long low media unit without handles that seems to float."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.plain import plain
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "scandinavian")
PIECE = Piece("media_plain", "media_unit", "Floating media unit", 2.0, 0.42, 0.42, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("open",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    plain(builder, look, rng, PIECE, COLUMNS, 0.09)
