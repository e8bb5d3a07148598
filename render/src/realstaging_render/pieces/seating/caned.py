"""Seats of round poles with panels of woven cane, and loose cushions."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, tube
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.slipcover import scattered
from realstaging_render.shapes import Builder

MESH = 0.024
"""Metres between strands of the weave."""


def caned(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    pole = materials.wood(look.wood, "Z", 0.4)
    rail = materials.wood(look.wood, "X", 0.4)
    x, y, seat, rest = width / 2 - 0.022, depth / 2 - 0.03, 0.25, 0.6
    for side in (-1, 1):
        # Arm and legs are one bent pole.
        path = [(side * x, -y, 0), (side * x, -y, 0.3), (side * x, -y, rest - 0.12), (side * x, -y + 0.04, rest - 0.03)]
        path += [(side * x, -y + 0.13, rest), (side * x, 0, rest + 0.005), (side * x, y - 0.05, rest + 0.02)]
        tube(builder, path, 0.02, pole)
        tube(builder, [(side * x, y + 0.01, 0), (side * x, y - 0.03, 0.3), (side * x, y, height - 0.02)], 0.021, pole)
        tube(builder, [(side * x, -y, seat), (side * x, y - 0.03, seat)], 0.016, pole, steps=1)
        corners = [(side * x, -y + 0.02, seat + 0.015), (side * x, y - 0.03, seat + 0.015)]
        weave(builder, [*corners, (side * x, -y + 0.02, rest - 0.03), (side * x, y - 0.03, rest - 0.005)])
    for z, deep in ((seat, y - 0.02), (height - 0.021, y)):
        builder.rod((-x, deep, z), (x, deep, z), 0.018, rail)
    builder.rod((-x, -y, seat), (x, -y, seat), 0.018, rail)
    count = max(1, round(width / 0.75))
    for number in range(count):
        left, right = (-x + 2 * x * (number + end) / count for end in (0, 1))
        if number:
            builder.rod((left, y - 0.02, seat), (left, y, height - 0.02), 0.014, pole)
        bottom = [(left, y - 0.02, seat + 0.01), (right, y - 0.02, seat + 0.01)]
        weave(builder, [*bottom, (left, y, height - 0.03), (right, y, height - 0.03)])
    builder.box((2 * x - 0.02, 2 * y - 0.03, 0.03), (0, -0.005, seat - 0.012), rail, 0.01)
    linen = materials.fabric(look.light if look.style == "coastal" else look.fabric, 380, 0.5)
    inner = 2 * x - 0.045
    each = inner / seats
    for number in range(seats):
        across = -inner / 2 + each * (number + 0.5)
        builder.cushion((each, depth - 0.07, 0.18), (across, -0.012, seat + 0.01), linen, plump=0.2, rng=rng)
        tilt = (73 + rng.uniform(-2, 2), 0, rng.uniform(-2, 2))
        builder.cushion(
            (each * 0.98, 0.46, 0.2), (across, depth / 2 - 0.2, height - 0.335), linen, plump=0.42, tilt=tilt, rng=rng
        )
    with builder.carried():
        scattered(builder, look, rng, pillows, (inner / 2 - 0.22, depth / 2 - 0.36, seat + 0.29))


def weave(builder: Builder, corners: list[tuple[float, float, float]]) -> None:
    """Strands to and fro between four corners: below left, below right, above left, above right."""
    cane: Any = materials.wood(CANE, "Z", 0.5)
    low, low_end, high, high_end = (np.array(corner) for corner in corners)
    for start, end, over, over_end in ((low, low_end, high, high_end), (low, high, low_end, high_end)):
        count = round(float(np.linalg.norm(end - start)) / MESH)
        flat = np.cross(end - start, over - start)
        flat = flat / np.linalg.norm(flat) * 0.002
        across = (end - start) / np.linalg.norm(end - start) * 0.0052
        for share in (np.arange(count) + 0.5) / count:
            a, b = start + (end - start) * share, over + (over_end - over) * share
            builder.sheet(
                np.array([[a - across, a + flat, a + across], [b - across, b + flat, b + across]]), cane, thin=True
            )
