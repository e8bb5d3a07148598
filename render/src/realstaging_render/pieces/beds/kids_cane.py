"""A child's bed of rattan: an arched head with a sun of canes in it, a low arched foot."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.wicker import rattan
from realstaging_render.pieces.seating.caned import weave
from realstaging_render.pieces.storage.playthings import rabbit
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("kids_cane", "kids_bed", "Child's rattan bed", 1.05, 2.08, 1.22, ("kids_room",), STYLES, seats=1)
HALF = 0.5


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pole = rattan(look)
    _arch(builder, 1.015, HALF, 0.7, pole, 0.021)
    _sun(builder, 1.015, 0.7, pole)
    _arch(builder, -1.015, HALF, 0.42, pole, 0.021)
    for y, high in ((1.012, 0.64), (-1.018, 0.42)):
        corners = [(-HALF + 0.02, y, 0.31), (HALF - 0.02, y, 0.31)]
        weave(builder, [*corners, (-HALF + 0.02, y, high), (HALF - 0.02, y, high)])
        for z in (0.3, high + 0.01):
            builder.rod((-HALF, y, z), (HALF, y, z), 0.013, pole)
    for x in (-0.47, 0.47):
        builder.box((0.03, 2.0, 0.11), (x, 0, 0.2), materials.wood(look.wood, "Y"), 0.01)
        builder.rod((x, -1.01, 0.325), (x, 1.01, 0.325), 0.016, pole)
    dress(builder, look, rng, 0.88, 1.95, 0.25, 0.975)
    rabbit(builder, look, (-0.2, 0.36, 0.56))


def _arch(builder: Builder, y: float, half: float, spring: float, pole: Any, thick: float) -> None:
    """A bent pole from foot to foot, round above ``spring`` (flatter where that is low)."""
    rise = half if spring > 0.5 else 0.16
    turn = np.linspace(0, math.pi, 17)
    bow = [(-half * math.cos(a), y, spring + rise * math.sin(a)) for a in turn]
    tube(
        builder,
        [(-half, y, 0), (-half, y, spring * 0.6), *bow, (half, y, spring * 0.6), (half, y, 0)],
        thick,
        pole,
        steps=4,
    )
    for x in (-half, half):
        for z in (0.05, spring + 0.01):
            builder.rod((x, y, z), (x, y, z + 0.045), thick + 0.004, materials.fabric((0.36, 0.24, 0.13), 300, 0.8))


def _sun(builder: Builder, y: float, level: float, pole: Any) -> None:
    """Canes from a half moon to the arch, with a second, slimmer arch woven through them."""
    for radius, thick in ((0.13, 0.013), (0.39, 0.009)):
        turn = np.linspace(0, math.pi, 17)
        bow = np.column_stack([-radius * np.cos(turn), y + 0 * turn, level - 0.05 + radius * np.sin(turn)])
        tube(builder, bow, thick, pole, sides=8, steps=2)
    for number in range(17):
        angle = math.pi * number / 16
        across, up = math.cos(angle), math.sin(angle)
        start = (0.13 * across, y, level - 0.05 + 0.13 * up)
        end = (0.49 * across, y, level - 0.05 + 0.54 * up - 0.04 * (1 - up))
        builder.rod(start, end, 0.008 if number % 2 == 0 else 0.0055, pole)
    for z in (level - 0.05,):
        builder.rod((-HALF, y, z), (HALF, y, z), 0.013, pole)
