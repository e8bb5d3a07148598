"""A garden chair of broad planks: a raked fan of a back, wide arms, a seat that falls backwards."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import timber
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
PIECE = Piece(
    "garden_chair_adirondack", "outdoor_chair", "Plank garden chair", 0.78, 0.89, 0.905, ("outdoor",), STYLES, seats=1
)
RAKE = 24.0


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    painted = look.style == "coastal"
    wood = {axis: materials.lacquer(look.light, 0.5) if painted else timber(look, axis) for axis in "XYZ"}
    for side in (-1, 1):
        builder.box((0.028, 0.09, 0.55), (side * 0.3, -0.36, 0), wood["Z"], 0.005)
        builder.box((0.028, 0.86, 0.1), (side * 0.27, 0.0, 0.17), wood["Y"], 0.005, tilt=(-17, 0, 0))
        builder.box((0.13, 0.76, 0.022), (side * 0.325, -0.07, 0.55), wood["Y"], 0.012)
        builder.box((0.028, 0.05, 0.5), (side * 0.3, 0.24, 0.05), wood["Z"], 0.005)
    for number in range(6):
        share = number / 5
        builder.box(
            (0.52, 0.072, 0.018), (0, -0.4 + 0.44 * share, 0.345 - 0.13 * share), wood["X"], 0.005, tilt=(-17, 0, 0)
        )
    rake = math.radians(RAKE)
    for number in range(5):
        fan, tall = (number - 2) * 0.104, 0.78 - 0.035 * (number - 2) ** 2
        middle = tall / 2
        at = (fan * 1.05, 0.06 + middle * math.sin(rake), 0.19 + middle * math.cos(rake) - tall / 2)
        builder.box((0.09, 0.018, tall), at, wood["Z"], 0.008, tilt=(-RAKE, (number - 2) * 2.4, 0))
    for share in (0.3, 0.72):
        at = (0, 0.085 + 0.78 * share * math.sin(rake), 0.19 + 0.78 * share * math.cos(rake))
        builder.box((0.5, 0.02, 0.06), at, wood["X"], 0.004, tilt=(-RAKE, 0, 0))
    with builder.carried():
        cloth = materials.fabric(rng.choice([look.accent, look.second]), 600, 0.4)
        builder.cushion(
            (0.42, 0.36, 0.13), (0, 0.12, 0.36), cloth, plump=0.55, tilt=(62, 0, rng.uniform(-4, 4)), rng=rng
        )
