"""A small round table on one foot, for two at breakfast."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("traditional", "contemporary", "coastal", "luxury")
PIECE = Piece(
    "breakfast_round", "dining_table", "Round breakfast table", 0.8, 0.8, 0.75, ("kitchen",), STYLES, laden=True
)
FOOT = [
    (0.25, 0),
    (0.255, 0.008),
    (0.22, 0.02),
    (0.06, 0.035),
    (0.035, 0.08),
    (0.032, 0.6),
    (0.05, 0.69),
    (0.16, 0.726),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    metal = look.legs == "metal"
    foot = materials.metal(look.metal, 0.4) if metal else materials.wood(look.wood, "Z")
    builder.lathe(FOOT, (0, 0, 0), foot, segments=64)
    top = [(0.3, 0.725), (0.388, 0.727), (0.4, 0.735), (0.4, 0.744), (0.394, 0.75), (0.001, 0.75)]
    marble = materials.lacquer((0.74, 0.73, 0.7), 0.2)
    builder.lathe(top, (0, 0, 0), marble if metal else materials.wood(look.wood, "X"), segments=96)
    vase(builder, look, rng, (0.08, 0.1, PIECE.height), 0.16)
    bowl(builder, look, (-0.13, -0.06, PIECE.height), 0.1)
