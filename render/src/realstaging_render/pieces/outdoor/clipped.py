"""What gardeners clip and what grows in tufts: leafy balls, lavender, feather grass."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.green.leaves import grow, oval
from realstaging_render.shapes import Builder, Point

BOX = ((0.04, 0.09, 0.02), (0.06, 0.13, 0.03), (0.03, 0.065, 0.016))
STALK = ((0.1, 0.14, 0.07), (0.13, 0.17, 0.1))
BLOOM = ((0.17, 0.11, 0.32), (0.22, 0.15, 0.38), (0.13, 0.085, 0.26))
SOIL = (0.035, 0.025, 0.018)


def clipped(builder: Builder, rng: random.Random, middle: Point, radius: float, count: int) -> None:
    """A ball of small leaves."""
    greens = [materials.leaf(tone) for tone in BOX]
    core = [
        (max(0.002, radius * 0.86 * math.cos(a)), radius * 0.86 * math.sin(a)) for a in np.linspace(-1.57, 1.57, 11)
    ]
    builder.lathe(core, middle, greens[2], 32)
    for number in range(count):
        # Even over the ball (Vogel's spiral).
        up, turn = 1 - 2 * (number + 0.5) / count, number * math.pi * (3 - math.sqrt(5))
        level, reach = math.sqrt(1 - up * up), radius * rng.uniform(0.8, 0.93)
        root = [
            m + reach * part
            for m, part in zip(middle, (level * math.cos(turn), level * math.sin(turn), up), strict=True)
        ]
        rise = math.asin(up) + rng.uniform(-0.9, 0.9)
        long = rng.uniform(0.028, 0.042)
        heading = turn + rng.uniform(-1.1, 1.1)
        grow(builder, root, heading, rise, long, long * 0.62, oval, rng.choice(greens), droop=0.3, cells=(4, 3))


def lavender(builder: Builder, rng: random.Random, at: Point, radius: float, tall: float, count: int) -> None:
    """A tuft of lavender: silvery leaves below, stalks that spread, a spike of blooms on each."""
    stalks, blooms = [materials.leaf(tone) for tone in STALK], [materials.leaf(tone) for tone in BLOOM]
    for number in range(count):
        turn, out = number * math.pi * (3 - math.sqrt(5)), math.sqrt((number + 0.5) / count)
        spread, long = 0.5 * out + rng.uniform(-0.08, 0.08), tall * rng.uniform(0.74, 1.0) * (1 - 0.12 * out)
        way = np.array([math.sin(spread) * math.cos(turn), math.sin(spread) * math.sin(turn), math.cos(spread)])
        root = np.array(at) + 0.55 * radius * out * np.array([math.cos(turn), math.sin(turn), 0])
        tip = root + way * long
        low = root + way * long * 0.72
        builder.rod((root[0], root[1], root[2]), (tip[0], tip[1], tip[2]), 0.0016, rng.choice(stalks), 0.001)
        _spike(builder, low, tip, rng.choice(blooms), rng.uniform(0.0065, 0.009))
        heading = turn + rng.uniform(-0.5, 0.5)
        long_leaf = tall * rng.uniform(0.25, 0.42)
        grow(builder, root, heading, 1.3 - 0.7 * out, long_leaf, 0.008, oval, rng.choice(stalks), cells=(4, 2))


def _spike(builder: Builder, low: np.ndarray, tip: np.ndarray, bloom: Any, thick: float) -> None:
    """Whorls of blooms, smaller towards the tip."""
    share = np.linspace(0, 1, 11)
    wide = thick * (0.55 + 0.45 * np.abs(np.sin(share * math.pi * 4.5))) * (1 - 0.55 * share)
    turn = np.linspace(0, 2 * math.pi, 7)
    ahead = (tip - low) / np.linalg.norm(tip - low)
    side = np.cross(ahead, (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    around = np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * np.cross(ahead, side)
    spine = low + (tip - low) * share[:, None] * 1.06
    builder.sheet(spine[:, None] + wide[:, None, None] * around[None], bloom)


def feathered(
    builder: Builder, rng: random.Random, spread: Sequence[float], level: float, tall: float, count: int
) -> None:
    """Feather grass over a bed ``spread`` (x, y) metres wide: bowing blades, straight stalks with pale plumes."""
    greens = [materials.leaf(tone) for tone in ((0.13, 0.17, 0.06), (0.2, 0.21, 0.09), (0.09, 0.13, 0.045))]
    straw = [materials.fabric(tone, 400, 0.6) for tone in ((0.5, 0.38, 0.22), (0.58, 0.46, 0.3), (0.42, 0.3, 0.17))]
    for number in range(count):
        x, y = (rng.uniform(-0.5, 0.5) * side for side in spread)
        turn = rng.uniform(0, 2 * math.pi)
        t = np.linspace(0, 1, 6)
        plume = number % 9 == 0
        long = tall * (rng.uniform(0.8, 0.97) if plume else rng.uniform(0.35, 0.68))
        bow = (0.1 if plume else rng.uniform(0.06, 0.2)) * t**2
        drop = 0.0 if plume else 0.2
        line = np.column_stack([x + bow * np.cos(turn), y + bow * np.sin(turn), level + long * (t - drop * t**3)])
        if plume:
            tube(builder, line, 0.0016, straw[2], sides=5, steps=1)
            _spike(builder, line[-2], line[-1], rng.choice(straw), rng.uniform(0.013, 0.019))
            continue
        half = 0.0055 * (1 - t) + 0.0008
        side = np.array([-math.sin(turn), math.cos(turn), 0.0])
        builder.sheet(
            np.stack([line - half[:, None] * side, line + half[:, None] * side]), rng.choice(greens), thin=True
        )
