"""A low garden sofa: a plinth of boards that runs on beside the seat as a table, loose square cushions upon it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import scatter, timber
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.pieces.tables.dressing import bowl
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "contemporary", "scandinavian")
PIECE = Piece("garden_sofa_plinth", "outdoor_sofa", "Plinth garden sofa", 2.1, 0.9, 0.68, ("outdoor",), STYLES, seats=2)
DECK = 0.24
BOARDS = 8
TABLE = 0.38
"""Metres of the plinth that carry no cushion."""


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board, end, upright = timber(look, "X"), timber(look, "Y"), timber(look, "Z")
    builder.box((1.94, 0.74, 0.1), (0, 0, 0), materials.lacquer((0.02, 0.02, 0.021), 0.7), 0.004)
    each = 0.86 / BOARDS
    for number in range(BOARDS):
        y = (number - (BOARDS - 1) / 2) * each
        builder.box((2.06, each - 0.008, 0.024), (0, y, DECK - 0.024), board, 0.004)
    for y in (-0.439, 0.439):
        builder.box((2.1, 0.022, 0.13), (0, y, DECK - 0.132), board, 0.005)
    for x in (-1.039, 1.039):
        builder.box((0.022, 0.856, 0.129), (x, 0, DECK - 0.1315), end, 0.005)
    left, wide = -1.02, 2.06 - TABLE
    middle = left + wide / 2
    for x in (left + 0.1, middle, left + wide - 0.1):
        builder.box((0.05, 0.026, 0.36), (x, 0.41, DECK - 0.02), upright, 0.005)
    for z in (0.33, 0.44, 0.55):
        builder.box((wide - 0.02, 0.02, 0.075), (middle, 0.388, z - 0.035), board, 0.005)
    cloth = materials.fabric(look.light, 450, 0.4)
    half = wide / 2
    for number in range(2):
        x = left + half * (number + 0.5)
        pad(
            builder,
            (half - 0.008, 0.8, 0.17),
            (x, -0.035, DECK + 0.002),
            cloth,
            corner=0.05,
            edge=0.05,
            crown=0.024,
            rng=rng,
        )
        tilt = (78 + rng.uniform(-1.5, 1.5), 0, rng.uniform(-1, 1))
        size = (half - 0.03, 0.38, 0.17)
        pad(builder, size, (x, 0.265, DECK + 0.16), cloth, corner=0.07, edge=0.06, crown=0.03, tilt=tilt, rng=rng)
    scatter(builder, look, rng, 1, (left + 1.0, 0.08, DECK + 0.195))
    with builder.carried():
        second = materials.fabric(look.second, 600, 0.4)
        at = (left + 0.3, 0.06, DECK + 0.215)
        builder.cushion((0.46, 0.46, 0.16), at, second, plump=0.6, tilt=(66, 3, 9), rng=rng)
    bowl(builder, look, (1.02 - TABLE / 2, -0.1, DECK), 0.13)
