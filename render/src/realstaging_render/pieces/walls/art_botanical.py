"""A plant pressed on cream paper."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, curve, laid, numbers, plane, soft, stroke
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("traditional", "scandinavian", "farmhouse", "bohemian")
PIECE = Piece("art_botanical", "art", "Botanical print", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:  # noqa: ARG001
    """Sprigs with leaves in pairs, shaded along their ribs."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    picture = PAPER * (0.97 + 0.06 * clouds(np_rng, height, width, (5, 5))[..., None])
    green = np.array(rng.choice([(0.1, 0.16, 0.07), (0.14, 0.19, 0.13), (0.2, 0.17, 0.08), (0.07, 0.14, 0.1)]))
    sprigs = 1 if aspect < 1 else 3
    long, slim = rng.uniform(0.13, 0.17), rng.uniform(0.26, 0.42)
    for sprig in range(sprigs):
        foot = aspect * (sprig + 0.5) / sprigs
        lean = rng.uniform(-0.1, 0.1)
        stem = curve([(foot, 0.93), (foot + lean * 0.3, 0.62), (foot + lean, 0.34), (foot + lean * 1.5, 0.12)], 220)
        picture = laid(picture, stroke((height, width), stem, np.linspace(0.005, 0.0018, len(stem))), green * 0.7)
        pairs = 9
        for pair in range(pairs):
            at = stem[int(len(stem) * (0.16 + 0.82 * pair / (pairs - 1))) - 1]
            size = long * (1.1 - 0.6 * pair / pairs)
            for side in (-1, 1):
                turn = -np.pi / 2 + side * (0.95 - 0.35 * pair / pairs + rng.uniform(-0.12, 0.12))
                x = ((u - at[0]) * np.cos(turn) + (v - at[1]) * np.sin(turn)) / size
                y = ((v - at[1]) * np.cos(turn) - (u - at[0]) * np.sin(turn)) / size
                half = slim * np.sin(np.pi * np.clip(x, 0, 1) ** 0.8) * 0.55
                leaf = soft(half - np.abs(y), -0.01, 0.02) * (x > 0) * (x < 1)
                rib = 1 + 0.5 * soft(0.02 - np.abs(y), -0.02, 0.02) + 0.25 * np.sign(y)
                picture = laid(picture, leaf * 0.9, green * rib[..., None] * rng.uniform(0.85, 1.2))
    return picture


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
