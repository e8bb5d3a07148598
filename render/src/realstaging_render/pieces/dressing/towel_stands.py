"""Towels on what leans or stands: ladders of wood or steel, a turned stand."""

from __future__ import annotations

import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.bending import rounded, spun, tube
from realstaging_render.pieces.dressing.linen import hung, terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

RUNGS = (0.42, 0.78, 1.14, 1.5)
"""Heights of a ladder's rungs, metres."""


def ladder(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], *, steel: bool = False
) -> None:
    """A ladder that leans on the wall behind it, ``size`` (width, depth, height) metres, a towel on two of its rungs."""
    width, depth, height = size
    rail: Any = materials.metal(look.metal, 0.35) if steel else materials.wood(look.wood, "Z", 0.5)
    rung: Any = rail if steel else materials.wood(look.wood, "X", 0.5)
    thick = 0.0125 if steel else 0.019
    foot, head = -depth / 2 + thick + 0.004, depth / 2 - thick

    def leaning(z: float) -> float:
        return foot + (head - foot) * z / height

    for side in (-1, 1):
        x = side * (width / 2 - thick)
        if steel:
            tube(builder, [(x, foot, 0), (x, leaning(height / 2), height / 2), (x, head, height)], thick, rail, steps=1)
        else:
            spun(
                builder, (x, foot, 0), (x, head, height), [(0.015, 0), (0.019, 0.02), (0.019, 0.985), (0.012, 1)], rail
            )
    for z in RUNGS:
        builder.rod((-width / 2 + thick, leaning(z), z), (width / 2 - thick, leaning(z), z), thick * 0.72, rung)
    lean = (head - foot) / height
    band = materials.fabric(look.accent, 500, 0.3)
    for z, wide, drops, colour, sewn in (
        (RUNGS[3], 0.7, (0.52, 0.44), look.light, band),
        (RUNGS[1], 0.6, (0.3, 0.26), look.second, None),
    ):
        bar = (0.0, leaning(z), z + thick * 0.6)
        hung(builder, rng, bar, (width - 2 * thick) * (0.5 + wide / 2), drops, terry(colour), sewn, lean * -0.35)


def stand(builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float]) -> None:
    """A stand of two turned (or bent) ends and three bars, two towels on it; ``size`` (width, depth, height) metres."""
    width, depth, height = size
    brass = look.style in {"luxury", "contemporary"}
    post: Any = materials.metal(look.metal, 0.26) if brass else materials.wood(look.wood, "Z", 0.4)
    bar: Any = post if brass else materials.wood(look.wood, "X", 0.4)
    x, y = width / 2 - 0.03, depth / 2 - 0.03
    turned = [(0.013, 0), (0.019, 0.05), (0.012, 0.1), (0.017, 0.3), (0.02, 0.5), (0.013, 0.56), (0.018, 0.6)]
    turned += [(0.012, 0.64), (0.017, 0.8), (0.011, 0.93), (0.017, 0.965), (0.004, 1)]
    for side in (-1, 1):
        if brass:
            loop = [(side * x, -y, 0.011), (side * x, -y * 0.55, height - 0.011), (side * x, y * 0.55, height - 0.011)]
            tube(builder, rounded([*loop, (side * x, y, 0.011)], 0.06), 0.011, post, steps=1)
            builder.rod((side * x, -y, 0.011), (side * x, y, 0.011), 0.009, post)
        else:
            spun(builder, (side * x, 0, 0.05), (side * x, 0, height), turned, post)
            foot = [(-y - 0.012, 0.012), (-y * 0.5, 0.03), (0, 0.075), (y * 0.5, 0.03), (y + 0.012, 0.012)]
            tube(builder, [(side * x, v, z) for v, z in foot], 0.012, post, steps=5)
    spots = ((-0.085, height - 0.14), (0.0, height - 0.045), (0.085, height - 0.14))
    if brass:
        spots = tuple((v, z) for v, z in ((-y * 0.6, height - 0.1), (y * 0.6, height - 0.1)))
        spots = ((-y * 0.72, height * 0.62), *spots)
    for v, z in spots:
        builder.rod((-x, v, z), (x, v, z), 0.0085, bar)
        if not brass and v:
            for side in (-1, 1):
                builder.rod((side * x, 0, z), (side * x, v, z), 0.009, post)
    near, far = spots[0], spots[1]
    hung(builder, rng, (0.0, far[0], far[1] + 0.006), 2 * x - 0.09, (0.46, 0.4), terry(look.light),
         materials.fabric(look.accent, 500, 0.3))  # fmt: skip
    hung(builder, rng, (0.05, near[0], near[1] + 0.006), 0.3, (0.27, 0.22), terry(look.second))
