"""Hills in the haze."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "coastal", "farmhouse")
PIECE = Piece("art_hills", "art", "Hills in the haze", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Ridge behind ridge, each paler than the one before it, washed on wet paper."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    wash = clouds(np_rng, height, width, (4, 3))
    pale = muted(look.light, 0.2)
    picture = pale * (0.9 + 0.12 * wash[..., None])
    tone = muted(look.accent, 0.25)
    for ridge in range(6):
        share = (ridge + 1) / 6
        level = 0.36 + 0.11 * ridge + rng.uniform(-0.02, 0.02)
        crest = level + 0.16 * (clouds(np_rng, 2, width, (1, 2.5 + ridge), 5)[:1] - 0.5)
        body = soft(v - crest, 0.0, 0.006)
        haze = np.clip((v - crest) / 0.2, 0, 1)
        picture = laid(picture, body * (1 - 0.45 * haze), pale + (tone - pale) * share * (0.85 + 0.3 * wash[..., None]))
    return picture * (0.97 + 0.06 * clouds(np_rng, height, width, (70, 70))[..., None]) * (1 + 0 * u[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
