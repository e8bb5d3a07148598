"""What stands on shelves: rows of books, and things between them."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl, vase
from realstaging_render.shapes import Builder

PAPER = ((0.52, 0.47, 0.39), (0.07, 0.07, 0.075), (0.33, 0.29, 0.24))


def row_of_books(
    builder: Builder,
    look: Look,
    rng: random.Random,
    left: float,
    right: float,
    z: float,
    tallest: float,
    y: float = 0.0,
) -> None:
    """Books side by side from ``left`` to at most ``right``, 0.2 m deep about ``y``; the last one leans."""
    colours = [look.light, look.light, look.accent, look.second, *PAPER]
    x = left
    with builder.carried():
        while x + 0.08 < right:
            thick, tall = rng.uniform(0.018, 0.042), min(tallest, rng.uniform(0.19, 0.28))
            spine, deep = materials.lacquer(rng.choice(colours), 0.65), rng.uniform(0.15, 0.19)
            builder.box((thick, deep, tall), (x + thick / 2, y + deep / 2 - 0.1, z), spine, 0.002)
            x += thick + 0.001
        lean, thick, tall = 9, 0.026, min(tallest - 0.02, 0.23)
        spine = materials.lacquer(rng.choice(colours), 0.65)
        builder.box((thick, 0.16, tall), (x + 0.035, y - 0.02, z + 0.0005), spine, 0.002, (0, -lean, 0))


def shelf_filled(
    builder: Builder,
    look: Look,
    rng: random.Random,
    left: float,
    right: float,
    z: float,
    height: float,
    kind: int,
    y: float = 0.0,
) -> None:
    """One compartment from ``left`` to ``right``, ``height`` high, its middle at ``y``, filled in one of six ways."""
    middle, room = (left + right) / 2, height - 0.03
    far = right - 0.1
    if kind == 0:
        row_of_books(builder, look, rng, left + 0.01, right - 0.06, z, room, y)
    elif kind == 1:
        row_of_books(builder, look, rng, left + 0.01, middle, z, room, y)
        bowl(builder, look, (far, y, z), 0.075)
    elif kind == 2:
        vase(builder, look, rng, (left + 0.11, y, z), min(0.15, room * 0.42))
        books(builder, look, rng, (right - 0.16, y, z), 3)
    elif kind == 3:
        with builder.carried():
            coiled(builder, [(0.1, 0), (0.12, 0.05), (0.125, 0.17)], (middle, y, z), materials.wood(CANE, "X", 0.7))
    elif kind == 4:
        top = books(builder, look, rng, (middle - 0.02, y, z), 4)
        bowl(builder, look, (middle - 0.02, y, top), 0.07)
    else:
        frame, side = materials.lacquer((0.03, 0.03, 0.03), 0.4), min(room * 0.8, 0.24)
        with builder.carried():
            builder.box((side * 0.8, 0.015, side), (middle, y + 0.06, z + 0.004), frame, 0.003, (-8, 0, 0))
            sheet = materials.lacquer(look.light, 0.8)
            builder.box((side * 0.68, 0.008, side * 0.86), (middle, y + 0.05, z + 0.02), sheet, 0.001, (-8, 0, 0))
        row_of_books(builder, look, rng, left + 0.01, middle - side * 0.45 - 0.03, z, room, y)
