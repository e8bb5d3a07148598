"""Shelves of planks on uprights of steel pipe, braced at the back."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.shelving import shelf_filled
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
ROOMS = ("living_room", "office", "bedroom")
PIECE = Piece("shelf_pipe", "bookshelf", "Pipe and plank shelf", 1.2, 0.36, 1.95, ROOMS, STYLES)
DECKS = (0.16, 0.6, 1.04, 1.48, 1.906)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron = materials.metal((0.04, 0.04, 0.043), 0.4)
    for z in DECKS:
        for y in (-0.0905, 0.0905):
            plank = materials.wood(tuple(c * rng.uniform(0.86, 1.12) for c in look.wood), "X", 0.6)
            builder.box((1.2, 0.179, 0.042), (0, y, z), plank, 0.006)
    for x in (-0.5, 0.5):
        for y in (-0.13, 0.13):
            flange(builder, (x, y, 0), iron)
            builder.rod((x, y, 0.01), (x, y, 1.91), 0.0165, iron)
            for z in DECKS:
                builder.lathe(
                    [(0.017, 0), (0.0245, 0.004), (0.0245, 0.024), (0.017, 0.026)], (x, y, z - 0.026), iron, 24
                )
        for z in DECKS[:-1]:
            builder.rod((x, -0.13, z + 0.2), (x, 0.13, z + 0.2), 0.0165, iron)
    for z in (DECKS[0] + 0.2, DECKS[3] + 0.2):
        builder.rod((-0.5, 0.13, z), (0.5, 0.13, z), 0.0165, iron)
    kinds = rng.sample([0, 1, 4, 5], 4)
    for z, kind in zip(DECKS, kinds, strict=False):
        shelf_filled(builder, look, rng, -0.46, 0.46, z + 0.0425, 0.38, kind, -0.02)
