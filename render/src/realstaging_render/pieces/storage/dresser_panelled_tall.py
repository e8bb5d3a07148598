"""A tall chest of five panelled drawers with drop handles."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.panelled import panelled
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
PIECE = Piece("dresser_panelled_tall", "dresser", "Tallboy", 0.95, 0.5, 1.22, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer",) * 5),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, PIECE, COLUMNS)
