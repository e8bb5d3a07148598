"""An upholstered desk chair whose back comes round the sides."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.swivel import padded_arc, star_base
from realstaging_render.shapes import Builder

STYLES = ("luxury", "traditional", "mid_century", "contemporary", "bohemian", "coastal", "farmhouse")
PIECE = Piece("chair_swivel", "office_chair", "Upholstered desk chair", 0.63, 0.63, 0.86, ("office",), STYLES, seats=1)
LEATHER = (0.13, 0.055, 0.025)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal(look.metal, 0.25)
    leather = look.style in {"traditional", "mid_century"}
    cover = materials.lacquer(LEATHER, 0.42) if leather else materials.fabric(look.second, 900, 0.2)
    star_base(builder, steel, 0.285, 0.4)
    builder.lathe([(0.05, 0.37), (0.16, 0.385), (0.17, 0.4)], (0, 0, 0), steel, 32)
    builder.cushion((0.53, 0.53, 0.13), (0, -0.02, 0.385), cover, plump=0.24, rng=rng)
    padded_arc(
        builder, (0.305, 0.295), 2.0, 0.42, lambda s: 0.86 - 0.22 * s**1.6, 0.085, cover, channels=0 if leather else 11
    )
