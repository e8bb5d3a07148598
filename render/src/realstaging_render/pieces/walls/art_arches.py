"""Arches and a sun."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "bohemian")
PIECE = Piece("art_arches", "art", "Arches", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Arch within arch on a toned ground, a low sun beside them."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    picture = np.broadcast_to(PAPER * rng.uniform(0.92, 1.02), (height, width, 3)).copy()
    colours = [muted(c, 0.2) for c in (look.accent, look.second, look.wood, look.fabric)]
    rng.shuffle(colours)
    sun = (aspect * rng.choice([0.24, 0.76]), rng.uniform(0.2, 0.3))
    picture = laid(picture, soft(0.1 - np.hypot(u - sun[0], v - sun[1]), -0.002, 0.002), muted(look.accent, 0.1))
    for middle, foot, reach in (
        (aspect * rng.uniform(0.4, 0.6), 1.02, 0.4),
        (aspect * rng.choice([0.12, 0.88]), 1.02, 0.26),
    ):
        for ring in range(4):
            radius = reach * (1 - 0.22 * ring)
            far = np.where(v > foot - reach, np.abs(u - middle), np.hypot(u - middle, v - foot + reach))
            band = soft(radius - far, -0.002, 0.002) * soft(far - radius + 0.15 * reach, -0.002, 0.002)
            picture = laid(picture, band, colours[ring])
    return picture * (0.93 + 0.14 * clouds(np_rng, height, width, (60, 60))[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
