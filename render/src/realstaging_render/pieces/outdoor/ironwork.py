"""Garden seats of wrought iron: scrolls between hammered bars, cabriole legs, a tufted seat cushion."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import scatter
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder, Point

SEAT = 0.37
ARM = 0.64
Place = Callable[[float, float], Point]
"""From a drawing's (across, up) into the room."""


def iron_of(look: Look) -> Any:
    """Black paint, or the brown of old bronze where the style is rich."""
    return materials.metal((0.075, 0.05, 0.03) if look.style == "luxury" else (0.02, 0.021, 0.022), 0.48)


def scroll(kind: str, wide: float, tall: float, turns: float = 1.15) -> np.ndarray:
    """An S or a C drawn with a curl at each end, fitted into ``wide`` x ``tall`` about its middle, (n, 2)."""
    s = np.linspace(-1, 1, 65)
    turned = 2 * math.pi * turns * np.abs(s) ** 3.2
    heading = math.pi / 2 + (turned if kind == "S" else -np.sign(s) * turned - 0.55 * s)
    # Tighter towards its ends, as iron is rolled up.
    step = np.exp(-1.1 * np.abs(s) ** 2)
    line = np.cumsum(np.column_stack([np.cos(heading), np.sin(heading)]) * step[:, None], axis=0)
    low, high = line.min(axis=0), line.max(axis=0)
    return np.asarray((line - (low + high) / 2) / (high - low) * (wide, tall))


def wrought(
    builder: Builder, line: np.ndarray, at: tuple[float, float], place: Place, iron: Any, thick: float = 0.0065
) -> None:
    """A bar bent along a drawing whose middle is ``at``."""
    tube(builder, [place(at[0] + float(u), at[1] + float(v)) for u, v in line], thick, iron, sides=8, steps=1)


def lyre(builder: Builder, middle: float, low: float, tall: float, wide: float, place: Place, iron: Any) -> None:
    """Two S scrolls that face each other, tied with collars, a small heart of C scrolls above them."""
    for side in (-1, 1):
        line = scroll("S", wide * 0.44, tall * 0.64) * (side, 1)
        wrought(builder, line, (middle + side * wide * 0.235, low + tall * 0.32), place, iron)
        heart = scroll("C", wide * 0.24, tall * 0.3, 1.0) * (-side, 1)
        wrought(builder, heart, (middle + side * wide * 0.13, low + tall * 0.82), place, iron, 0.0055)
    for up in (0.32, 0.67):
        x, y, z = place(middle, low + tall * up)
        builder.lathe(
            [(0.001, 0), (0.013, 0.006), (0.016, 0.016), (0.013, 0.026), (0.001, 0.032)], (x, y, z - 0.016), iron, 16
        )
    builder.rod(place(middle, low), place(middle, low + tall * 0.97), 0.005, iron)


def cabriole(builder: Builder, at: tuple[float, float], height: float, out: tuple[float, float], iron: Any) -> None:
    """A leg that swells outwards under its rail, draws in, and ends in a curl on the floor."""
    shape = [(0.0, 1.0), (0.028, 0.86), (0.03, 0.72), (0.006, 0.48), (-0.012, 0.28), (-0.008, 0.12), (0.016, 0.035)]
    shape += [(0.044, 0.03), (0.056, 0.07), (0.046, 0.1), (0.034, 0.085)]
    path = [(at[0] + out[0] * reach, at[1] + out[1] * reach, 0.0095 + (height - 0.0095) * up) for reach, up in shape]
    tube(builder, path, 0.0105, iron, sides=10, steps=4)


