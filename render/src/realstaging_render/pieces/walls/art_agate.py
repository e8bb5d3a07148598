"""A slice of agate, its bands edged in gold."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury")
PIECE = Piece("art_agate", "art", "Agate", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Bands round a bright heart, bent by the stone, thin veins of gold between some of them."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    middle = (aspect * rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.7))
    bend = clouds(np_rng, height, width, (2.6, 2.6 * aspect), 4)
    fine = clouds(np_rng, height, width, (9, 9 * aspect), 3)
    far = np.hypot((u - middle[0]) * 0.9, v - middle[1]) + 0.34 * (bend - 0.5) + 0.03 * (fine - 0.5)
    deep, pale = muted(look.accent, 0.05), muted(look.light, 0.2)
    tones = [
        np.asarray(c) for c in (pale, muted(look.second, 0.2), deep, muted(look.second, 0.55), muted(look.accent, 0.5))
    ]
    bands = far * rng.uniform(13, 17)
    number = np.floor(bands).astype(int)
    order = np_rng.integers(0, len(tones), number.max() - number.min() + 2)
    here, after = order[number - number.min()], order[number - number.min() + 1]
    share = soft(bands - number, 0.25, 0.95)
    table = np.stack(tones)
    picture = table[here] * (1 - share[..., None]) + table[after] * share[..., None]
    rings = np.abs(((bands + 0.5) % 1) - 0.5)
    picture = laid(picture, soft(0.05 - rings, 0.0, 0.03) * 0.5, pale)
    gold = np.array([0.52, 0.37, 0.13]) * (0.7 + 0.6 * fine[..., None])
    vein = soft(0.055 - np.abs(((bands + 0.5) / 3) % 1 - 0.5) * 1.6, 0.0, 0.03)
    picture = laid(picture, vein, gold)
    return np.clip(picture * (0.92 + 0.16 * fine[..., None]), 0.01, 0.88)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
