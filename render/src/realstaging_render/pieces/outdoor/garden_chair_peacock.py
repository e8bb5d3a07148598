"""A peacock chair: a round fan of rattan behind a drum of a seat, a thick cushion in it."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import caged, hoop, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.wicker import rattan
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("garden_chair_peacock", "outdoor_chair", "Peacock chair", 1.02, 0.74, 1.43, ("outdoor",), STYLES, seats=1)
SEAT = 0.36
EYE = 0.5
"""The height that the canes of the fan spread from."""
FAN = np.linspace(math.radians(-8), math.radians(188), 57)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cane = rattan(look)
    caged(
        builder,
        [(0.3, 0.02), (0.21, 0.13), (0.19, 0.18), (0.24, 0.28), (0.29, SEAT - 0.01)],
        (0, -0.03, 0),
        cane,
        ribs=52,
    )
    for height, radius in ((0.014, 0.305), (0.18, 0.197), (SEAT, 0.297)):
        hoop(builder, (0, -0.03, height), radius, 0.014, cane)
    builder.lathe([(0.29, 0), (0.296, 0.012), (0.001, 0.014)], (0, -0.03, SEAT - 0.006), cane)
    for angle in FAN[1:-1]:
        stake = np.array([_spot(float(angle), share) for share in (0.1, 0.4, 0.7, 1.0)])
        tube(builder, stake, 0.0042, cane, sides=6, steps=2)
    # Eyes between the stakes: every stake's lean-to crosses the next two.
    for start in range(0, len(FAN) - 4, 2):
        for step in (4, -4):
            first, last = (start, start + 4) if step > 0 else (start + 4, start)
            shares = np.linspace(0, 1, 6)
            cross = [_spot(float(FAN[first] + (FAN[last] - FAN[first]) * s), 0.64 + 0.2 * float(s)) for s in shares]
            tube(builder, cross, 0.003, cane, sides=5, steps=1)
    _woven(builder, cane, 0.14, 0.6)
    _woven(builder, cane, 0.86, 0.985)
    for share, thick in ((0.61, 0.008), (0.85, 0.008), (1.0, 0.017)):
        tube(builder, [_spot(float(angle), share) for angle in FAN], thick, cane, sides=8, steps=2)
    for side in (-1, 1):
        _arm(builder, side, cane)
    cloth = materials.fabric(look.light, 350, 0.55)
    size = (0.56, 0.54, 0.12)
    pad(builder, size, (0, -0.03, SEAT + 0.01), cloth, corner=0.26, edge=0.045, crown=0.025, rng=rng)
    with builder.carried():
        second = materials.fabric(rng.choice([look.accent, look.second]), 500, 0.45)
        tilt = (70, 0, rng.uniform(-5, 5))
        builder.cushion((0.44, 0.42, 0.16), (0, 0.11, SEAT + 0.26), second, plump=0.6, tilt=tilt, rng=rng)


def _spot(angle: float, share: float) -> tuple[float, float, float]:
    """A place on the fan: a drop that is widest high up, its sides a little forward, leaning back."""
    across, up = math.cos(angle), math.sin(angle)
    high = 0.3 + 0.615 * max(0.0, up) ** 0.9 - 0.1 * (up < 0) * up
    wide = 0.493 * (1 - 0.12 * max(0.0, -up))
    x, z = share * wide * across * (0.55 + 0.45 * share**0.7), EYE + share * (high * up + 0.24 * (1 - abs(up)) * share)
    if up < 0:
        z = EYE + share * (0.24 * share + 0.35 * up)
    return (x, 0.2 + 0.14 * (z - SEAT) - 0.6 * x * x, min(z, 1.413))


def _woven(builder: Builder, cane: Any, low: float, high: float) -> None:
    """Close weave on the fan between two shares of its reach."""
    rows = max(4, round((high - low) / 0.022))
    angles = np.linspace(FAN[0], FAN[-1], 2 * (len(FAN) - 1) + 1)
    points = np.array([[_spot(float(a), low + (high - low) * r / rows) for a in angles] for r in range(rows + 1)])
    swing = np.where((np.arange(len(angles))[None] // 2 + np.arange(rows + 1)[:, None]) % 2, 0.006, -0.006)
    points[..., 1] += swing
    builder.sheet(points, cane, thin=True)


def _arm(builder: Builder, side: int, cane: Any) -> None:
    """From the fan round to the front of the seat, canes from it down to the seat's rim."""
    angle = float(FAN[4]) if side > 0 else float(FAN[-5])
    start = _spot(angle, 1.0)
    rail = [
        start,
        (side * 0.47, -0.04, 0.64),
        (side * 0.41, -0.18, 0.6),
        (side * 0.32, -0.27, 0.5),
        (side * 0.24, -0.25, 0.36),
    ]
    tube(builder, rail, 0.016, cane, steps=6)
    path = np.array(rail)
    for share in np.linspace(0.08, 0.9, 15):
        at = share * (len(path) - 1)
        top = [float(np.interp(at, np.arange(len(path)), path[:, axis])) for axis in range(3)]
        turn = math.radians(48 - 104 * float(share))
        foot = (side * 0.295 * math.cos(turn), -0.03 + 0.295 * math.sin(turn), SEAT)
        builder.rod(foot, (top[0], top[1], top[2]), 0.0045, cane)
