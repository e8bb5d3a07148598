"""An evening landscape in oils."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury")
PIECE = Piece("art_oils", "art", "Landscape in oils", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:  # noqa: ARG001
    """A glowing sky over dark trees and still water, with the canvas showing."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect, horizon = width / height, rng.uniform(0.55, 0.64)
    sun = aspect * rng.uniform(0.3, 0.7)
    glow = np.exp(-(((u - sun) / 0.55) ** 2 + ((v - horizon) / 0.22) ** 2))
    cloud = clouds(np_rng, height, width, (5, 2.5))
    sky = np.array([0.14, 0.17, 0.19]) + np.array([0.26, 0.2, 0.12]) * (v / horizon)[..., None]
    picture = (
        sky + np.array([0.42, 0.25, 0.06]) * glow[..., None] + (cloud[..., None] - 0.5) * np.array([0.22, 0.18, 0.14])
    )
    picture = np.where(
        (v > horizon)[..., None],
        picture[np.clip((2 * horizon - v) * height, 0, height - 1).astype(int)[:, 0]] * 0.6,
        picture,
    )
    crowns = clouds(np_rng, height, width, (9, 6))
    for distance, tone, tall in ((0, (0.09, 0.085, 0.05), 0.07), (1, (0.035, 0.04, 0.022), 0.2)):
        side = soft(np.abs(u / aspect - rng.uniform(0.35, 0.65)), 0.05, 0.5) if distance else 0.6
        top = horizon + 0.02 * distance - tall * side * (0.4 + 1.2 * clouds(np_rng, height, width, (1, 5))[:1])
        trees = soft(v - top + 0.12 * (crowns - 0.5), 0.0, 0.02) * soft(
            horizon + 0.04 + 0.08 * distance - v, -0.02, 0.03
        )
        picture = laid(picture, trees, np.array(tone) * (0.7 + 0.6 * crowns[..., None]))
    bank = soft(v - 0.86 - 0.05 * (clouds(np_rng, height, width, (2, 4)) - 0.5), 0.0, 0.06)
    picture = laid(picture, bank, np.array([0.06, 0.05, 0.025]) * (0.6 + 0.9 * crowns[..., None]))
    strokes = clouds(np_rng, height, width, (50, 22))
    return np.clip(picture * (0.82 + 0.36 * strokes[..., None]), 0.005, 1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw, gilt=True)
