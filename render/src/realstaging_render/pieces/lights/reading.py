"""Lamps to read by: a weighted foot, a jointed arm, a metal head."""

from __future__ import annotations

import math

from mathutils import Vector

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder


def reading_lamp(builder: Builder, look: Look, at: tuple[float, float, float]) -> None:
    """A desk lamp 0.46 m high whose head reaches 0.22 m towards +X of its foot."""
    steel = materials.metal(look.metal, 0.3)
    x, y, z = at
    builder.lathe([(0.085, 0), (0.088, 0.006), (0.085, 0.014), (0.02, 0.02), (0.012, 0.03)], at, steel)
    elbow, wrist = (x - 0.085, y, z + 0.26), (x + 0.12, y, z + 0.44)
    for start, end in (((x, y, z + 0.02), elbow), (elbow, wrist)):
        builder.rod(start, end, 0.006, steel)
    for joint in (elbow, wrist):
        builder.rod((joint[0], y - 0.016, joint[2]), (joint[0], y + 0.016, joint[2]), 0.013, steel)
    _head(builder, Vector(wrist), look)


def _head(builder: Builder, top: Vector, look: Look) -> None:
    shell = materials.metal(look.metal, 0.3)
    way = Vector((math.sin(0.6), 0, -math.cos(0.6)))
    tube(builder, [top - way * 0.012, top + way * 0.03], 0.022, shell, steps=1, sides=20)
    builder.rod(tuple(top + way * 0.03), tuple(top + way * 0.135), 0.026, shell, 0.068)
    glow = materials.shade((0.95, 0.9, 0.8), 2.0)
    builder.rod(tuple(top + way * 0.135), tuple(top + way * 0.137), 0.06, glow, 0.058)
