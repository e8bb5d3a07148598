"""A café stool of pressed steel, for a bar."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import BAR, sheet_steel
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse", "modern")
PIECE = Piece("stool_steel_bar", "bar_stool", "Steel café bar stool", 0.44, 0.44, 0.750, ("kitchen",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    sheet_steel(builder, look, BAR)
