"""A toy chest to sit on, a rabbit and a ball upon it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.playthings import ball, blocks, rabbit
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "mid_century", "industrial", "modern", "farmhouse", "coastal")
PIECE = Piece("toys_chest", "toy_storage", "Toy chest", 0.96, 0.44, 0.48, ("kids_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    painted = look.style in {"traditional", "luxury", "coastal", "modern"}
    paint = materials.lacquer(look.light, 0.45)
    board, stile = (paint if painted else materials.wood(look.wood, along) for along in "XZ")
    steel = materials.metal(look.metal, 0.3)
    for x in (-0.43, 0.43):
        for y in (-0.17, 0.18):
            builder.lathe([(0.018, 0), (0.03, 0.02), (0.026, 0.06)], (x, y, 0), materials.wood(look.wood, "Z"), 28)
    builder.box((0.93, 0.4, 0.34), (0, 0.01, 0.055), board, 0.006)
    for side in (-0.44, -0.147, 0.147, 0.44):
        builder.box((0.05, 0.016, 0.33), (side, -0.196, 0.06), stile, 0.003)
    for z in (0.06, 0.345):
        builder.box((0.93, 0.014, 0.045), (0, -0.195, z), board, 0.003)
    builder.box((0.96, 0.44, 0.026), (0, 0, 0.396), board, 0.008)
    builder.cushion((0.92, 0.41, 0.065), (0, 0, 0.415), materials.fabric(look.second), plump=0.14, rng=rng)
    for x in (-0.468, 0.468):
        builder.rod((x, -0.06, 0.26), (x, 0.06, 0.26), 0.008, steel)
    rabbit(builder, look, (-0.3, 0.06, 0.465), 0.36)
    ball(builder, (0.12, 0.06, 0.474), 0.07, look.accent)
    blocks(builder, look, rng, (0.27, -0.02, 0.472), 4)
