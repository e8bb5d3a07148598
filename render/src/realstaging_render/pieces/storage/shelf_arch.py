"""A bookcase under a round arch, its sides bent of one board."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.shelving import shelf_filled
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "bohemian")
ROOMS = ("living_room", "office", "bedroom")
PIECE = Piece("shelf_arch", "bookshelf", "Arched bookcase", 0.9, 0.36, 1.95, ROOMS, STYLES)
HALF, SPRING, BOARD = 0.45, 1.5, 0.028
SHELVES = (0.06, 0.44, 0.82, 1.2, 1.54)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    level, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    outer, inner = _arch(HALF), _arch(HALF - BOARD)
    rows = [_at(outer, -0.18), _at(outer, 0.18), _at(inner, 0.18), _at(inner, -0.18), _at(outer, -0.18)]
    builder.sheet(np.stack(rows), upright)
    foot = np.column_stack([inner[:, 0], np.full(len(inner), 0.06)])
    builder.sheet(np.stack([_at(inner, 0.165), _at(np.minimum(inner, foot), 0.165)]), upright, thin=True)
    for z in SHELVES:
        half = _inside(z + 0.024)
        builder.box((2 * half + 0.012, 0.33, 0.024), (0, 0, z), level, 0.002)
    builder.box((2 * (HALF - BOARD) + 0.01, 0.02, 0.064), (0, -0.15, 0), level, 0.002)
    kinds = rng.sample([0, 1, 4, 5], 4)
    for z, above, kind in zip(SHELVES, SHELVES[1:], kinds, strict=False):
        half = _inside(above) - 0.02
        shelf_filled(builder, look, rng, -half, half, z + 0.0245, above - z - 0.03, kind, -0.01)
    shelf_filled(builder, look, rng, -0.2, 0.2, SHELVES[-1] + 0.0245, 0.26, 2, -0.01)


def _arch(half: float) -> np.ndarray:
    """From the floor up, over a half circle and down again (x, z)."""
    bow = np.linspace(math.pi, 0, 49)
    over = np.column_stack([half * np.cos(bow), SPRING + half * np.sin(bow)])
    return np.vstack([[-half, 0.0], over, [half, 0.0]])


def _at(line: np.ndarray, y: float) -> np.ndarray:
    return np.column_stack([line[:, 0], np.full(len(line), y), line[:, 1]])


def _inside(z: float) -> float:
    """Half the clear width at a height."""
    return math.sqrt(max((HALF - BOARD) ** 2 - max(0.0, z - SPRING) ** 2, 0.0))
