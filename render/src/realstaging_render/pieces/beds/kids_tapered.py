"""A child's bed on splayed, tapered legs, its head of slats in a frame with round shoulders."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import tapered_feet
from realstaging_render.pieces.storage.playthings import rabbit
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece(
    "kids_tapered", "kids_bed", "Child's bed on tapered legs", 1.05, 2.05, 0.94, ("kids_room",), STYLES, seats=1
)
SLATS = 13
SHOULDER = 0.14


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    across, upright, deep = (materials.wood(look.wood, along) for along in "XZY")
    for y, top in ((1.0, 0.92), (-1.0, 0.52)):
        turn = np.linspace(0, math.pi / 2, 7)
        left = [(-0.5 + SHOULDER * (1 - math.cos(a)), y, top - SHOULDER * (1 - math.sin(a))) for a in turn]
        path = [(-0.5, y, 0.26), (-0.5, y, 0.34), *left, (0, y, top)]
        tube(builder, [*path, *((-x, deep_at, z) for x, deep_at, z in path[-2::-1])], 0.02, upright, steps=4)
        builder.box((0.97, 0.03, 0.045), (0, y, 0.34), across, 0.012)
        for number in range(SLATS):
            x = (number - (SLATS - 1) / 2) * 0.94 / SLATS
            short = max(0.0, abs(x) - 0.5 + SHOULDER)
            tall = top - 0.355 - SHOULDER + math.sqrt(SHOULDER**2 - short**2)
            builder.box((0.036, 0.014, tall), (x, y, 0.36), upright, 0.004)
    for x in (-0.485, 0.485):
        builder.box((0.028, 1.98, 0.12), (x, 0, 0.22), deep, 0.01)
    for y in (-0.99, 0.99):
        builder.box((0.96, 0.026, 0.1), (0, y, 0.225), across, 0.006)
    builder.box((0.94, 1.96, 0.03), (0, 0, 0.23), deep, 0.004)
    brass = materials.metal(look.metal, 0.3) if look.style == "mid_century" else None
    tapered_feet(builder, (0.46, 0.93), 0.235, upright, 0.05, brass)
    dress(builder, look, rng, 0.9, 1.94, 0.26, 0.97)
    rabbit(builder, look, (0.2, 0.36, 0.57))
