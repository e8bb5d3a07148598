"""How sofas and armchairs are made: legs, frame, arms, seat and back cushions, throw pillows."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder


def legs(builder: Builder, look: Look, width: float, depth: float, height: float, inset: float = 0.07) -> None:
    """Four legs: slim metal, or turned wood that tapers."""
    for x in (-width / 2 + inset, width / 2 - inset):
        for y in (-depth / 2 + inset, depth / 2 - inset):
            if look.legs == "metal":
                builder.rod((x, y, 0), (x, y, height + 0.01), 0.012, materials.metal(look.metal))
            else:
                builder.rod(
                    (x * 1.01, y * 1.01, 0), (x, y, height + 0.01), 0.014, materials.wood(look.wood, "Z"), 0.024
                )


def upholstered(
    builder: Builder,
    look: Look,
    rng: random.Random,
    size: tuple[float, float, float],
    seats: int,
    arm: float,
    pillows: int,
) -> None:
    """A seat of ``size``; ``arm`` is the arms' width, ``seats`` the number of cushions."""
    width, depth = size[:2]
    height = size[2] - 0.05  # the frame's; back cushions stand above it
    cloth = materials.fabric(look.fabric)
    foot, seat_height, arm_height = 0.13, 0.43, min(0.62, height - 0.16)
    legs(builder, look, width, depth, foot)
    rounded = 0.03 + 0.035 * look.curve
    # No two faces in one plane: the renderer could not tell which is in front.
    builder.box((width - 0.02, depth - 0.05, 0.16), (0, 0, foot + 0.003), cloth, 0.03)
    back = 0.2
    builder.box((width - 0.012, back, height - foot - 0.1), (0, depth / 2 - back / 2, foot + 0.006), cloth, rounded)
    for side in (-1, 1):
        builder.box((arm, depth - 0.014, arm_height - foot), (side * (width - arm) / 2, -0.004, foot), cloth, rounded)
    inner = width - 2 * arm
    each = inner / seats
    seat_depth = depth - back - 0.01
    for number in range(seats):
        x = -inner / 2 + each * (number + 0.5)
        builder.cushion(
            (each * 1.0, seat_depth, 0.17), (x, -depth / 2 + seat_depth / 2, foot + 0.14), cloth, plump=0.16, rng=rng
        )
        lean = (0, 0, rng.uniform(-1.5, 1.5))
        builder.cushion(
            (each * 0.99, 0.46, 0.2),
            (x, depth / 2 - back - 0.09, size[2] - 0.325),
            cloth,
            plump=0.34,
            tilt=(74 + rng.uniform(-2, 2), *lean[1:]),
            rng=rng,
        )
    with builder.carried():
        _pillows(builder, look, rng, pillows, inner, depth, seat_height)


def _pillows(
    builder: Builder, look: Look, rng: random.Random, count: int, inner: float, depth: float, seat: float
) -> None:
    colours = [look.accent, look.light, look.second, look.accent]
    for number in range(count):
        side = -1 if number % 2 == 0 else 1
        offset = inner / 2 - 0.2 - 0.19 * (number // 2) - rng.uniform(0, 0.04)
        across = 0.44 - 0.04 * (number // 2)
        builder.cushion(
            (across, across, 0.17),
            (side * offset, depth / 2 - 0.37 - 0.07 * (number // 2), seat + 0.13),
            materials.fabric(colours[number % 4], 700, 0.35),
            plump=0.62,
            tilt=(66 + rng.uniform(-4, 4), side * rng.uniform(2, 9), side * rng.uniform(6, 16)),
            rng=rng,
        )
