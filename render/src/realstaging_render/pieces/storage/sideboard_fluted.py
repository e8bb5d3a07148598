"""A sideboard with rounded ends, fluted all round, on a metal plinth and under a stone top."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern")
PIECE = Piece(
    "sideboard_fluted", "sideboard", "Fluted sideboard", 1.7, 0.46, 0.8, ("dining_room", "living_room"), STYLES
)


def build(builder: Builder, look: Look, dice: random.Random) -> None:  # noqa: ARG001
    brass, timber = materials.metal(look.metal, 0.24), materials.wood(look.wood, "Z", 0.3)
    stone = materials.marble((0.72, 0.7, 0.67), (0.3, 0.29, 0.28))
    _slab(builder, 0.78, 0.17, 0.0, 0.07, brass)
    _slab(builder, 0.82, 0.2, 0.07, 0.7, timber, flutes=0.006)
    _slab(builder, 0.825, 0.205, 0.762, 0.006, brass)
    _slab(builder, 0.85, 0.23, 0.768, 0.032, stone)


def _slab(
    builder: Builder,
    half_width: float,
    half_depth: float,
    low: float,
    tall: float,
    material: object,
    flutes: float = 0.0,
) -> None:
    """An upright slab with round ends; ``flutes`` is the depth of the grooves round it."""
    outline = _oval(half_width, half_depth)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(outline, axis=0).T))])
    count = round(along[-1] / 0.026)
    dent = flutes * (1 - np.abs(np.sin(math.pi * count * along / along[-1])))[:, None]
    middle = np.stack([np.clip(outline[:, 0], half_depth - half_width, half_width - half_depth), 0 * along], axis=-1)
    ring = outline - dent * (outline - middle) / half_depth
    soft = min(0.003, tall / 3)
    levels = [(middle, 0.0), (ring + (middle - ring) * 0.02, 0.0), (ring, soft), (ring, tall - soft)]
    levels += [(ring + (middle - ring) * 0.02, tall), (middle, tall)]
    rows = [np.column_stack([line, np.full(len(line), low + height)]) for line, height in levels]
    builder.sheet(np.stack(rows), material)


def _oval(half_width: float, half_depth: float) -> np.ndarray:
    """Points 3 mm apart round a rectangle with half circles at its ends."""
    straight = half_width - half_depth
    line = np.linspace(-straight, straight, round(straight * 2 / 0.0045))
    turn = np.linspace(-math.pi / 2, math.pi / 2, round(half_depth * math.pi / 0.0045))
    right = np.column_stack([straight + half_depth * np.cos(turn), half_depth * np.sin(turn)])
    front = np.column_stack([line, np.full(len(line), -half_depth)])
    half = np.vstack([front, right[1:]])
    return np.vstack([half, -half[1:]])
