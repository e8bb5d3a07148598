"""Armchairs for small rooms, under 0.7 m wide: a tub, a caned frame, a plump seat on tapered legs. ``size``: width, depth, height."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, rounded, spun, tube
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.caned import weave
from realstaging_render.pieces.seating.padding import channelled, pad, round_three_sides, surround
from realstaging_render.shapes import Builder, Point


def tub(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A back that comes round in one curve, on four short legs of brass or wood."""
    width, depth, height = size
    cloth = materials.fabric(look.accent if look.style == "luxury" else look.fabric, 1100, 0.2)
    leg = materials.metal(look.metal, 0.25) if look.legs == "metal" else materials.wood(look.wood, "Z", 0.35)
    low, thin = 0.15, 0.085
    for x in (-1, 1):
        for y in (-1, 1):
            spun(builder, (x * (width / 2 - 0.11), y * (depth / 2 - 0.11), 0), (x * (width / 2 - 0.15), y * (depth / 2 - 0.15), low + 0.02),
                 [(0.008, 0), (0.0105, 0.1), (0.017, 1)], leg)  # fmt: skip
    line = round_three_sides(width - 0.004, depth - 0.05, width / 2 - 0.01)
    line[:, 1] += 0.023

    def section(share: float) -> list[tuple[float, float]]:
        top = height - 0.17 * share**1.9
        inside = [
            (-thin / 2, low),
            (-thin + 0.006, low + 0.02),
            (-thin, 0.4),
            (-thin + 0.012, top - 0.04),
            (-thin + 0.028, top - 0.01),
        ]
        return [
            *inside,
            (-thin / 2, top),
            (-0.022, top - 0.01),
            (-0.003, top - 0.04),
            (0, top - 0.1),
            (-0.02, low + 0.02),
            (-thin / 2, low),
        ]

    surround(
        builder, line, section, cloth, channelled(0.062, -1, 2, 0.006) if look.style == "luxury" else None, soft=0.04
    )
    inner, deep = width - 2 * thin - 0.006, depth - thin - 0.05
    shape = {"corner": inner / 2, "front": 0.16}
    pad(builder, (inner + 0.03, deep + 0.01, 0.14), (0, -0.04, low + 0.004), cloth, edge=0.03, crown=0.0, **shape)
    pad(
        builder,
        (inner + 0.012, deep + 0.03, 0.15),
        (0, -0.05, low + 0.14),
        cloth,
        edge=0.055,
        crown=0.028,
        welt=cloth,
        rng=rng,
        **shape,
    )


