"""An open shoe rack: planks on a frame of pipe, a basket on top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import pair_of_shoes
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse", "bohemian", "scandinavian", "coastal")
PIECE = Piece("shoes_open", "shoe_rack", "Shoe rack", 0.84, 0.33, 0.66, ("entryway",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    dark = look.style in {"industrial", "farmhouse"}
    post = materials.metal((0.03, 0.03, 0.032), 0.4) if dark else materials.wood(look.wood, "Z")
    board = materials.wood(look.wood, "X")
    for x in (-0.4, 0.4):
        for y in (-0.135, 0.135):
            builder.rod((x, y, 0), (x, y, 0.645), 0.0135, post)
        for z in (0.09, 0.355):
            builder.rod((x, -0.135, z), (x, 0.135, z), 0.011, post)
    for z in (0.1, 0.365):
        for y in (-0.105, 0.0, 0.105):
            builder.box((0.81, 0.09, 0.018), (0, y, z), board, 0.004)
        for x in (-0.26, 0.0, 0.26):
            pair_of_shoes(builder, rng, (x, 0, z + 0.018))
    builder.box((0.84, 0.33, 0.024), (0, 0, 0.636), board, 0.006)
    with builder.carried():
        coiled(builder, [(0.1, 0), (0.125, 0.04), (0.125, 0.12)], (-0.24, 0, 0.66), materials.wood(CANE, "X", 0.7))
