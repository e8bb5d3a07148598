"""A media unit of a wooden sleeve with dark doors on steel sleds."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.sled import sled
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary")
PIECE = Piece("media_sled", "media_unit", "Media unit on a steel sled", 1.8, 0.42, 0.52, ("living_room",), STYLES)
COLUMNS: Columns = ((1.1, ("door",)), (1.0, ("open", "open")), (1.1, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    sled(builder, look, rng, PIECE, COLUMNS)