def caned(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A bent frame with a panel of woven cane for a back, open arms, a loose seat cushion."""
    width, depth, height = size
    timber, x = materials.wood(look.wood if look.style != "bohemian" else CANE, "Z", 0.4), width / 2 - 0.018
    arm, seat, rear = 0.6, 0.3, depth / 2 - 0.12
    for side in (-1, 1):
        at = side * x
        loop = [
            (at, -depth / 2 + 0.05, 0),
            (at * 0.985, -depth / 2 + 0.025, arm),
            (at * 0.985, rear, arm - 0.02),
            (at * 0.93, depth / 2 - 0.09, arm + 0.05),
        ]
        tube(builder, rounded(loop, 0.09), 0.0165, timber, steps=1)
        tube(
            builder,
            [
                (at * 0.9, depth / 2 - 0.025, 0),
                (at * 0.9, rear, seat),
                (at * 0.92, depth / 2 - 0.085, arm + 0.02),
                (at * 0.9, depth / 2 - 0.018, height - 0.02),
            ],
            0.0165,
            timber,
        )
        builder.rod((at * 0.99, -depth / 2 + 0.04, seat - 0.02), (at * 0.9, rear, seat - 0.02), 0.013, timber)
    for y, z, wide in (
        (-depth / 2 + 0.04, seat - 0.02, x),
        (rear, seat - 0.02, x * 0.9),
        (depth / 2 - 0.03, height - 0.03, x * 0.9),
        (rear + 0.012, seat + 0.11, x * 0.9),
    ):
        builder.rod(
            (-wide, y, z),
            (wide, y, z),
            0.0135,
            materials.wood(look.wood if look.style != "bohemian" else CANE, "X", 0.4),
        )
    weave(
        builder,
        [
            (-x * 0.88, rear + 0.014, seat + 0.12),
            (x * 0.88, rear + 0.014, seat + 0.12),
            (-x * 0.88, depth / 2 - 0.032, height - 0.045),
            (x * 0.88, depth / 2 - 0.032, height - 0.045),
        ],
    )
    builder.box(
        (2 * x - 0.03, rear + depth / 2 - 0.06, 0.018), (0, (rear - depth / 2 + 0.05) / 2, seat - 0.024), timber, 0.006
    )
    cloth = materials.fabric(look.light if look.style == "coastal" else look.fabric, 420, 0.45)
    pad(
        builder,
        (2 * x - 0.06, rear + depth / 2 - 0.03, 0.13),
        (0, (rear - depth / 2) / 2 + 0.005, seat - 0.004),
        cloth,
        corner=0.05,
        edge=0.045,
        crown=0.025,
        welt=cloth,
        rng=rng,
    )
    with builder.carried():
        builder.cushion(
            (0.42, 0.3, 0.14),
            (0, rear - 0.045, seat + 0.2),
            materials.fabric(look.accent, 600, 0.4),
            plump=0.6,
            tilt=(70, 0, 3),
            rng=rng,
        )


def perched(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A neat upholstered chair: slim padded arms, a tight seat, a buttonless back that leans, tapered or steel legs."""
    width, depth, height = size
    cloth, foot = materials.fabric(look.second if look.style == "farmhouse" else look.fabric, 800, 0.3), 0.2
    steel = look.legs == "metal"
    leg = materials.metal(look.metal, 0.35) if steel else materials.wood(look.wood, "Z", 0.4)
    for x in (-1, 1):
        for y in (-1, 1):
            bottom = (x * (width / 2 - 0.045), y * (depth / 2 - 0.05), 0.0)
            top = (x * (width / 2 - 0.075), y * (depth / 2 - 0.09), foot + 0.012)
            spun(builder, bottom, top, [(0.009, 0), (0.0095, 1)] if steel else [(0.0105, 0), (0.021, 1)], leg)
    block = {"corner": 0.045, "edge": 0.03, "crown": 0.008, "rng": rng}
    arm, back = 0.075, 0.11
    pad(builder, (width - 0.02, depth - 0.03, 0.11), (0, 0, foot), cloth, **{**block, "crown": 0.0})
    for side in (-1, 1):
        pad(
            builder,
            (arm, depth - 0.06, 0.36),
            (side * (width - arm) / 2, 0.004, foot + 0.003),
            cloth,
            **{**block, "edge": 0.034},
        )
    lean = 9.0
    pad(builder, (width - 0.012, height - foot - 0.02, back), (0, depth / 2 - back / 2 - 0.045, (height + foot) / 2 - back / 2 - 0.002), cloth,
        tilt=(90 - lean, 0, 0), **{**block, "edge": 0.045, "crown": 0.014})  # fmt: skip
    inner = width - 2 * arm - 0.006
    pad(
        builder,
        (inner, depth - back - 0.05, 0.13),
        (0, -back / 2 - 0.01, foot + 0.1),
        cloth,
        corner=0.05,
        edge=0.045,
        crown=0.024,
        welt=cloth,
        rng=rng,
    )
    with builder.carried():
        builder.cushion(
            (0.44, 0.28, 0.14),
            (0, depth / 2 - 0.29, foot + 0.27),
            materials.fabric(look.accent, 700, 0.35),
            plump=0.62,
            tilt=(68, 0, 2),
            rng=rng,
        )