def scrolled(builder: Builder, look: Look, rng: random.Random, size: Point, bays: int, pillows: int) -> None:
    """A seat of ``size`` (width, depth, height) metres; its back has ``bays`` lyres side by side."""
    width, depth, height = size
    iron, x, front = iron_of(look), width / 2 - 0.035, -depth / 2 + 0.045
    rear, lean = depth / 2 - 0.13, 0.115 / (height - SEAT)

    def place(u: float, v: float) -> Point:
        return (u, rear + lean * (v - SEAT), v)

    shoulder = height - 0.115

    def crest(u: float) -> float:
        return float(shoulder + (height - 0.013 - shoulder) * math.cos(u / x * math.pi / 2) ** 1.2)

    across = np.linspace(-x, x, 25)
    rim = [(-x, SEAT), (-x, SEAT + 0.2), *((float(u), crest(float(u))) for u in across), (x, SEAT + 0.2), (x, SEAT)]
    tube(builder, [place(u, v) for u, v in rim], 0.0125, iron, steps=2)
    builder.rod(place(-x, SEAT + 0.07), place(x, SEAT + 0.07), 0.008, iron)
    bay = 2 * x / bays
    for number in range(bays):
        middle = -x + bay * (number + 0.5)
        lyre(builder, middle, SEAT + 0.08, crest(middle) - SEAT - 0.09, bay - 0.03, place, iron)
        if number:
            edge = -x + bay * number
            builder.rod(place(edge, SEAT), place(edge, crest(edge)), 0.009, iron)
    for side in (-1, 1):
        builder.rod((side * x, rear, SEAT), (side * x, depth / 2 - 0.012, 0), 0.0115, iron)
        cabriole(builder, (side * x * 0.985, front), SEAT, (side * 0.55, -0.7), iron)
        _arm(builder, side * x, front, rear, place, iron)
    corners = [(-x, rear), (-x, front), (x, front), (x, rear), (-x, rear)]
    for (a, b), (c, d) in pairwise(corners):
        builder.rod((a, b, SEAT), (c, d, SEAT), 0.011, iron)
    for number in range(9):
        y = front + (rear - front) * (number + 0.5) / 9
        builder.box((2 * x, 0.022, 0.004), (0, y, SEAT), iron, 0.001)
    for number in range(2 * bays):
        middle = -x + x / bays * (number + 0.5)
        curl = scroll("S", 0.075, x / bays * 0.86)[:, ::-1] * (-1 if number % 2 else 1, 1)
        wrought(builder, curl, (middle, SEAT - 0.05), lambda u, v: (u, front, v), iron, 0.005)
    _cushions(builder, look, rng, (2 * x, front, rear), max(1, bays - 1))
    scatter(builder, look, rng, pillows, (x + 0.05, rear - 0.08, SEAT + 0.17))


def _arm(builder: Builder, x: float, front: float, rear: float, place: Place, iron: Any) -> None:
    """An arm that comes down in a curl, on an S."""
    back = place(x, ARM)[1]
    path = [
        (x, back, ARM),
        (x, back - 0.12, ARM + 0.012),
        (x, front + 0.16, ARM - 0.005),
        (x, front + 0.04, ARM + 0.008),
    ]
    path += [(x, front - 0.018, ARM - 0.02), (x, front - 0.018, ARM - 0.065), (x, front + 0.022, ARM - 0.08)]
    path += [(x, front + 0.042, ARM - 0.052), (x, front + 0.022, ARM - 0.038)]
    tube(builder, path, 0.0115, iron, steps=5)
    line = scroll("S", 0.2, ARM - SEAT - 0.01)
    wrought(builder, line, (front + 0.13, (ARM + SEAT) / 2), lambda u, v: (x, u, v), iron, 0.007)
    mid = (rear + front) / 2 + 0.1
    builder.rod((x, mid, SEAT), (x, mid, ARM), 0.007, iron)


def _cushions(builder: Builder, look: Look, rng: random.Random, span: tuple[float, float, float], count: int) -> None:
    """Boxed cushions with piping and a row of tufts; ``span`` is (width, front, rear)."""
    wide, front, rear = span
    cloth = materials.fabric(look.light, 500, 0.35)
    piping = materials.fabric(look.accent, 700, 0.3)
    each, deep, z = (wide - 0.03) / count, rear - front - 0.03, SEAT + 0.006
    for number in range(count):
        middle = -wide / 2 + 0.015 + each * (number + 0.5)
        at = (middle, (front + rear) / 2, z)
        pad(
            builder,
            (each - 0.006, deep, 0.085),
            at,
            cloth,
            corner=0.05,
            edge=0.024,
            crown=0.014,
            welt=piping,
            rng=rng,
        )
        for u in (-0.25, 0.25):
            for v in (-0.22, 0.22):
                spot = (middle + u * each, at[1] + v * deep, z + 0.078)
                builder.lathe([(0.013, 0), (0.012, 0.005), (0.001, 0.008)], spot, piping, 14)
