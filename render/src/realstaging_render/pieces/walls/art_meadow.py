"""A meadow in flower, dabbed with a full brush."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "bohemian")
PIECE = Piece("art_meadow", "art", "Meadow", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """A band of sky, far trees, and flowers that grow larger towards the viewer."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect, horizon = width / height, rng.uniform(0.3, 0.4)
    cloud = clouds(np_rng, height, width, (5, 3))
    sky = np.array([0.5, 0.6, 0.68]) + (np.array([0.82, 0.78, 0.68]) - np.array([0.5, 0.6, 0.68])) * (v / horizon)[
        ..., None
    ].clip(0, 1)
    picture = laid(sky, soft(cloud, 0.5, 0.75) * 0.7, (0.84, 0.82, 0.77))
    trees = horizon - 0.05 - 0.07 * clouds(np_rng, height, width, (1, 7))
    picture = laid(
        picture,
        soft(v - trees, 0, 0.012),
        np.array([0.09, 0.14, 0.08]) * (0.6 + 0.8 * clouds(np_rng, height, width, (30, 30))[..., None]),
    )
    depth = np.clip((v - horizon) / (1 - horizon), 0, 1)
    grass = np.array([0.3, 0.36, 0.13]) * (1 - depth[..., None]) + np.array([0.12, 0.2, 0.06]) * depth[..., None]
    blades = clouds(np_rng, height, width, (14, 70 * aspect), 3)
    picture = laid(picture, soft(v, horizon - 0.004, horizon + 0.004), grass * (0.55 + 0.9 * blades[..., None]))
    colours = [np.array(c) for c in ((0.72, 0.66, 0.55), (0.62, 0.16, 0.1), (0.74, 0.5, 0.1))] + [
        np.asarray(muted(look.accent, 0.1))
    ]
    for _ in range(900):
        near = np_rng.random() ** 0.6
        y, x = horizon + 0.02 + near * (0.98 - horizon), np_rng.random() * aspect
        size = (0.0035 + 0.017 * near**1.5) * np_rng.uniform(0.7, 1.3)
        top, low = (int(np.clip(t * height, 0, height)) for t in (y - size, y + size))
        left, right = (int(np.clip(t * height, 0, width)) for t in (x - 1.5 * size, x + 1.5 * size))
        if low - top < 1 or right - left < 1:
            continue
        du, dv = u[top:low, left:right] - x, v[top:low, left:right] - y
        dab = soft(1 - np.hypot(du / (1.3 * size), dv / size), 0.0, 0.35)
        colour = colours[np_rng.integers(0, 4)] * np_rng.uniform(0.75, 1.15)
        picture[top:low, left:right] = laid(picture[top:low, left:right], dab * 0.92, np.clip(colour, 0, 0.86))
    return np.clip(picture * (0.93 + 0.14 * clouds(np_rng, height, width, (50, 50), 3)[..., None]), 0.01, 0.88)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
