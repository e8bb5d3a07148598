"""A coat stand of bent beech: scrolled hooks above, a ring for sticks below."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import hanging_coat, hat
from realstaging_render.shapes import Builder

STYLES = ("traditional", "bohemian")
PIECE = Piece("rack_bentwood", "coat_rack", "Bentwood coat stand", 0.4, 0.4, 1.85, ("entryway",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    beech = materials.wood(look.wood, "Z", 0.3)
    builder.rod((0, 0, 0.2), (0, 0, 1.78), 0.019, beech, 0.016)
    builder.lathe([(0.018, 0), (0.024, 0.012), (0.016, 0.03), (0.022, 0.05), (0.001, 0.075)], (0, 0, 1.775), beech, 28)
    for number in range(4):
        turn = number * math.pi / 2 + math.pi / 4
        x, y = math.cos(turn), math.sin(turn)

        def bent(path: tuple[tuple[float, float], ...], thick: float, x: float = x, y: float = y) -> None:
            tube(builder, [(out * x, out * y, z) for out, z in path], thick, beech, sides=12)

        bent(((0.02, 0.62), (0.045, 0.42), (0.1, 0.22), (0.2, 0.06), (0.255, 0.02), (0.268, 0.014)), 0.0135)
        bent(
            ((0.018, 1.42), (0.05, 1.56), (0.14, 1.66), (0.21, 1.72), (0.225, 1.78), (0.19, 1.81), (0.165, 1.78)), 0.011
        )
        bent(((0.018, 1.5), (0.06, 1.46), (0.12, 1.45), (0.155, 1.48), (0.15, 1.52), (0.13, 1.52)), 0.009)
    hoop(builder, (0, 0, 0.5), 0.15, 0.009, beech, sides=10)
    for number in range(4):
        turn = number * math.pi / 2 + math.pi / 4
        builder.rod((0, 0, 0.5), (0.15 * math.cos(turn), 0.15 * math.sin(turn), 0.5), 0.007, beech)
    hanging_coat(builder, (0.11, -0.11, 1.5), look.accent, rng, length=0.9, turn=math.pi / 4)
    hat(builder, (-0.12, 0.12, 1.72))
