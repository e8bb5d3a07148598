"""An engraved map of hills."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("traditional", "industrial")
PIECE = Piece("art_map", "art", "Engraved map", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:  # noqa: ARG001
    """Contour lines, a river and a grid on aged paper."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    stain = clouds(np_rng, height, width, (3, 3))
    picture = np.array([0.72, 0.64, 0.5]) * (0.8 + 0.3 * stain[..., None])
    hills = clouds(np_rng, height, width, (2.2, 2.2 * width / height), 4)
    slope = np.hypot(*np.gradient(hills)) * height
    for count, weight, thick in ((22, 0.45, 0.055), (5.5, 0.75, 0.05)):
        phase = hills * count % 1
        near = np.minimum(phase, 1 - phase) / np.maximum(slope * count, 0.5)
        picture = laid(picture, weight * soft(-near, -thick / 12, -thick / 40), (0.1, 0.075, 0.05))
    low = soft(0.36 - hills, 0.0, 0.02)
    picture = laid(picture, low * 0.55, (0.28, 0.36, 0.36))
    cell = 0.2
    lines = np.minimum(np.abs(u % cell - cell / 2), np.abs(v % cell - cell / 2))
    picture = laid(picture, 0.35 * soft(-lines, -0.002, -0.0005), (0.12, 0.09, 0.06))
    margin = np.minimum(np.minimum(u, width / height - u), np.minimum(v, 1 - v))
    picture = laid(picture, 0.8 * soft(0.003 - np.abs(margin - 0.035), 0.0, 0.002), (0.08, 0.06, 0.045))
    return laid(picture, 0.7 * soft(0.02 - margin, 0.0, 0.004), (0.7, 0.63, 0.5))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
