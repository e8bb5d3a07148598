"""Two coiled baskets full of toys, a third small one."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.playthings import ball, blocks, rabbit
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "bohemian", "coastal", "farmhouse", "contemporary", "traditional", "minimalist")
PIECE = Piece("toys_baskets", "toy_storage", "Toy baskets", 0.92, 0.46, 0.4, ("kids_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    straw, pale = materials.wood(CANE, "X", 0.8), materials.fabric(look.light, 300, 0.6)
    coiled(builder, [(0.18, 0), (0.22, 0.08), (0.228, 0.22), (0.205, 0.4)], (-0.232, 0, 0), straw, 0.022)
    coiled(builder, [(0.16, 0), (0.19, 0.06), (0.19, 0.2), (0.18, 0.29)], (0.2, 0.03, 0), pale, 0.02)
    coiled(builder, [(0.085, 0), (0.1, 0.03), (0.1, 0.11), (0.095, 0.15)], (0.36, -0.13, 0), straw, 0.014)
    rabbit(builder, look, (-0.23, -0.02, 0.24), 0.42)
    for x, y, z, radius, colour in (
        (-0.35, 0.05, 0.3, 0.075, look.accent),
        (-0.13, 0.08, 0.31, 0.06, look.second),
        (0.15, 0.07, 0.17, 0.085, look.second),
        (0.26, -0.03, 0.2, 0.07, look.accent),
        (0.16, -0.06, 0.2, 0.05, look.wood),
    ):
        ball(builder, (x, y, z), radius, colour)
    blocks(builder, look, rng, (0.3, -0.13, 0.1), 5)
