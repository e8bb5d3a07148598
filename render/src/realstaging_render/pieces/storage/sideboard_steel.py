"""A steel cabinet with doors of mesh under a plank."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

ROOMS = ("dining_room", "living_room", "office")
PIECE = Piece("sideboard_steel", "sideboard", "Steel sideboard", 1.5, 0.43, 0.84, ROOMS, ("industrial", "modern"))


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    steel, top = materials.metal((0.03, 0.031, 0.033), 0.42), materials.wood(look.wood, "X", 0.5)
    mesh = materials.webbing((0.06, 0.062, 0.065), pitch=0.012)
    for x in (-0.72, 0.72):
        for y in (-0.185, 0.185):
            builder.box((0.036, 0.036, 0.8), (x, y, 0), steel, 0.002)
    builder.box((1.45, 0.37, 0.64), (0, 0.01, 0.155), steel, 0.003)
    builder.box((1.5, 0.43, 0.045), (0, 0, 0.795), top, 0.005)
    for number in range(3):
        x = -0.47 + 0.47 * number
        for side in (-1, 1):
            builder.box((0.032, 0.022, 0.6), (x + side * 0.209, -0.187, 0.175), steel, 0.002)
            builder.box((0.386, 0.022, 0.032), (x, -0.187, 0.175 if side < 0 else 0.743), steel, 0.002)
        builder.box((0.39, 0.006, 0.54), (x, -0.183, 0.205), mesh, 0.001)
        builder.box((0.012, 0.03, 0.14), (x + 0.19, -0.2, 0.42), materials.metal((0.45, 0.36, 0.22), 0.35), 0.004)
        for z in (0.3, 0.62):
            builder.rod((x - 0.226, -0.2, z), (x - 0.226, -0.2, z + 0.06), 0.007, steel)
