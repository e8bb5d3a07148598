"""Curtains: cloth in pleats that widen as they fall, on rings or in a tape, from a rod with finials. Sizes: width, depth, height."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import spun
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder, Point

FLOOR = 0.008
"""Metres between hem and floor."""


def pair(
    builder: Builder,
    look: Look,
    rng: random.Random,
    size: Point,
    cloth: Any,
    *,
    share: float = 0.15,
    rings: bool = True,
) -> None:
    """Two curtains, each over ``share`` of the width, drawn to the sides; ``share`` 0.5 closes them."""
    width, _, height = size
    rod: Any = (
        materials.wood(look.wood, "X", 0.4)
        if look.legs == "wood" and look.curve < 0.65
        else materials.metal(look.metal, 0.3)
    )
    top, half = height - 0.024, width / 2
    builder.rod((-half + 0.045, 0.012, top), (half - 0.045, 0.012, top), 0.0125, rod)
    for side in (-1, 1):
        spun(builder, (side * (half - 0.055), 0.012, top), (side * half, 0.012, top),
             [(0.0125, 0), (0.0185, 0.18), (0.0125, 0.3), (0.022, 0.62), (0.018, 0.85), (0.004, 1)], rod)  # fmt: skip
        builder.rod((side * (half - 0.1), 0.05, top), (side * (half - 0.1), 0.008, top), 0.007, rod)
        builder.rod((side * (half - 0.1), 0.05, top), (side * (half - 0.1), 0.045, top), 0.022, rod)
        pleats = max(3, round(width * share / 0.085))
        outer, inner = side * (half - 0.075), side * (half - 0.075 - share * width)
        _fall(builder, rng, (outer, inner), (FLOOR, top - (0.03 if rings else -0.005)), pleats, cloth)
        if rings:
            for number in range(pleats):
                x = outer + (inner - outer) * (number + 0.5) / pleats
                _ring(builder, (x, 0.012, top - 0.007), 0.0205, 0.0022, rod)


def _ring(builder: Builder, at: Point, radius: float, thick: float, material: Any) -> None:
    """A ring in the plane across the rod: ``at`` is its middle."""
    turn = np.linspace(0, 2 * math.pi, 25)
    around = np.linspace(0, 2 * math.pi, 9)
    a, b = np.meshgrid(turn, around, indexing="ij")
    reach = radius + thick * np.cos(b)
    builder.sheet(
        np.stack([at[0] + thick * np.sin(b), at[1] + reach * np.cos(a), at[2] + reach * np.sin(a)], axis=-1), material
    )


def _fall(
    builder: Builder,
    rng: random.Random,
    ends: tuple[float, float],
    heights: tuple[float, float],
    pleats: int,
    cloth: Any,
) -> None:
    """One curtain between ``ends`` (x): pinched above, loose below, its folds a little uneven."""
    low, high = heights
    u, v = np.meshgrid(np.linspace(0, 1, 26 * pleats + 1), np.linspace(0, 1, 30), indexing="ij")
    phase = [rng.uniform(0, 6) for _ in range(4)]
    drift = (
        0.12 / pleats * np.sin(3.1 * v + phase[0]) * v + 0.05 / pleats * np.sin(2 * math.pi * u * 1.7 + phase[1]) * v
    )
    wave = 2 * math.pi * pleats * (u + drift)
    deep = 0.016 + 0.024 * v**0.6 + 0.005 * np.sin(2 * math.pi * u * 2.3 + phase[2]) * v
    # Rounder in front than behind, as cloth hangs.
    fold = np.sin(wave) + 0.22 * np.sin(2 * wave + 0.6) * (1 - 0.5 * v)
    x = ends[0] + (ends[1] - ends[0]) * u + 0.010 * np.sin(2 * wave) * (0.3 + 0.7 * v)
    y = 0.008 - deep * fold
    z = high - (high - low) * v + 0.004 * np.sin(wave * 0.5 + phase[3]) * (v > 0.98)
    builder.sheet(np.stack([x, y, z], axis=-1), cloth, thin=True)


def linen(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """Heavy linen or velvet in the style's own tone, drawn to the sides."""
    rich = look.style in {"luxury", "traditional"}
    tone = (
        look.second if rich else look.light if look.style in {"coastal", "scandinavian", "minimalist"} else look.fabric
    )
    cloth = materials.fabric(tone, 1300, 0.1) if rich else materials.fabric(tone, 600, 0.25)
    pair(builder, look, rng, size, cloth, share=0.14)


def voile(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """Thin white curtains, nearly closed: the window shines through."""
    pair(builder, look, rng, size, materials.sheer(look.light), share=0.34, rings=False)
