"""Garden seats of teak: raked, slatted backs, paddle arms on tapered legs, deep cushions with piping."""

from __future__ import annotations

import math
import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.looks import Colour, Look
from realstaging_render.pieces.outdoor.slatted import scatter
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder, Point

SEAT = 0.27
ARM = 0.57
RAKE = 17.0
"""Degrees that the back leans."""
OILED: Colour = (0.33, 0.17, 0.075)
SILVERED: Colour = (0.36, 0.31, 0.25)


def teak(look: Look, along: str) -> Any:
    """Oiled, or silvered by the sea."""
    return materials.wood(SILVERED if look.style == "coastal" else OILED, along, 0.55)


def raked(builder: Builder, look: Look, rng: random.Random, size: Point, seats: int, pillows: int) -> None:
    """A seat of ``size`` (width, depth, height) metres for ``seats`` people."""
    width, depth, height = size
    upright, across, deep = (teak(look, along) for along in "ZXY")
    x, front, rear = width / 2 - 0.05, -depth / 2 + 0.06, depth / 2 - 0.2
    for side in (-1, 1):
        builder.rod((side * (x + 0.012), front - 0.02, 0), (side * x, front + 0.01, ARM + 0.002), 0.015, upright, 0.026)
        builder.rod((side * (x + 0.012), rear + 0.07, 0), (side * x, rear - 0.03, ARM + 0.012), 0.015, upright, 0.026)
        builder.box(
            (0.03, rear - front, 0.055), (side * (x - 0.002), (front + rear) / 2, SEAT - 0.035), deep, 0.008, (-3, 0, 0)
        )
        _paddle(builder, side * (x + 0.004), front - 0.045, rear + 0.1, deep)
    builder.box((2 * x, 0.032, 0.07), (0, front + 0.004, SEAT - 0.025), across, 0.01)
    builder.box((2 * x, 0.032, 0.06), (0, rear, SEAT - 0.06), across, 0.01)
    for number in range(7):
        y = front + 0.06 + (rear - front - 0.1) * number / 6
        builder.box((2 * x - 0.02, 0.06, 0.016), (0, y, SEAT + 0.014 - 0.045 * number / 6), across, 0.004)
    rake = math.radians(RAKE)
    tall = (height - 0.012 - SEAT + 0.03) / math.cos(rake)
    foot = (rear - 0.02, SEAT - 0.03)

    def on_back(share: float) -> tuple[float, float]:
        return foot[0] + tall * share * math.sin(rake), foot[1] + tall * share * math.cos(rake)

    y, z = on_back(0.5)
    for side in (-1, 1):
        builder.box((0.034, 0.04, tall), (side * (x - 0.05), y, z - tall / 2), upright, 0.012, (-RAKE, 0, 0))
    count = round((2 * x - 0.12) / 0.085)
    for number in range(count):
        slat = (number - (count - 1) / 2) * (2 * x - 0.12) / count
        builder.box((0.05, 0.014, tall - 0.03), (slat, y, z - tall / 2 + 0.01), upright, 0.004, (-RAKE, 0, 0))
    for share in (0.12, 0.97):
        y, z = on_back(share)
        builder.box((2 * x - 0.08, 0.03, 0.06), (0, y, z - 0.04), across, 0.012, (-RAKE, 0, 0))
    _deep(builder, look, rng, (2 * x - 0.07, front - 0.01, rear), (on_back(0.56), tall), seats)
    scatter(builder, look, rng, pillows, (x - 0.03, rear - 0.16, SEAT + 0.29))


def _paddle(builder: Builder, x: float, front: float, rear: float, wood: Any) -> None:
    """A broad arm, round at its front."""
    builder.box((0.082, rear - front - 0.04, 0.024), (x, (front + rear) / 2 + 0.02, ARM), wood, 0.009)
    round_end = [(0.034, 0), (0.041, 0.008), (0.041, 0.016), (0.034, 0.0242), (0.001, 0.0243)]
    builder.lathe(round_end, (x, front + 0.041, ARM), wood, 40)


def _deep(
    builder: Builder,
    look: Look,
    rng: random.Random,
    span: tuple[float, float, float],
    back: tuple[tuple[float, float], float],
    seats: int,
) -> None:
    """Seat and back cushions; ``span`` is (width, front, rear), ``back`` the back's (y, z) at its middle and its length."""
    wide, front, rear = span
    (y, z), tall = back
    each = wide / seats
    cloth = materials.fabric(look.light, 450, 0.4)
    piping = materials.fabric(look.accent if look.style != "luxury" else look.second, 700, 0.3)
    for number in range(seats):
        x = -wide / 2 + each * (number + 0.5)
        size = (each - 0.006, rear - front - 0.02, 0.17)
        at = (x, (front + rear) / 2 - 0.01, SEAT + 0.022)
        pad(builder, size, at, cloth, corner=0.05, edge=0.045, crown=0.022, tilt=(-3, 0, 0), welt=piping, rng=rng)
        with builder.carried():
            tilt = (90 - RAKE + rng.uniform(-1.5, 1.5), 0, rng.uniform(-1, 1))
            behind = (x, y - 0.1, z + 0.045)
            size = (each - 0.014, tall * 0.72, 0.18)
            pad(builder, size, behind, cloth, corner=0.06, edge=0.06, crown=0.028, tilt=tilt, welt=piping, rng=rng)
