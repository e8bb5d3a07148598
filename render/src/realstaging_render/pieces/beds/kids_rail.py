"""A child's bed of plain boards on a recessed plinth, a round-cornered guard along half of one side."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.playthings import ball, rabbit
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece("kids_rail", "kids_bed", "Child's slab bed", 1.07, 2.06, 0.78, ("kids_room",), STYLES, seats=1)
BOARD = 0.028


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    white = look.style == "modern"
    paint = materials.lacquer(look.light, 0.45)
    across, deep = (paint if white else materials.wood(look.wood, along) for along in "XY")
    oak = materials.wood(look.wood, "Y")
    builder.box((0.88, 1.88, 0.09), (0, 0, 0), materials.lacquer((0.02, 0.02, 0.021), 0.6), 0.004)
    builder.box((1.03, 2.0, 0.02), (0, 0, 0.085), deep, 0.003)
    builder.box((1.06, BOARD, 0.7), (0, 1.014, 0.08), across, 0.012)
    builder.box((1.06, BOARD, 0.4), (0, -1.014, 0.08), across, 0.012)
    for x in (-0.516, 0.516):
        builder.box((BOARD, 2.0, 0.24), (x, 0, 0.08), deep, 0.004)
    # The guard: an oak board along the head's half, held off the side by three pegs.
    builder.box((0.022, 0.98, 0.15), (0.516, 0.5, 0.5), oak, 0.01)
    for y in (0.1, 0.5, 0.9):
        builder.box((0.02, 0.06, 0.2), (0.516, y, 0.31), oak, 0.006)
    builder.box((0.94, 0.02, 0.045), (0, 0.994, 0.66), materials.wood(look.wood, "X"), 0.008)
    dress(builder, look, rng, 0.9, 1.95, 0.12, 0.98)
    rabbit(builder, look, (0.12, 0.36, 0.42))
    ball(builder, (-0.3, -0.62, 0.44), 0.07, look.accent)
