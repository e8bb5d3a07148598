"""A pier in the fog, black and white."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("modern", "industrial", "minimalist")
PIECE = Piece("art_fog", "art", "Photograph in black and white", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:  # noqa: ARG001
    """Posts that go out into still water and are lost in the fog."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect, horizon = width / height, rng.uniform(0.4, 0.5)
    mist = clouds(np_rng, height, width, (3, 2))
    grey = 0.62 - 0.16 * np.abs(v - horizon) / 0.6 + 0.08 * (mist - 0.5)
    vignette = 1 - 0.35 * ((u / aspect - 0.5) ** 2 + (v - 0.5) ** 2)
    picture = np.repeat((grey * vignette)[..., None], 3, axis=2)
    vanish, start = aspect * rng.uniform(0.55, 0.7), aspect * rng.uniform(0.1, 0.25)
    for number in range(15, -1, -1):
        share = 1 / (1 + 0.42 * number)
        foot, tall, half = horizon + 0.44 * share, 0.34 * share, 0.011 * share + 0.0006
        tone = 0.03 + 0.5 * (1 - share) ** 1.3
        for row in (0.0, 0.17):
            x = vanish + (start - vanish) * share + row * share
            bend = half - np.abs(u - x)
            post = soft(bend, -0.0012, 0.0012) * (v < foot) * (v > foot - tall * (0.85 + 0.3 * np_rng.random()))
            picture = laid(picture, post, (tone,) * 3)
            mirrored = soft(bend + 0.002 * (mist - 0.5), -0.003, 0.003) * soft(v - foot, -0.002, 0.002)
            picture = laid(picture, mirrored * 0.5 * soft(foot + tall * 0.9 - v, 0.0, tall), (tone,) * 3)
    return picture + np_rng.normal(0, 0.008, (height, width, 1))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
