"""Fields of colour with brushed edges."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "luxury", "minimalist")
PIECE = Piece("art_fields", "art", "Colour fields", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Two or three broad fields, one above the other, on a toned ground."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    ground = muted(look.light, 0.3) * rng.uniform(0.85, 1.0)
    picture = np.broadcast_to(ground, (height, width, 3)).copy()
    edge = clouds(np_rng, height, width, (9, 9)) - 0.5
    streaks = clouds(np_rng, height, width, (40, 3))
    colours = [look.accent, look.second, look.fabric, muted(look.accent, 0.6)]
    rng.shuffle(colours)
    margin, aspect = 0.07, width / height
    cuts = [0.06, rng.uniform(0.3, 0.42), rng.uniform(0.55, 0.72), 0.94]
    for low, high, colour in zip(cuts, cuts[1:], colours, strict=False):
        inside = np.minimum(np.minimum(u - margin, aspect - margin - u), np.minimum(v - low - 0.012, high - 0.012 - v))
        field = soft(inside + 0.05 * edge, -0.008, 0.03)
        picture = laid(picture, field * (0.72 + 0.28 * streaks), muted(colour, 0.15 + 0.1 * rng.random()))
    return picture * (0.94 + 0.12 * streaks[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
