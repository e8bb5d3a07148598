"""A drawing of one line."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import INK, PAPER, curve, laid, muted, plane, soft, stroke
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "scandinavian", "minimalist")
PIECE = Piece("art_line", "art", "Line drawing", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Loops of one line over a disc of colour."""
    u, v = plane(height, width)
    aspect = width / height
    picture = np.broadcast_to(PAPER * 1.06, (height, width, 3)).copy()
    centre, radius = (aspect * rng.uniform(0.35, 0.65), rng.uniform(0.32, 0.45)), rng.uniform(0.17, 0.24)
    disc = soft(radius - np.hypot(u - centre[0], v - centre[1]), -0.003, 0.003)
    picture = laid(picture, disc * 0.85, muted(look.accent, 0.45))
    turns, points = rng.choice([2, 3]), []
    for step in range(turns * 6 + 1):
        angle, share = step * np.pi / 3 + rng.uniform(-0.15, 0.15), step / (turns * 6)
        reach = 0.12 + 0.1 * np.sin(share * np.pi) + rng.uniform(-0.03, 0.03)
        points.append(
            (aspect * 0.5 + aspect * 0.62 * (share - 0.5) + reach * np.cos(angle), 0.5 + 1.35 * reach * np.sin(angle))
        )
    line = curve(points, 160)
    return laid(picture, stroke((height, width), line, 0.0035 + 0.0015 * np.sin(np.arange(len(line)) / 90)), INK)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
