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


def draw(look: Look, dice: random.Random, height: int, width: int) -> Any:
    """A grid of squares, each hatched one of four ways, a few of them filled."""
    rng, (u, v) = numbers(dice), plane(height, width)
    aspect = width / height
    down = dice.choice([5, 6, 7])
    across = max(3, round(down * aspect))
    picture = np.broadcast_to(PAPER * dice.uniform(0.95, 1.05), (height, width, 3)).copy()
    margin = 0.06
    x, y = (u / aspect - margin) / (1 - 2 * margin) * across, (v - margin) / (1 - 2 * margin) * down
    inside = (x > 0) & (x < across) & (y > 0) & (y < down)
    column, row = np.clip(x.astype(int), 0, across - 1), np.clip(y.astype(int), 0, down - 1)
    kinds = rng.integers(0, 5, (down, across))
    kinds[:, ::-1][:, : across // 2] = kinds[:, : across // 2]
    inks = [muted(c, 0.12) for c in (look.accent, look.second, look.wood)]
    which = rng.integers(0, 3, (down, across))
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
    return picture * (0.94 + 0.12 * clouds(rng, height, width, (80, 80), 3)[..., None])


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    framed(builder, look, dice, PIECE, draw)
