"""A lantern on a chain: a metal frame with candles in it."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.hanging import ROOMS, rose
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "luxury", "coastal", "industrial")
PIECE = Piece("pendant_lantern", "pendant", "Lantern", 0.33, 0.33, 1.0, ROOMS, STYLES, mount="ceiling")
CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def build(builder: Builder, look: Look, dice: random.Random) -> None:  # noqa: ARG001
    steel = materials.metal(look.metal, 0.3)
    rose(builder, steel)
    _chain(builder, 0.03, 0.5, steel)
    levels = ((0.11, -0.99), (0.155, -0.62), (0.03, -0.53))
    for (low, z_low), (high, z_high) in itertools.pairwise(levels):
        for x, y in CORNERS:
            builder.rod((x * low, y * low, z_low), (x * high, y * high, z_high), 0.0075, steel)
    for half, z in levels:
        for (ax, ay), (bx, by) in itertools.pairwise((*CORNERS, CORNERS[0])):
            builder.rod((ax * half, ay * half, z), (bx * half, by * half, z), 0.009, steel)
    builder.lathe([(0.05, 0), (0.045, 0.012), (0.008, 0.03)], (0, 0, -0.535), steel, 24)
    builder.rod((0, 0, -0.53), (0, 0, -0.84), 0.006, steel)
    for number in range(3):
        angle = number * 2 * math.pi / 3
        x, y = 0.065 * math.cos(angle), 0.065 * math.sin(angle)
        tube(builder, [(0, 0, -0.84), (x * 0.5, y * 0.5, -0.87), (x, y, -0.85)], 0.0045, steel, sides=8)
        builder.lathe([(0.016, 0), (0.018, 0.006), (0.01, 0.01)], (x, y, -0.852), steel, 20)
        builder.rod((x, y, -0.845), (x, y, -0.765), 0.0095, materials.lacquer((0.8, 0.76, 0.68), 0.5))
        flame = [(0.005, 0), (0.014, 0.018), (0.011, 0.036), (0.001, 0.058)]
        builder.lathe(flame, (x, y, -0.765), materials.shade((0.95, 0.88, 0.75), 4.0), 16)


def _chain(builder: Builder, start: float, end: float, material: object) -> None:
    turn = np.linspace(0, 2 * np.pi, 17)
    count = round((end - start) / 0.03)
    for number in range(count + 1):
        z = -start - (end - start) * number / count
        flat = 0.009 * np.cos(turn)
        x, y = (flat, 0 * flat) if number % 2 else (0 * flat, flat)
        tube(builder, np.stack([x, y, z + 0.02 * np.sin(turn)], axis=-1), 0.0026, material, sides=6, steps=1)
