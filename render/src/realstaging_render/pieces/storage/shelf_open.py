"""An open bookshelf, filled."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("modern", "scandinavian", "minimalist", "industrial")
ROOMS = ("living_room", "office", "bedroom")
PIECE = Piece("shelf_open", "bookshelf", "Bookshelf", 0.9, 0.32, 1.85, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X")
    post = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    for x in (-0.435, 0.435):
        for y in (-0.145, 0.145):
            builder.box((0.03, 0.03, 1.85), (x, y, 0), post, 0.004)
    for number, z in enumerate((0.12, 0.55, 0.98, 1.41, 1.8)):
        builder.box((0.9, 0.32, 0.028), (0, 0, z), board, 0.004)
        if number == 4:
            continue
        x = -0.38
        while x < rng.uniform(-0.05, 0.15):
            thick, tall = rng.uniform(0.022, 0.045), rng.uniform(0.2, 0.29)
            colour = rng.choice([look.light, look.accent, look.second, (0.05, 0.05, 0.055), (0.5, 0.46, 0.4)])
            builder.box((thick, 0.2, tall), (x + thick / 2, 0.01, z + 0.028), materials.lacquer(colour, 0.65), 0.003)
            x += thick + 0.002
        spot = (0.27, 0, z + 0.028)
        if number % 3 == 0:
            books(builder, look, rng, spot, 3)
        elif number % 3 == 1:
            vase(builder, look, rng, spot, 0.16)
        else:
            bowl(builder, look, spot, 0.11)
