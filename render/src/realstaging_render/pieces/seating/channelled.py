"""Seats in upright rolls of velvet that sweep round the sides, on a plinth of brass."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import channelled, pad, round_three_sides, surround
from realstaging_render.pieces.seating.slipcover import scattered
from realstaging_render.shapes import Builder


def channel_backed(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    velvet, brass = materials.fabric(look.second, 1500, 0.08), materials.metal(look.metal, 0.22)
    thick = 0.15
    bend = 0.46 if width > 1.2 else width / 2 - 0.02
    line = round_three_sides(width - 0.005, depth - 0.005, bend)

    def section(share: float) -> list[tuple[float, float]]:
        top = height - 0.17 * max(0.0, (share - 0.35) / 0.65) ** 1.6
        return [(-thick, 0.09), (-thick + 0.012, top - 0.06), (-thick + 0.04, top - 0.015), (-thick / 2, top),
                (-0.03, top - 0.012), (-0.004, top - 0.05), (0, top - 0.1), (-0.012, 0.09)]  # fmt: skip

    surround(builder, line, section, velvet, channelled(0.098, -1, 2, 0.022), soft=0.05)
    inner, deep = width - 2 * thick - 0.004, depth - thick - 0.002
    low, middle = 0.09, -depth / 2 + deep / 2
    pad(builder, (width - 0.1, depth - 0.1, low + 0.02), (0, 0, 0), brass, corner=0.4, front=0.05, edge=0.004, crown=0)
    shape = {"corner": bend - thick, "front": 0.05}
    pad(builder, (inner, deep - 0.05, 0.19), (0, middle + 0.005, low), velvet, edge=0.02, crown=0.0, **shape)
    pad(
        *(builder, (inner, deep, 0.18), (0, middle, low + 0.185), velvet),
        **{"edge": 0.06, "crown": 0.02, "bulge": 0.006, "welt": velvet, "rng": rng, **shape},
    )
    with builder.carried():
        scattered(builder, look, rng, pillows, (inner / 2 - 0.28, depth / 2 - 0.34, 0.46))
