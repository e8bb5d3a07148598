"""Camelbacks: a back that rises to a hump in one tight curve, scrolled arms, square tapered legs."""

from __future__ import annotations

import math
import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad, round_three_sides, surround
from realstaging_render.pieces.seating.slipcover import scattered
from realstaging_render.shapes import Builder

ARM = 0.66


def camel_backed(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    cloth, foot = materials.fabric(look.fabric, 850, 0.3), 0.2
    line = round_three_sides(width - 0.17, depth - 0.15, 0.1)
    line[:, 1] -= 0.03
    corner = 1 - 2 * (depth - 0.2) / (2 * (depth - 0.15) + width - 0.2)

    def section(share: float) -> list[tuple[float, float]]:
        along = min(1.0, share / corner)
        top = ARM + 0.09 + (height - ARM - 0.09) * (0.5 + 0.5 * math.cos(math.pi * along)) ** 0.8
        top -= 0.09 * min(1.0, max(0.0, (share - corner) / (1 - corner) / 0.4))
        lean = 0.05 * (1 - along)
        half = 0.048 + 0.022 * along
        turns = [math.radians(a) for a in range(190, -61, -10)]
        roll = [(lean + half * math.cos(a), top - half + half * math.sin(a)) for a in turns]
        return [(-0.07, 0.25), (-0.062, 0.45), *roll, (0.012, top - 0.19), (0.01, foot)]

    surround(builder, line, section, cloth, soft=0.035)
    pad(builder, (width - 0.19, depth - 0.2, 0.14), (0, -0.025, foot), cloth, crown=0.0, edge=0.015, corner=0.02)
    inner, deep = width - 0.33, depth - 0.2
    for number in range(seats):
        at = (-inner / 2 + inner / seats * (number + 0.5), -depth / 2 + deep / 2 + 0.012, foot + 0.13)
        pad(builder, (inner / seats - 0.003, deep, 0.14), at, cloth, edge=0.04, crown=0.028, welt=cloth, rng=rng)
    _legs(builder, width - 0.26, depth - 0.24, foot, materials.wood(look.wood, "Z", 0.35))
    with builder.carried():
        scattered(builder, look, rng, pillows, (inner / 2 - 0.2, depth / 2 - 0.33, foot + 0.345))


def _legs(builder: Builder, width: float, depth: float, height: float, timber: Any) -> None:
    """Square and tapered at the front, raked behind; a third pair under a long seat."""
    spots = (-1, 0, 1) if width > 1.5 else (-1, 1)
    for side in spots:
        x = side * width / 2
        builder.rod((x, -depth / 2 - 0.03, 0), (x, -depth / 2 - 0.03, height + 0.01), 0.016, timber, 0.03)
        builder.rod((x, depth / 2 + 0.03, 0), (x, depth / 2 - 0.03, height + 0.01), 0.016, timber, 0.027)
