"""Towels, rolled and folded."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

Point = tuple[float, float, float]


def terry(colour: tuple[float, float, float]) -> Any:
    """Looped cotton."""
    return materials.fabric(colour, 220, 0.9)


def folded(builder: Builder, dice: random.Random, at: Point, size: tuple[float, float], colours: list[Any]) -> None:
    """A stack of folded towels on ``at``, each ``size`` (width, depth) metres, one per colour."""
    with builder.carried():
        z = at[2]
        for cloth in colours:
            turn = dice.uniform(-3, 3)
            for layer in range(2):
                builder.cushion(
                    (size[0], size[1] - 0.004 * layer, 0.04),
                    (at[0], at[1], z + 0.024 * layer),
                    cloth,
                    plump=0.2,
                    tilt=(0, 0, turn),
                    dice=dice,
                    cells=18,
                )
            z += 0.056


def rolled(builder: Builder, look: Look, dice: random.Random, foot: Point, top: Point, radius: float) -> None:
    """A rolled towel from ``foot`` to ``top``: a spiral of cloth."""
    with builder.carried():
        turns, rows = np.linspace(0, 2 * np.pi * 3.2, 110), np.linspace(0, 1, 9)
        a, b = np.array(foot), np.array(top)
        way = (b - a) / np.linalg.norm(b - a)
        side = np.cross(way, (0, 1, 0))
        side /= np.linalg.norm(side)
        other = np.cross(way, side)
        reach = radius * (0.25 + 0.75 * turns / turns[-1])
        plump = 1 - 0.1 * np.abs(2 * rows - 1) ** 6
        ring = np.cos(turns)[:, None] * side + np.sin(turns)[:, None] * other
        points = [a + (b - a) * share + ring * (reach * full)[:, None] for share, full in zip(rows, plump, strict=True)]
        builder.sheet(np.stack(points, axis=1), terry(dice.choice([look.light, look.light, look.second])))
