"""A cantilever chair of steel tube, seat and back of cane in wooden frames."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "mid_century", "industrial", "minimalist", "bohemian")
PIECE = Piece(
    "chair_cantilever", "dining_chair", "Cantilever chair", 0.48, 0.56, 0.83, ("dining_room",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    black = look.style in {"industrial", "minimalist"}
    steel = materials.metal((0.02, 0.02, 0.022) if black else (0.62, 0.62, 0.62), 0.35 if black else 0.14)
    cane = tuple(c * 1.3 for c in CANE)
    side, back = materials.wood(look.wood, "Y"), materials.wood(look.wood, "X")
    floor = [(0.0, 0.24, 0.012), (0.15, 0.24, 0.012), (0.2, 0.236, 0.012), (0.222, 0.2, 0.012), (0.225, 0.12, 0.012)]
    front = [(0.225, -0.14, 0.012), (0.225, -0.23, 0.018), (0.225, -0.262, 0.06), (0.225, -0.264, 0.2)]
    seat = [(0.225, -0.258, 0.36), (0.225, -0.248, 0.41), (0.225, -0.2, 0.432), (0.225, 0.0, 0.428)]
    up = [(0.225, 0.14, 0.424), (0.225, 0.196, 0.436), (0.225, 0.215, 0.49), (0.225, 0.235, 0.6), (0.225, 0.262, 0.815)]
    for way in (-1, 1):
        tube(builder, [(way * x, y, z) for x, y, z in (*floor, *front, *seat, *up)], 0.0115, steel, sides=12, steps=4)
    for x in (-0.216, 0.216):
        builder.box((0.036, 0.42, 0.024), (x, -0.025, 0.44), side, 0.008)
        builder.box((0.03, 0.022, 0.24), (x, 0.235, 0.59), materials.wood(look.wood, "Z"), 0.006, (-6, 0, 0))
    for y in (-0.222, 0.172):
        builder.box((0.46, 0.04, 0.024), (0, y, 0.44), back, 0.008)
    builder.box((0.41, 0.37, 0.006), (0, -0.025, 0.453), materials.webbing(cane, "X", "Y", 0.011), 0.001)
    builder.box((0.46, 0.022, 0.036), (0, 0.225, 0.588), back, 0.006, (-6, 0, 0))
    builder.box((0.46, 0.022, 0.036), (0, 0.246, 0.793), back, 0.006, (-6, 0, 0))
    builder.box((0.41, 0.006, 0.19), (0, 0.236, 0.615), materials.webbing(cane, "X", "Z", 0.011), 0.001, (-6, 0, 0))
