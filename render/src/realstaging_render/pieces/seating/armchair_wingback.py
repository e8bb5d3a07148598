"""A wing chair: its sides come forward beside the head and fall to scrolled arms; turned legs."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import buttoned, pad, round_three_sides, surround
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece(
    "armchair_wingback", "armchair", "Wing chair", 0.8, 0.84, 1.06, ("living_room", "bedroom"), STYLES, seats=1
)
ARM = 0.63


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth, timber = materials.fabric(look.second, 800, 0.3), materials.wood(look.wood, "Z", 0.35)
    line = round_three_sides(PIECE.width - 0.14, PIECE.depth - 0.13, 0.13)
    line[:, 1] -= 0.045

    def section(share: float) -> list[tuple[float, float]]:
        # The back to 0.42, the wing to 0.7, then the arm.
        fall = min(1.0, max(0.0, (share - 0.55) / 0.16))
        top = 1.03 - (1.03 - ARM) * (fall * fall * (3 - 2 * fall)) + 0.03 * math.cos(min(share / 0.42, 1) * math.pi / 2)
        lean = 0.07 * max(0.0, 1 - share / 0.4)
        half = 0.05 + 0.02 * fall
        turns = [math.radians(a) for a in range(185, -31, -12)]
        roll = [(lean + half * math.cos(a), top - half + half * math.sin(a)) for a in turns]
        return [(-0.05, 0.26), (-0.05, 0.44), *roll, (0.02, top - 0.16), (0.015, 0.17)]

    lozenges = buttoned(0.15, 0.26, 0.82, 0.014)
    middle = round(len(line) / 2) * 0.016

    def dent(along: np.ndarray, up: np.ndarray) -> np.ndarray:
        return lozenges(along - middle, up) * np.clip((0.27 - np.abs(along - middle)) / 0.04, 0, 1)

    surround(builder, line, section, cloth, dent, soft=0.035)
    pad(builder, (PIECE.width - 0.14, PIECE.depth - 0.2, 0.16), (0, -0.03, 0.17), cloth, crown=0.0, edge=0.02)
    deep = PIECE.depth - 0.17
    at = (0, -PIECE.depth / 2 + deep / 2 + 0.012, 0.315)
    pad(builder, (PIECE.width - 0.2, deep, 0.15), at, cloth, edge=0.05, crown=0.03, welt=cloth, rng=rng)
    for x in (-0.31, 0.31):
        turned = [(0.013, 0), (0.016, 0.012), (0.021, 0.08), (0.027, 0.125), (0.02, 0.14), (0.03, 0.152), (0.03, 0.18)]
        builder.lathe(turned, (x, -0.35, 0), timber, 24)
        builder.rod((x, 0.37, 0), (x * 0.98, 0.3, 0.18), 0.015, timber, 0.022)
