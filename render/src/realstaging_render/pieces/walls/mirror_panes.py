"""A mirror in a wooden or steel window: twelve panes between bars."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "industrial", "coastal")
ROOMS = ("entryway", "bedroom", "living_room", "dining_room")
PIECE = Piece("mirror_panes", "mirror", "Window mirror", 0.76, 0.035, 1.0, ROOMS, STYLES, mount="wall")


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    if look.style == "industrial":
        wide, frame = 0.022, materials.metal(look.metal, 0.45)
        across = upright = frame
    else:
        wide, across, upright = 0.045, materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    builder.box((0.74, 0.006, 0.98), (0, 0.012, 0.01), materials.mirror(), 0.001)
    for x in (-1, 1):
        builder.box((wide, 0.035, 1.0), (x * (0.76 - wide) / 2, 0, 0), upright, 0.004)
    for z in (0.0, 1.0 - wide):
        builder.box((0.76 - wide, 0.033, wide), (0, 0, z), across, 0.004)
    slim = wide * 0.45
    for x in (-0.125, 0.125):
        builder.box((slim, 0.024, 0.99), (x, 0, 0.005), upright, 0.003)
    for z in (0.25, 0.5, 0.75):
        builder.box((0.75, 0.022, slim), (0, 0, z - slim / 2), across, 0.003)
