"""A coat stand of slim metal with a ball at the end of each arm, on a round foot."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import bag, hanging_coat
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "luxury")
PIECE = Piece("rack_globes", "coat_rack", "Globe coat stand", 0.46, 0.46, 1.76, ("entryway",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    rich = look.style == "luxury"
    metal = materials.metal(look.metal, 0.22)
    stone = materials.marble((0.74, 0.72, 0.69), (0.36, 0.33, 0.3), 0.14)
    foot = stone if rich else materials.metal((0.025, 0.025, 0.027), 0.4)
    builder.lathe([(0.17, 0), (0.175, 0.004), (0.175, 0.026), (0.17, 0.03), (0.002, 0.03)], (0, 0, 0), foot, 64)
    builder.rod((0, 0, 0.02), (0, 0, 1.72), 0.0125, metal)
    bow = np.linspace(-math.pi / 2, math.pi / 2, 13)
    ball = [(max(0.03 * math.cos(a), 1e-4), 0.03 + 0.03 * math.sin(a)) for a in bow]
    builder.lathe(ball, (0, 0, 1.7), metal, 28)
    woods = [materials.wood(look.wood, "Z"), materials.lacquer(look.accent, 0.4), materials.lacquer(look.second, 0.4)]
    for number in range(6):
        turn = number * math.pi / 3 + 0.26
        high = 1.6 if number % 2 == 0 else 1.42
        x, y = 0.2 * math.cos(turn), 0.2 * math.sin(turn)
        builder.rod((0, 0, high - 0.1), (x, y, high), 0.0065, metal)
        builder.lathe(ball, (x, y, high - 0.026), metal if rich else woods[number % 3], 28)
    hanging_coat(builder, (0.17, -0.06, 1.56), look.fabric, rng, length=0.88, turn=math.pi / 3)
    bag(builder, look, (-0.19, -0.05, 1.56))
