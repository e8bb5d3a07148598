"""A slab cut along the trunk, its edges as they grew, on four splayed legs."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.pieces.tables.outlined import plate
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "scandinavian")
PIECE = Piece("coffee_live", "coffee_table", "Live-edge coffee table", 1.2, 0.62, 0.4, ("living_room",), STYLES)


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    turn = np.linspace(0, 2 * np.pi, 241)
    wide, deep = 0.6 * _blunt(np.cos(turn)), 0.275 * _blunt(np.sin(turn))
    deep = deep + np.sign(deep) * 0.03 * np.sin(wide * 6 + (deep > 0) * 2.1) * np.minimum(1, np.abs(deep) * 6)
    deep = deep + 0.006 * np.sin(wide * 23 + 1)
    outline = np.stack([wide, deep * 0.31 / np.abs(deep).max()], axis=-1)
    plate(builder, outline, 0.345, 0.055, materials.wood(look.wood, "X", 0.5), 0.012)
    leg = materials.wood(look.wood, "Z")
    for x, y in ((-0.4, -0.13), (-0.4, 0.13), (0.4, -0.13), (0.4, 0.13)):
        builder.rod((x * 1.14, y * 1.45, 0), (x, y, 0.35), 0.014, leg, 0.026)
    books(builder, look, dice, (-0.26, 0.0, 0.4), 3)
    bowl(builder, look, (0.22, 0.02, 0.4), 0.14)


def _blunt(wave: np.ndarray) -> np.ndarray:
    """A circle's run, squared off."""
    return np.sign(wave) * np.abs(wave) ** 0.38
