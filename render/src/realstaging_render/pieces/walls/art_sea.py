"""The sea under a high sky."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("coastal",)
PIECE = Piece("art_sea", "art", "Seascape", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:  # noqa: ARG001
    """Sky, far water, surf and sand, in bands that the light runs together."""
    np_rng, (_, v) = numbers(rng), plane(height, width)
    horizon, shore = rng.uniform(0.42, 0.52), rng.uniform(0.78, 0.86)
    cloud = soft(clouds(np_rng, height, width, (4, 2.2)), 0.48, 0.72)
    sky = (
        np.array([0.42, 0.56, 0.68]) * (0.75 + 0.5 * v[..., None] / horizon)
        + np.array([0.1, 0.07, 0.03]) * v[..., None]
    )
    picture = laid(np.clip(sky, 0, 0.86), cloud * 0.8, (0.82, 0.8, 0.76))
    depth = np.clip((v - horizon) / (1 - horizon), 0, 1)
    ripple = clouds(np_rng, height, width, (60, 4)) * (1 - depth) + clouds(np_rng, height, width, (18, 3)) * depth
    deep, shoal = np.array([0.07, 0.19, 0.26]), np.array([0.22, 0.42, 0.44])
    water = deep + (shoal - deep) * (0.15 + 0.85 * depth[..., None]) + (ripple[..., None] - 0.5) * 0.22
    picture = laid(picture, soft(v, horizon - 0.003, horizon + 0.003), water)
    edge = shore + 0.05 * (clouds(np_rng, height, width, (1.2, 3)) - 0.5)
    foam = soft(0.03 - np.abs(v - edge + 0.01), 0.0, 0.025) * soft(clouds(np_rng, height, width, (30, 16)), 0.3, 0.6)
    picture = laid(picture, soft(v - edge, -0.005, 0.012), np.array([0.6, 0.5, 0.38]) * (0.9 + 0.2 * ripple[..., None]))
    return laid(picture, foam, (0.84, 0.84, 0.82))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
