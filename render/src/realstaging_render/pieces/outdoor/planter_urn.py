"""A clipped ball on a stem in a gadrooned urn of terracotta or stone."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.clipped import SOIL, clipped
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "farmhouse")
PIECE = Piece("planter_urn", "planter", "Topiary in an urn", 0.52, 0.52, 1.42, ("outdoor",), STYLES)
URN = [
    *((0.1, 0.085), (0.115, 0.09), (0.12, 0.105), (0.085, 0.125), (0.06, 0.155), (0.058, 0.175), (0.085, 0.192)),
    *((0.09, 0.205), (0.12, 0.22), (0.175, 0.27), (0.205, 0.34), (0.212, 0.4), (0.2, 0.425), (0.202, 0.44)),
    *((0.225, 0.475), (0.245, 0.49), (0.246, 0.505), (0.235, 0.512), (0.215, 0.5), (0.2, 0.47), (0.001, 0.465)),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tone = {"luxury": (0.56, 0.54, 0.49), "farmhouse": (0.43, 0.4, 0.35)}.get(look.style, (0.42, 0.2, 0.115))
    clay = materials.lacquer(tone, 0.85)
    builder.box((0.3, 0.3, 0.055), (0, 0, 0), clay, 0.006)
    builder.box((0.25, 0.25, 0.035), (0, 0, 0.053), clay, 0.008)
    builder.lathe(URN, (0, 0, 0), clay, 64)
    builder.lathe([(0.198, 0), (0.15, 0.01), (0.001, 0.014)], (0, 0, 0.468), materials.lacquer(SOIL, 0.95))
    for number in range(20):
        angle = number * math.pi / 10
        gadroon = [(0.115, 0.222), (0.168, 0.262), (0.199, 0.315), (0.206, 0.35)]
        path = [(r * math.cos(angle), r * math.sin(angle), z) for r, z in gadroon]
        tube(builder, path, 0.02, clay, sides=10, steps=3)
    bark = materials.lacquer((0.16, 0.12, 0.085), 0.9)
    for start in (0.0, 2.1, 4.2):
        twist = [
            (0.016 * math.cos(start + 1.3 * s), 0.016 * math.sin(start + 1.3 * s), 0.46 + 0.12 * s) for s in range(6)
        ]
        tube(builder, twist, 0.011, bark, steps=4)
    clipped(builder, rng, (0, 0, 1.16), 0.25, 1000)
    clipped(builder, rng, (0, 0, 0.5), 0.1, 90)
