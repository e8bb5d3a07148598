"""Slipcovered seats: washed linen over soft arms, a skirt with pleats to the floor, loose cushions."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder

FLOOR = 0.012
"""Metres between skirt and floor."""


def slipcovered(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    linen = materials.fabric(look.light if look.style == "coastal" else look.fabric, 420, 0.5)
    arm, back, rest = 0.2, 0.2, 0.63
    builder.box((width - 0.1, depth - 0.1, 0.06), (0, 0, 0.04), linen, 0.01)
    builder.box((width - 0.05, depth - 0.05, 0.18), (0, 0, 0.12), linen, 0.03)
    for side in (-1, 1):
        for end in (-1, 1):
            foot = (side * (width / 2 - 0.12), end * (depth / 2 - 0.12), 0)
            builder.box((0.06, 0.06, 0.05), foot, materials.wood(look.wood, "Z"), 0.006)
        _arm(builder, (side * (width - arm) / 2, -0.005), arm - 0.03, depth - 0.04, rest, linen)
    pad(
        builder,
        (width - 0.06, back, height - 0.19),
        (0, depth / 2 - back / 2 - 0.02, 0.12),
        linen,
        corner=0.07,
        edge=0.06,
    )
    _skirt(builder, width, depth, 0.31, linen)
    inner, deep = width - 2 * arm + 0.02, depth - back - 0.005
    each = inner / seats
    for number in range(seats):
        x = -inner / 2 + each * (number + 0.5)
        pad(
            *(builder, (each - 0.004, deep, 0.18), (x, -depth / 2 + deep / 2 + 0.005, 0.275), linen),
            corner=0.06,
            edge=0.06,
            crown=0.035,
            bulge=0.008,
            welt=linen,
            rng=rng,
        )
        tilt = (76 + rng.uniform(-2, 2), 0, rng.uniform(-2, 2))
        loose = (each - 0.004, 0.47, 0.19)
        at = (x, depth / 2 - back - 0.1, height - 0.325)
        pad(builder, loose, at, linen, corner=0.06, edge=0.075, crown=0.04, tilt=tilt, welt=linen, rng=rng)
    with builder.carried():
        scattered(builder, look, rng, pillows, (inner / 2 - 0.22, depth / 2 - back - 0.25, 0.56))


def _arm(builder: Builder, at: tuple[float, float], wide: float, deep: float, rest: float, cloth: Any) -> None:
    """A soft arm, rounder above."""
    turn = np.linspace(math.pi, 0, 25)
    half = wide / 2
    over = np.column_stack([(half + 0.02) * np.cos(turn), rest - half + half * np.sin(turn)])
    section = np.vstack([[(-half, 0.1)], over, [(half, 0.1)]])
    rows = []
    for share in np.linspace(0, 1, 15):
        y = at[1] - deep / 2 + deep * share
        near = min(share, 1 - share) * deep
        drawn = 1 - 0.16 * max(0.0, 1 - near / 0.06) ** 2
        crumple = 1 + 0.008 * math.sin(9 * share)
        line = (section - (0, rest / 2)) * (drawn * crumple, drawn) + (0, rest / 2)
        rows.append(np.column_stack([at[0] + line[:, 0], np.full(len(line), y), line[:, 1]]))
    ends = [np.column_stack([np.full(len(r), at[0]), r[:, 1], np.minimum(r[:, 2], rest)]) for r in (rows[0], rows[-1])]
    builder.sheet(np.stack([ends[0], *rows, ends[1]]), cloth)


def _skirt(builder: Builder, width: float, depth: float, high: float, cloth: Any) -> None:
    """A skirt from the seat's underside to just above the floor, with a box pleat at each corner and in the middle of long sides."""
    x, y = width / 2 - 0.02, depth / 2 - 0.02
    corners = np.array([(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)])
    line = np.vstack([a + (b - a) * np.linspace(0, 1, 120)[:-1, None] for a, b in pairwise(corners)])
    line = np.vstack([line, line[:1]])
    near = np.min(np.hypot(*(line[:, None] - np.vstack([corners[:4], [(0, -y)]])[None]).transpose(2, 0, 1)), axis=1)
    pleat = 0.03 * np.exp(-((near / 0.014) ** 2))
    inward = line / np.abs(line / (x, y)).max(axis=1, keepdims=True) - line
    lean = -np.sign(line) * (np.abs(line / (x, y)) > 0.999) + inward
    ripple = 0.0035 * np.sin(np.arange(len(line)) * 0.23)
    rows = []
    for share in np.linspace(0, 1, 9):
        out = 0.016 * share + ripple * share
        rows.append(
            np.column_stack(
                [
                    line + lean * (pleat * (0.25 + share) - out)[:, None],
                    np.full(len(line), high - (high - FLOOR) * share),
                ]
            )
        )
    builder.sheet(np.stack(rows), cloth, thin=True)


def scattered(builder: Builder, look: Look, rng: random.Random, count: int, at: tuple[float, float, float]) -> None:
    """Throw pillows from the ends inwards; ``at`` is where the outer right one stands."""
    colours = [look.accent, look.second, look.light, look.accent]
    for number in range(count):
        side, inwards = (-1, 1)[number % 2], number // 2
        across = (0.46 if count > 1 else 0.42) - 0.05 * inwards
        spot = (side * (at[0] - 0.2 * inwards - rng.uniform(0, 0.03)), at[1] - 0.14 * inwards, at[2] - 0.02 * inwards)
        tilt = (66 + rng.uniform(-4, 4), side * rng.uniform(2, 8), side * rng.uniform(5, 15))
        cloth = materials.fabric(colours[number % 4], 700, 0.35)
        builder.cushion((across, across, 0.17), spot, cloth, plump=0.62, tilt=tilt, rng=rng)
