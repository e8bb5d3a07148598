"""A bed with an arched head of bent cane, woven between its poles."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import DOUBLE, HEAD, SINGLE, feet, rails
from realstaging_render.pieces.bending import CANE, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.caned import weave
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("bed_cane", "bed", "Cane bed", 1.74, 2.09, 1.22, ("bedroom",), STYLES, seats=2)
ARCHES = 3


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    arched(builder, look, rng, DOUBLE)


def arched(builder: Builder, look: Look, rng: random.Random, wide: float) -> None:
    """The bed, for a mattress ``wide`` metres wide."""
    cane = materials.wood(CANE, "Z", 0.45)
    arches = ARCHES if wide > SINGLE else 1
    bay = (wide + 0.1) / arches
    for number in range(arches):
        middle = (number - (arches - 1) / 2) * bay
        top = 1.2 if number == arches // 2 else 1.06
        _arch(builder, middle, bay * 0.5, 0.3, top, 0.019, cane)
        _arch(builder, middle, bay * 0.36, 0.45, top - 0.1, 0.011, cane)
        low, high, half = 0.46, top - 0.34, bay * 0.34
        corners = [(middle - half, HEAD, low), (middle + half, HEAD, low)]
        weave(builder, [*corners, (middle - half, HEAD, high), (middle + half, HEAD, high)])
    for z in (0.32, 0.44):
        builder.rod((-wide / 2 - 0.06, HEAD, z), (wide / 2 + 0.06, HEAD, z), 0.016, cane)
    rails(builder, look, 0.17, 0.14, wide=wide)
    feet(builder, materials.wood(look.wood, "Z"), 0.18, 0.03, wide=wide)
    dress(builder, look, rng, wide, 1.98, 0.28, 0.99)


def _arch(builder: Builder, middle: float, half: float, low: float, top: float, thick: float, cane: object) -> None:
    turn = [math.pi * step / 10 for step in range(11)]
    bow = [(middle - half * math.cos(t), HEAD, top - half + half * math.sin(t)) for t in turn]
    tube(builder, [(middle - half, HEAD, low), *bow, (middle + half, HEAD, low)], thick, cane, steps=3)
