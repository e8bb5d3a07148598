"""A tall étagère: a slim metal frame, shelves of glass or wood, few things on each."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.shelving import shelf_filled
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern")
PIECE = Piece(
    "shelf_etagere", "bookshelf", "Étagère", 0.96, 0.38, 1.92, ("living_room", "office", "dining_room"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass = materials.metal(look.metal, 0.25)
    glazed = look.style in {"luxury", "modern"}
    plate = materials.glass() if glazed else materials.wood(look.wood, "X")
    for x in (-0.465, 0.465):
        for y in (-0.175, 0.175):
            builder.box((0.026, 0.026, 1.9), (x, y, 0), brass, 0.003)
            builder.lathe([(0.016, 0), (0.02, 0.012), (0.001, 0.022)], (x, y, 1.898), brass, 20)
    kinds = rng.sample([1, 2, 4, 5, 0], 5)
    for number, z in enumerate((0.12, 0.55, 0.98, 1.41, 1.84)):
        for y in (-0.175, 0.175):
            builder.box((0.91, 0.018, 0.022), (0, y, z - 0.014), brass, 0.002)
        for x in (-0.465, 0.465):
            builder.box((0.018, 0.33, 0.022), (x, 0, z - 0.014), brass, 0.002)
        builder.box((0.9, 0.34, 0.012), (0, 0, z + 0.009), plate, 0.002)
        if z < 1.8:
            shelf_filled(builder, look, rng, -0.42, 0.42, z + 0.0215, 0.4, kinds[number])
