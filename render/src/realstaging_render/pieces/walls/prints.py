"""Framed prints. A family of prints is a function that draws one: float pixels (h, w, 3), linear sRGB."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

Draw = Callable[[Look, random.Random, int, int], Any]

PORTRAIT = (0.6, 0.035, 0.8)
LARGE = (1.1, 0.035, 0.78)
"""Width, depth and height in metres."""
ROOMS = ("living_room", "bedroom", "dining_room", "office", "entryway")
PER_METRE = 400
GILT = (0.42, 0.3, 0.12)


def framed(builder: Builder, look: Look, rng: random.Random, piece: Piece, draw: Draw, *, gilt: bool = False) -> None:
    """A print of the size of ``piece`` behind a mat in a slim frame, or in a broad gilt one without."""
    wide, high, back = piece.width, piece.height, piece.depth / 2
    bar, mat = (0.06, 0.0) if gilt else (0.02 + 0.008 * (look.curve > 0.5), 0.055)
    if gilt:
        frame = materials.metal(GILT, 0.42)
    else:
        frame = materials.wood(look.wood, "X", 0.35) if look.legs == "wood" else materials.metal(look.metal, 0.3)
    for x in (-1, 1):
        builder.box((bar, piece.depth, high), (x * (wide - bar) / 2, 0, 0), frame, 0.003)
    for z in (0, high - bar):
        builder.box((wide, piece.depth, bar), (0, 0, z), frame, 0.003)
    if gilt:
        for x in (-1, 1):
            builder.box((0.016, 0.02, high - 2 * bar), (x * (wide / 2 - bar), -0.002, bar), frame, 0.006)
        for z in (bar - 0.008, high - bar - 0.008):
            builder.box((wide - 2 * bar, 0.02, 0.016), (0, -0.002, z), frame, 0.006)
    paper = materials.lacquer((0.85, 0.84, 0.81), 0.9)
    builder.box((wide - bar, 0.012, high - bar), (0, back - 0.01, bar / 2), paper, 0.001)
    inner = (wide - 2 * (bar + mat), high - 2 * (bar + mat))
    pixels = np.clip(draw(look, rng, round(inner[1] * PER_METRE), round(inner[0] * PER_METRE)), 0.002, 0.9)
    art = materials.picture(f"{piece.name} {look.style} {rng.random():.6f}", pixels)
    builder.box((inner[0], 0.002, inner[1]), (0, back - 0.018, bar + mat), art, 0.0001)
