"""A pipe stand with a bent neck, its bulb in a cage of wire."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import caged, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS, bulb
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("floor_lamp_cage", "floor_lamp", "Cage lamp", 0.46, 0.3, 1.6, FLOOR_ROOMS, STYLES)
WIRES = [(0.04, 0.29), (0.085, 0.25), (0.115, 0.17), (0.115, 0.08), (0.085, 0.0)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    iron, brass = materials.metal(look.metal, 0.45), materials.metal((0.42, 0.28, 0.12), 0.35)
    foot = (-0.08, 0, 0)
    builder.lathe([(0.145, 0), (0.148, 0.004), (0.145, 0.02), (0.04, 0.028), (0.024, 0.034), (0.024, 0.06)], foot, iron)
    neck = [
        (-0.08, 0, 0.05),
        (-0.08, 0, 0.8),
        (-0.08, 0, 1.4),
        (-0.05, 0, 1.53),
        (0.03, 0, 1.585),
        (0.1, 0, 1.54),
        (0.115, 0, 1.47),
    ]
    tube(builder, neck, 0.0135, iron, sides=14, steps=8)
    for z in (0.45, 1.05, 1.34):
        builder.rod((-0.08, 0, z), (-0.08, 0, z + 0.035), 0.019, iron)
    builder.rod((-0.105, 0, 1.07), (-0.045, 0, 1.07), 0.006, brass)
    builder.lathe([(0.026, 0), (0.032, 0.01), (0.03, 0.07), (0.016, 0.085)], (0.115, 0, 1.4), brass, 32)
    caged(builder, WIRES, (0.115, 0, 1.13), iron, 10)
    bulb(builder, (0.115, 0, 1.3), 0.042)
