"""Blocks of woven lines, as a textile is drawn on squared paper."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("modern", "scandinavian", "mid_century", "farmhouse")
PIECE = Piece("art_weave", "art", "Weave", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """A grid of squares, each hatched one of four ways, a few of them filled."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    down = rng.choice([5, 6, 7])
    across = max(3, round(down * aspect))
    picture = np.broadcast_to(PAPER * rng.uniform(0.95, 1.05), (height, width, 3)).copy()
    margin = 0.06
    x, y = (u / aspect - margin) / (1 - 2 * margin) * across, (v - margin) / (1 - 2 * margin) * down
    inside = (x > 0) & (x < across) & (y > 0) & (y < down)
    column, row = np.clip(x.astype(int), 0, across - 1), np.clip(y.astype(int), 0, down - 1)
    kinds = np_rng.integers(0, 5, (down, across))
    kinds[:, ::-1][:, : across // 2] = kinds[:, : across // 2]
    inks = [muted(c, 0.12) for c in (look.accent, look.second, look.wood)]
    which = np_rng.integers(0, 3, (down, across))
    which[:, ::-1][:, : across // 2] = which[:, : across // 2]
    kind, ink = kinds[row, column], which[row, column]
    fx, fy = x - column, y - row
    lines = {0: fx, 1: fy, 2: (fx + fy) / 1.42, 3: (fx - fy + 1) / 1.42}
    within = np.minimum(np.minimum(fx, 1 - fx), np.minimum(fy, 1 - fy)) > 0.045
    for number, phase in lines.items():
        stripe = soft(np.abs((phase * 7) % 1 - 0.5), 0.19, 0.25) * (kind == number) * within * inside
        for tone in range(3):
            picture = laid(picture, stripe * (ink == tone), inks[tone])
    for tone in range(3):
        picture = laid(picture, (kind == 4) * within * inside * (ink == tone) * 0.92, inks[tone])
    return picture * (0.94 + 0.12 * clouds(np_rng, height, width, (80, 80), 3)[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
