"""A trough of rusted steel with feather grass."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.clipped import SOIL, feathered
from realstaging_render.pieces.soft.rugs import blended, clouds
from realstaging_render.shapes import Builder

STYLES = ("industrial", "modern", "minimalist")
PIECE = Piece("planter_corten", "planter", "Rusted steel trough", 1.16, 0.57, 1.27, ("outdoor",), STYLES)
WIDE, DEEP, TALL, SHEET = 1.0, 0.34, 0.46, 0.012


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    rust = _rust(rng)
    for y in (-1, 1):
        builder.box((WIDE, SHEET, TALL), (0, y * (DEEP - SHEET) / 2, 0), rust, 0.003)
    for x in (-1, 1):
        at = (x * (WIDE - SHEET) / 2, 0, 0.001)
        builder.box((DEEP - 0.004, SHEET, TALL - 0.002), at, rust, 0.003, (0, 0, 90))
    for y in (-1, 1):
        builder.box((WIDE + 0.002, 0.03, SHEET), (0, y * (DEEP / 2 - 0.014), TALL - SHEET + 0.001), rust, 0.003)
    for x in (-1, 1):
        builder.box((0.03, DEEP - 0.04, SHEET), (x * (WIDE / 2 - 0.014), 0, TALL - SHEET), rust, 0.003)
    soil = materials.lacquer(SOIL, 0.95)
    builder.box((WIDE - 0.026, DEEP - 0.026, 0.02), (0, 0, TALL - 0.06), soil, 0.004)
    feathered(builder, rng, (WIDE - 0.14, DEEP - 0.12), TALL - 0.05, 0.86, 620)


def _rust(rng: random.Random) -> Any:
    """Weathered steel: orange clouds in brown, streaks that ran down it."""
    shape = (230, 500)
    fog, streaks = clouds(rng, shape, (7, 14), 6), clouds(rng, shape, (2.5, 45), 4)
    colours = np.broadcast_to(np.array([0.135, 0.052, 0.026]), (*shape, 3))
    colours = blended(colours, (0.23, 0.085, 0.033), np.clip((fog - 0.44) * 6, 0, 1))
    colours = blended(colours, (0.085, 0.036, 0.02), np.clip((streaks - 0.56) * 4, 0, 0.5))
    return materials.picture(f"rust {rng.random():.6f}", colours)
