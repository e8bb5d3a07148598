"""A child's bed of iron: bowed bars with cast knots at head and foot, balls on its posts."""

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
from realstaging_render.pieces.storage.playthings import rabbit
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional", "industrial")
PIECE = Piece("kids_iron", "kids_bed", "Child's iron bed", 1.05, 2.06, 1.16, ("kids_room",), STYLES, seats=1)
KNOT = [(0.001, 0), (0.014, 0.005), (0.02, 0.016), (0.02, 0.024), (0.014, 0.035), (0.001, 0.04)]
BARS = 7


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cream = look.style == "farmhouse"
    iron = materials.lacquer(look.light, 0.42) if cream else materials.metal((0.022, 0.022, 0.024), 0.42)
    for y, post, top in ((1.0, 0.92, 1.14), (-1.0, 0.56, 0.74)):
        _end(builder, y, post, top, iron)
    for x in (-0.475, 0.475):
        builder.box((0.03, 1.98, 0.05), (x, 0, 0.23), iron, 0.004)
    for y in np.linspace(-0.9, 0.9, 7):
        builder.box((0.94, 0.05, 0.012), (0, float(y), 0.25), iron, 0.002)
    dress(builder, look, rng, 0.9, 1.94, 0.26, 0.97)
    rabbit(builder, look, (0.2, 0.36, 0.57))


def _end(builder: Builder, y: float, post: float, top: float, iron: Any) -> None:
    """Head or foot: posts ``post`` high, a bow from one to the other that rises to ``top``."""
    for x in (-0.475, 0.475):
        builder.rod((x, y, 0.012), (x, y, post), 0.017, iron)
        foot = [(0.016, 0), (0.024, 0.004), (0.024, 0.02), (0.017, 0.034), (0.001, 0.034)]
        builder.lathe(foot, (x, y, 0), iron, 24)
        turned = [(0.017, 0), (0.026, 0.008), (0.018, 0.018), (0.022, 0.024), (0.034, 0.044), (0.036, 0.056)]
        builder.lathe([*turned, (0.03, 0.076), (0.014, 0.088), (0.001, 0.09)], (x, y, post - 0.006), iron, 28)
    turn = np.linspace(0, math.pi, 17)
    bow = np.column_stack(
        [-0.475 * np.cos(turn), y + 0 * turn, post - 0.03 + (top - 0.012 - post + 0.03) * np.sin(turn)]
    )
    tube(builder, bow, 0.013, iron, steps=3)
    low, mid = 0.33, post - 0.05
    for z in (low, mid):
        builder.rod((-0.475, y, z), (0.475, y, z), 0.0115, iron)
    for number in range(BARS):
        x = (number - (BARS - 1) / 2) * 0.95 / (BARS + 1)
        rise = post - 0.03 + (top - 0.012 - post + 0.03) * math.sqrt(1 - (x / 0.475) ** 2)
        builder.rod((x, y, low), (x, y, rise), 0.008, iron)
        builder.lathe(KNOT, (x, y, mid - 0.02), iron, 20)
        if number % 2 == 0:
            builder.lathe(KNOT, (x, y, (low + mid) / 2 - 0.02), iron, 20)
    ring = np.linspace(0, 2 * math.pi, 29)
    for number in range(BARS - 1):
        x = (number - (BARS - 2) / 2) * 0.95 / (BARS + 1)
        hoop = np.column_stack([x + 0.047 * np.cos(ring), y + 0 * ring, mid - 0.062 + 0.047 * np.sin(ring)])
        tube(builder, hoop, 0.0065, iron, sides=8, steps=1)
