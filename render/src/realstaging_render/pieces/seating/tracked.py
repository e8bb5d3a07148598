"""Low sofas with slim square arms: one deep bench cushion, knife-edged back cushions, blades of steel for feet."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.pieces.seating.slipcover import scattered
from realstaging_render.shapes import Builder


def track_armed(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], backs: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres; ``backs`` is the number of its back cushions."""
    width, depth, height = size
    cloth, steel = materials.fabric(look.fabric, 800, 0.3), materials.metal(look.metal, 0.3)
    arm, back, low, rest = 0.115, 0.14, 0.13, 0.56
    for x in (-width / 2 + 0.13, width / 2 - 0.13):
        for end in (-1, 1):
            builder.box((0.014, 0.07, low + 0.01), (x, end * (depth / 2 - 0.11), 0), steel, 0.003)
        builder.box((0.0135, depth - 0.16, 0.02), (x, 0, low - 0.018), steel, 0.003)
    block = {"corner": 0.02, "edge": 0.02, "crown": 0.004, "bulge": 0.002, "rng": rng}
    pad(builder, (width - 0.02, depth - 0.02, 0.13), (0, 0, low), cloth, **block)
    pad(
        builder,
        (width - 0.006, back, height - 0.12 - low),
        (0, (depth - back) / 2 - 0.002, low + 0.002),
        cloth,
        **block,
    )
    for side in (-1, 1):
        pad(builder, (arm, depth - 0.008, rest - low), (side * (width - arm) / 2, 0, low + 0.001), cloth, **block)
    inner, deep = width - 2 * arm - 0.004, depth - back
    bench = {"corner": 0.04, "edge": 0.05, "crown": 0.025, "bulge": 0.006, "rng": rng}
    pad(builder, (inner, deep, 0.18), (0, -back / 2 - 0.012, low + 0.125), cloth, **bench)
    for number in range(backs):
        across = -inner / 2 + inner / backs * (number + 0.5)
        tilt = (75 + rng.uniform(-2, 2), 0, rng.uniform(-1.5, 1.5))
        at = (across, depth / 2 - back - 0.11, height - 0.325)
        loose = (inner / backs - 0.004, 0.46, 0.18)
        pad(builder, loose, at, cloth, corner=0.05, edge=0.07, crown=0.035, tilt=tilt, rng=rng)
    with builder.carried():
        scattered(builder, look, rng, pillows, (inner / 2 - 0.22, depth / 2 - back - 0.24, 0.53))
