"""Furniture for drawn rooms: upright boxes and ellipsoids, arranged as people do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

Colour = tuple[float, float, float]


HUNG: Final = 21
"""Seed of the pictures on walls."""


@dataclass(frozen=True)
class Solid:
    """A box or an ellipsoid, centre ``x, y``, from ``low`` to ``high``, metres. ``look``: plain, weave, folds, wood, print."""

    shape: str
    x: float
    y: float
    wide: float
    deep: float
    low: float
    high: float
    colour: Colour
    seed: int
    look: str = "plain"


def box(
    x: float,
    y: float,
    wide: float,
    deep: float,
    low: float,
    high: float,
    colour: Colour,
    seed: int,
    look: str = "plain",
) -> Solid:
    return Solid("box", x, y, wide, deep, low, high, colour, seed, look)


def ball(
    x: float,
    y: float,
    wide: float,
    deep: float,
    low: float,
    high: float,
    colour: Colour,
    seed: int,
    look: str = "weave",
) -> Solid:
    return Solid("ball", x, y, wide, deep, low, high, colour, seed, look)


def furnish(seed: int, width: float, depth: float, height: float) -> tuple[Solid, ...]:
    """A living room, bedroom or dining room, with what stands and hangs at the sides."""
    rng = np.random.default_rng(seed + 31)
    x, y = float(rng.uniform(-0.15, 0.15)) * width, depth * float(rng.uniform(0.5, 0.6))
    group = (_living, _bedroom, _dining)[int(rng.choice(3, p=(0.5, 0.3, 0.2)))](rng, x, y)
    return (*group, *_sides(rng, width, depth, height))


def pictures(seed: int, width: float, depth: float) -> tuple[Solid, ...]:
    """One to four framed pictures on the three walls, most of them with paper around."""
    rng = np.random.default_rng(seed + 67)
    parts: list[Solid] = []
    for _ in range(int(rng.integers(1, 5))):
        # Where no window is.
        wall = int(rng.integers(3))
        along = float(rng.uniform(0.46, 0.54) if wall == 1 else rng.uniform(0.3, 0.45))
        wide, tall, middle = (float(rng.uniform(*span)) for span in ((0.4, 0.8), (0.4, 1.1), (1.4, 1.75)))
        frame = ((0.05, 0.05, 0.05), (0.95, 0.95, 0.95), _wood(rng))[int(rng.integers(3))]
        border = 0.03
        layers = [(frame, "plain", 0.0, 0.03), (_fabric(rng), "print", border, 0.036)]
        if rng.random() < 0.7:
            layers[1:1] = [((0.97, 0.96, 0.93), "plain", border, 0.033)]
            layers[-1] = (layers[-1][0], layers[-1][1], border + float(rng.uniform(0.05, 0.15)), 0.036)
        for colour, look, inset, thick in layers:
            low, high, length = middle - tall / 2 + inset, middle + tall / 2 - inset, wide - 2 * inset
            if wall == 1:
                parts.append(box(width * (along - 0.5), depth, length, 2 * thick, low, high, colour, HUNG, look))
            else:
                x = (wall - 1) * width / 2
                parts.append(box(x, depth * along, 2 * thick, length, low, high, colour, HUNG, look))
    return tuple(parts)


def raised(pieces: tuple[Solid, ...], way: float) -> tuple[Solid, ...]:
    """The same pieces hovering."""
    return tuple(replace(piece, low=piece.low + way, high=piece.high + way) for piece in pieces)


def unhung(pieces: tuple[Solid, ...]) -> tuple[Solid, ...]:
    """The pieces without pictures on walls."""
    return tuple(piece for piece in pieces if piece.seed != HUNG)


def _living(rng: np.random.Generator, x: float, y: float) -> list[Solid]:
    sofa, wood, pillow = _fabric(rng), _wood(rng), _fabric(rng)
    parts = [
        box(x, y, 2.4, 1.8, 0.0, 0.012, _fabric(rng), 1, "print"),
        box(x, y + 0.8, 1.9, 0.8, 0.1, 0.42, sofa, 2, "weave"),
        box(x, y + 1.15, 1.9, 0.2, 0.42, 0.82, sofa, 3, "weave"),
        box(x - 0.9, y + 0.8, 0.18, 0.8, 0.1, 0.62, sofa, 4, "weave"),
        box(x + 0.9, y + 0.8, 0.18, 0.8, 0.1, 0.62, sofa, 5, "weave"),
        ball(x - 0.55, y + 0.95, 0.45, 0.2, 0.42, 0.8, pillow, 6),
        ball(x + 0.6, y + 0.95, 0.45, 0.2, 0.42, 0.8, pillow, 7),
        box(x, y - 0.2, 1.0, 0.55, 0.34, 0.4, wood, 8, "wood"),
    ]
    return parts + _legs(x, y - 0.2, 0.9, 0.45, 0.34, wood)


def _bedroom(rng: np.random.Generator, x: float, y: float) -> list[Solid]:
    linen, wood = _fabric(rng), _wood(rng)
    parts = [
        box(x, y + 0.4, 2.6, 2.0, 0.0, 0.012, _fabric(rng), 1, "print"),
        box(x, y + 0.6, 1.7, 2.0, 0.12, 0.35, wood, 2, "wood"),
        box(x, y + 0.6, 1.66, 1.95, 0.35, 0.58, linen, 3, "weave"),
        box(x, y + 1.65, 1.8, 0.1, 0.1, 1.15, _fabric(rng), 4, "weave"),
        ball(x - 0.4, y + 1.35, 0.65, 0.4, 0.52, 0.76, (0.86, 0.86, 0.84), 5),
        ball(x + 0.4, y + 1.35, 0.65, 0.4, 0.52, 0.76, (0.86, 0.86, 0.84), 6),
    ]
    for side in (-1.15, 1.15):
        parts.append(box(x + side, y + 1.45, 0.45, 0.4, 0.05, 0.52, wood, 7, "wood"))
        parts.append(ball(x + side, y + 1.45, 0.28, 0.28, 0.66, 0.92, (0.93, 0.88, 0.78), 8, "plain"))
        parts.append(box(x + side, y + 1.45, 0.05, 0.05, 0.52, 0.7, wood, 9))
    return parts


def _dining(rng: np.random.Generator, x: float, y: float) -> list[Solid]:
    wood, seat = _wood(rng), _fabric(rng)
    parts = [box(x, y, 1.6, 0.9, 0.7, 0.75, wood, 1, "wood"), *_legs(x, y, 1.5, 0.8, 0.7, wood)]
    for dx in (-0.45, 0.45):
        for dy in (-0.65, 0.65):
            parts.append(box(x + dx, y + dy, 0.44, 0.44, 0.4, 0.47, seat, 2, "weave"))
            parts.append(box(x + dx, y + dy * 1.3, 0.42, 0.05, 0.47, 0.88, seat, 3, "weave"))
            parts += _legs(x + dx, y + dy, 0.38, 0.38, 0.4, wood)
    parts.append(ball(x, y, 0.3, 0.3, 0.75, 0.98, (0.25, 0.4, 0.2), 4))
    return parts


def _sides(rng: np.random.Generator, width: float, depth: float, height: float) -> list[Solid]:
    side = 2 * int(rng.integers(2)) - 1
    wood, tall = _wood(rng), float(rng.choice([0.5, 0.8, 1.9], p=(0.4, 0.4, 0.2)))
    parts = [box(side * (width / 2 - 0.22), depth * 0.42, 0.4, 1.2, 0.0, tall, wood, 20, "wood")]
    if rng.random() < 0.7:
        parts.append(box(-side * (width / 2 - 0.02), depth * 0.48, 0.03, 0.8, 1.3, 1.9, _fabric(rng), HUNG, "print"))
    if rng.random() < 0.6:
        parts += _plant(rng, -side * (width / 2 - 0.45), depth - 0.5)
    if rng.random() < 0.5:
        parts += _floor_lamp(side * (width / 2 - 0.45), depth - 0.45)
    if rng.random() < 0.35:
        parts += _pendant(float(rng.uniform(-0.3, 0.3)), depth * 0.5, height)
    if rng.random() < 0.3:
        cloth, top = _fabric(rng), min(height - 0.1, 2.5)
        parts += [
            box(-width / 2 + width * u, depth - 0.08, 0.3, 0.08, 0.03, top, cloth, 25, "folds") for u in (0.05, 0.36)
        ]
    return parts


def _plant(rng: np.random.Generator, x: float, y: float) -> list[Solid]:
    leaves = [
        ball(
            x + float(rng.normal(0, 0.16)),
            y + float(rng.normal(0, 0.1)),
            0.3,
            0.3,
            float(low),
            float(low) + 0.4,
            (0.13, float(rng.uniform(0.25, 0.42)), 0.1),
            30 + number,
            "print",
        )
        for number, low in enumerate(rng.uniform(0.45, 1.1, 7))
    ]
    return [
        box(x, y, 0.3, 0.3, 0.0, 0.35, (0.75, 0.72, 0.68), 29),
        box(x, y, 0.04, 0.04, 0.3, 0.9, (0.3, 0.2, 0.1), 28),
        *leaves,
    ]


def _floor_lamp(x: float, y: float) -> list[Solid]:
    metal = (0.12, 0.12, 0.12)
    return [
        ball(x, y, 0.28, 0.28, -0.02, 0.03, metal, 40, "plain"),
        box(x, y, 0.03, 0.03, 0.0, 1.4, metal, 41),
        ball(x, y, 0.42, 0.42, 1.32, 1.65, (0.95, 0.9, 0.78), 42, "plain"),
    ]


def _pendant(x: float, y: float, height: float) -> list[Solid]:
    return [
        box(x, y, 0.015, 0.015, height - 0.8, height, (0.1, 0.1, 0.1), 50),
        ball(x, y, 0.45, 0.45, height - 1.05, height - 0.75, (0.15, 0.14, 0.13), 51, "plain"),
    ]


def _legs(x: float, y: float, wide: float, deep: float, high: float, colour: Colour) -> list[Solid]:
    return [
        box(x + dx * wide / 2, y + dy * deep / 2, 0.05, 0.05, 0.0, high, colour, 60) for dx in (-1, 1) for dy in (-1, 1)
    ]


def _fabric(rng: np.random.Generator) -> Colour:
    """White, grey or beige more often than a colour, as staging has it."""
    if rng.random() < 0.6:
        shade, warm = float(rng.uniform(0.25, 0.9)), float(rng.uniform(-0.02, 0.1))
        return shade + warm / 2, shade, max(0.02, shade - warm)
    a, b, c = rng.uniform(0.12, 0.75, 3)
    return float(a), float(b), float(c)


def _wood(rng: np.random.Generator) -> Colour:
    shade = float(rng.uniform(0.25, 1.0))
    return 0.75 * shade, 0.55 * shade, 0.38 * shade
