"""Rows of cloth bins that hang tilted in a low frame, toys in them."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import planed
from realstaging_render.pieces.storage.playthings import ball, blocks
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "mid_century", "scandinavian", "luxury")
PIECE = Piece("toys_bins", "toy_storage", "Toy bins", 0.9, 0.4, 0.72, ("kids_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = planed(look.wood)
    for x in (-0.439, 0.439):
        builder.box((0.022, 0.4, 0.72), (x, 0, 0), timber.upright, 0.008)
    builder.box((0.86, 0.012, 0.66), (0, 0.19, 0.03), timber.across, 0.002)
    for y, z in ((-0.16, 0.14), (0.02, 0.06), (-0.1, 0.4), (0.1, 0.32), (-0.02, 0.64)):
        builder.rod((-0.43, y, z), (0.43, y, z), 0.009, timber.across)
    builder.box((0.86, 0.2, 0.018), (0, 0.09, 0.7), timber.across, 0.003)
    colours = [look.fabric, look.second, look.light, look.accent]
    for row, (front, high) in enumerate(((-0.15, 0.16), (-0.09, 0.42))):
        for number in range(3):
            x = -0.286 + 0.286 * number
            cloth = materials.fabric(colours[(number + 2 * row) % 4], 500, 0.4)
            _bin(builder, cloth, (x, front + 0.11, high - 0.13))
            if number == 1 - row:
                blocks(builder, look, rng, (x - 0.06, front + 0.11, high - 0.05), 5)
            else:
                for dx, radius in ((-0.06, 0.06), (0.06, 0.05)):
                    ball(builder, (x + dx, front + 0.1 + dx / 4, high - 0.06), radius, rng.choice(colours))


def _bin(builder: Builder, cloth: object, at: tuple[float, float, float]) -> None:
    """An open box of cloth, 0.26 m wide, its mouth tilted to the front."""
    x, y, z = at
    tilt = (-14, 0, 0)
    builder.box((0.262, 0.2, 0.012), (x, y, z), cloth, 0.005, tilt)
    for side in (-1, 1):
        builder.box((0.01, 0.21, 0.16), (x + side * 0.13, y, z + 0.004), cloth, 0.004, tilt)
    builder.box((0.262, 0.012, 0.13), (x, y - 0.098, z - 0.012), cloth, 0.005, tilt)
    builder.box((0.262, 0.012, 0.18), (x, y + 0.1, z + 0.03), cloth, 0.005, tilt)
