"""Mid-century settees: one long bench cushion, a buttoned back, round bolsters, tapered legs."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder


def bench_seated(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], bolsters: bool = True
) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    cloth, across = materials.fabric(look.fabric, 650, 0.4), materials.wood(look.wood, "X")
    arm, foot = 0.085, 0.2
    tapered_feet(builder, look, width - 0.26, depth - 0.2, foot)
    builder.box((width - 0.07, depth - 0.06, 0.035), (0, 0, foot - 0.008), across, 0.008)
    block = {"corner": 0.03, "edge": 0.03, "crown": 0.008, "rng": rng}
    for side in (-1, 1):
        at = (side * (width - arm) / 2, -0.01, foot + 0.025)
        pad(builder, (arm, depth - 0.03, 0.34), at, cloth, **{**block, "edge": 0.04})
    inner = width - 2 * arm - 0.006
    pad(
        builder,
        (width - 0.09, 0.1, height - foot - 0.03),
        (0, depth / 2 - 0.055, foot + 0.026),
        cloth,
        **{**block, "edge": 0.045},
    )
    pad(builder, (inner, depth - 0.12, 0.08), (0, -0.05, foot + 0.025), cloth, **{**block, "crown": 0.0})
    pad(
        builder,
        (inner, depth - 0.13, 0.15),
        (0, -0.06, foot + 0.1),
        cloth,
        **{**block, "edge": 0.045, "crown": 0.018},
        welt=cloth,
    )
    count = 3 if width > 1.75 else 2 if width > 1.2 else 1
    for number in range(count):
        x = -inner / 2 + inner / count * (number + 0.5)
        upright = (inner / count - 0.006, height - foot - 0.28, 0.14)
        at = (x, depth / 2 - 0.185, (height + foot + 0.22) / 2 - 0.055)
        pad(builder, upright, at, cloth, **{**block, "edge": 0.045, "crown": 0.02}, tilt=(80, 0, 0), welt=cloth)
    if bolsters:
        with builder.carried():
            for side in (-1, 1):
                _bolster(
                    builder,
                    (side * (inner / 2 - 0.085), -0.09, foot + 0.325),
                    0.5,
                    0.085,
                    materials.fabric(look.accent, 650, 0.4),
                )


def tapered_feet(builder: Builder, look: Look, width: float, depth: float, height: float) -> None:
    """Four turned feet that lean outwards, with brass at their tips."""
    timber, brass = materials.wood(look.wood, "Z"), materials.metal((0.48, 0.33, 0.12), 0.3)
    for x in (-width / 2, width / 2):
        for y in (-depth / 2, depth / 2):
            foot, head = (x + 0.05 * np.sign(x), y + 0.04 * np.sign(y), 0.0), (x, y, height)
            tip = tuple(foot[k] + (head[k] - foot[k]) * 0.13 for k in range(3))
            builder.rod(foot, tip, 0.0105, brass, 0.0125)
            builder.rod(tip, head, 0.012, timber, 0.023)


def _bolster(builder: Builder, at: tuple[float, float, float], long: float, radius: float, cloth: Any) -> None:
    """A round cushion that lies from front to back."""
    turn = np.linspace(0, 2 * math.pi, 41)
    rows = []
    for y, r in [
        (0, 0.001),
        (0.0, 0.6),
        (0.006, 0.85),
        (0.022, 0.98),
        (0.05, 1.0),
        *((s, 1.0) for s in (0.2, 0.35, 0.5)),
    ]:
        rows.append((y - 0.5, r))
    rows += [(-y, r) for y, r in rows[-2::-1]]
    ring = np.column_stack([np.cos(turn), 0 * turn, np.sin(turn)])
    builder.sheet(np.stack([np.array(at) + ring * radius * r + (0, y * long, 0) for y, r in rows]), cloth)
