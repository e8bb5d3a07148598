"""Corner sofas in two parts that stand flush: a seat with one arm, and a chaise. Three makes; each part joins on its right or left."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.bending import spun
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder, Point

SEAT_SIZE: Point = (1.66, 0.95, 0.8)
CHAISE_SIZE: Point = (0.92, 1.6, 0.8)
LEATHER = (0.12, 0.052, 0.024)


@dataclass(frozen=True)
class Make:
    """How a sofa is built: metres. ``soft`` is the radius of its edges, ``crown`` how far its cushions rise."""

    arm: float
    rest: float
    back: float
    foot: float
    soft: float
    crown: float
    cloth: Callable[[Look], Any]
    piped: bool = False


TRACK = Make(0.12, 0.57, 0.15, 0.12, 0.022, 0.024, lambda look: materials.fabric(look.fabric, 800, 0.3))
SOFT = Make(0.2, 0.62, 0.18, 0.06, 0.075, 0.04, lambda look: materials.fabric(
    look.light if look.style == "coastal" else look.fabric, 420, 0.5), piped=True)  # fmt: skip


def _hide_or_velvet(look: Look) -> Any:
    if look.style == "industrial":
        return materials.lacquer(LEATHER, 0.4)
    return (
        materials.fabric(look.second, 1400, 0.1) if look.style == "luxury" else materials.fabric(look.fabric, 650, 0.4)
    )


SLIM = Make(0.085, 0.54, 0.12, 0.19, 0.034, 0.02, _hide_or_velvet, piped=True)


def seat(builder: Builder, look: Look, rng: random.Random, make: Make, joins: int) -> None:
    """Two places with an arm on one side; ``joins`` is the open side: 1 its right (+X), -1 its left."""
    width, depth, height = SEAT_SIZE
    _body(builder, look, make, (width, depth, height), -joins, depth)
    inner = width - make.arm - 0.006
    each, middle = inner / 2, -joins * -make.arm / 2
    deep = depth - make.back
    for number in range(2):
        x = middle + (number - 0.5) * each
        _cushion(builder, rng, make, look, (each - 0.004, deep, 0.19), (x, -make.back / 2 - 0.006, make.foot + 0.14))
        _behind(builder, rng, make, look, x, each, SEAT_SIZE)
    with builder.carried():
        _pillow(
            builder,
            rng,
            (-joins * (width / 2 - make.arm - 0.23), depth / 2 - make.back - 0.22, 0.54),
            -joins,
            look.accent,
        )


def chaise(builder: Builder, look: Look, rng: random.Random, make: Make, joins: int) -> None:
    """A place to put one's feet up, its arm on the side that does not join."""
    width, depth, height = CHAISE_SIZE
    _body(builder, look, make, (width, depth, height), -joins, SEAT_SIZE[1])
    inner = width - make.arm - 0.006
    middle = joins * make.arm / 2
    deep = depth - make.back
    _cushion(builder, rng, make, look, (inner - 0.004, deep, 0.19), (middle, -make.back / 2 - 0.006, make.foot + 0.14))
    _behind(builder, rng, make, look, middle, inner, CHAISE_SIZE)
    with builder.carried():
        spot = (-joins * (width / 2 - make.arm - 0.24), depth / 2 - make.back - 0.24, 0.54)
        _pillow(builder, rng, spot, -joins, look.second)


def _body(builder: Builder, look: Look, make: Make, size: Point, side: int, reach: float) -> None:
    """Base, back, one arm on ``side`` that comes ``reach`` metres forward, and feet."""
    width, depth, height = size
    cloth = make.cloth(look)
    block = {"corner": make.soft + 0.01, "edge": make.soft, "crown": 0.006, "bulge": 0.003}
    pad(
        builder,
        (width, depth - 0.01, 0.16),
        (0, 0, make.foot),
        cloth,
        **{**block, "edge": min(make.soft, 0.03), "crown": 0.0},
    )
    back = height - 0.08 - make.foot
    pad(builder, (width - 0.002, make.back, back), (0, (depth - make.back) / 2, make.foot + 0.003), cloth, **block)
    arm = (make.arm, reach - 0.012, make.rest - make.foot)
    at = (side * (width - make.arm) / 2, (depth - reach) / 2 - 0.002, make.foot + 0.001)
    pad(builder, arm, at, cloth, **{**block, "edge": min(make.soft, make.arm / 2 - 0.004)})
    _feet(builder, look, make, width, depth)


def _feet(builder: Builder, look: Look, make: Make, width: float, depth: float) -> None:
    for x in (-1, 1):
        for y in (-1, 1):
            at = (x * (width / 2 - 0.1), y * (depth / 2 - 0.11))
            if make is TRACK:
                builder.box((0.05, 0.05, make.foot + 0.01), (*at, 0), materials.metal(look.metal, 0.35), 0.004)
            elif make is SOFT:
                builder.box((0.08, 0.08, make.foot + 0.01), (*at, 0), materials.wood(look.wood, "Z", 0.4), 0.01)
            else:
                metal = look.style in {"luxury", "industrial"}
                leg = materials.metal(look.metal, 0.28) if metal else materials.wood(look.wood, "Z", 0.35)
                shape = [(0.009, 0), (0.011, 0.1), (0.013, 1)] if metal else [(0.0105, 0), (0.022, 1)]
                spun(builder, (at[0] + 0.035 * x, at[1] + 0.03 * y, 0), (*at, make.foot + 0.012), shape, leg)


def _cushion(builder: Builder, rng: random.Random, make: Make, look: Look, size: Point, at: Point) -> None:
    cloth = make.cloth(look)
    pad(builder, size, at, cloth, corner=0.045, edge=min(0.065, make.soft + 0.03), crown=make.crown, bulge=0.005,
        welt=cloth if make.piped else None, rng=rng)  # fmt: skip


def _behind(builder: Builder, rng: random.Random, make: Make, look: Look, x: float, wide: float, size: Point) -> None:
    """A loose cushion that leans on the back."""
    cloth = make.cloth(look)
    tilt = (76 + rng.uniform(-1.5, 1.5), 0, rng.uniform(-1.2, 1.2))
    at = (x, size[1] / 2 - make.back - 0.095, size[2] - 0.325)
    pad(builder, (wide - 0.008, 0.46, 0.18), at, cloth, corner=0.06, edge=0.07, crown=make.crown + 0.012, tilt=tilt,
        welt=cloth if make.piped else None, rng=rng)  # fmt: skip


def _pillow(builder: Builder, rng: random.Random, at: Point, side: int, colour: tuple[float, float, float]) -> None:
    tilt = (66 + rng.uniform(-3, 3), side * 5, side * rng.uniform(8, 15))
    builder.cushion((0.46, 0.46, 0.17), at, materials.fabric(colour, 700, 0.35), plump=0.62, tilt=tilt, rng=rng)
