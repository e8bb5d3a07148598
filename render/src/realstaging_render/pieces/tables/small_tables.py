"""Rectangular tables for two to four, 1.0-1.2 m long: for kitchens and small dining rooms. ``size`` is (width, depth, height)."""

from __future__ import annotations

import math
import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.bending import spun
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.pieces.tables.place_settings import laid
from realstaging_render.pieces.tables.turning import turned_leg
from realstaging_render.shapes import Builder, Point


def _set(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """Two places across from each other, flowers, a bowl."""
    width, depth, top = size
    laid(builder, look, rng, top, [(-width * 0.22, side * (depth / 2 - 0.155)) for side in (-1, 1)])
    vase(builder, look, rng, (width * 0.14, 0.02, top), 0.17)
    bowl(builder, look, (width * 0.33, -0.05, top), 0.1)


def portal(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A thin top: on two portals of flat steel, or on four tapered legs in an apron set back."""
    width, depth, height = size
    top = materials.wood(look.wood, "X")
    builder.box((width, depth, 0.026), (0, 0, height - 0.026), top, 0.007)
    if look.legs == "metal":
        steel, reach = materials.metal(look.metal, 0.4), depth / 2 - 0.06
        for x in (-width / 2 + 0.12, width / 2 - 0.12):
            for y in (-reach, reach):
                builder.box((0.05, 0.02, height - 0.028), (x, y, 0), steel, 0.003)
            builder.box((0.0505, 2 * reach, 0.018), (x, 0, 0), steel, 0.003)
            builder.box((0.051, 2 * reach, 0.018), (x, 0, height - 0.045), steel, 0.003)
    else:
        leg = materials.wood(look.wood, "Z")
        x, y = width / 2 - 0.07, depth / 2 - 0.07
        for side in (-1, 1):
            for end in (-1, 1):
                spun(builder, (side * (x + 0.025), end * (y + 0.025), 0), (side * x, end * y, height - 0.025),
                     [(0.0125, 0), (0.016, 0.02), (0.023, 0.75), (0.024, 1)], leg)  # fmt: skip
            builder.box((0.02, 2 * y, 0.062), (side * x, 0, height - 0.088), materials.wood(look.wood, "Y"), 0.004)
            builder.box((2 * x, 0.0205, 0.062), (0, side * y, height - 0.0885), top, 0.004)
    _set(builder, look, rng, size)


def farmhouse(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A planked top with breadboard ends on turned, painted legs; a drawer in its apron."""
    width, depth, height = size
    top = materials.wood(look.wood, "X", 0.5)
    paint = materials.wood(look.wood, "Z", 0.45) if look.style == "traditional" else materials.lacquer(look.light, 0.55)
    each, end = depth / 4, 0.075
    for number in range(4):
        y = -depth / 2 + each * (number + 0.5)
        builder.box((width - 2 * end, each - 0.0015, 0.032), (0, y, height - 0.032), top, 0.004)
    x, y = width / 2 - 0.09, depth / 2 - 0.09
    for side in (-1, 1):
        builder.box(
            (end, depth, 0.032),
            (side * (width - end) / 2, 0, height - 0.032),
            materials.wood(look.wood, "Y", 0.5),
            0.005,
        )
        for way in (-1, 1):
            turned_leg(builder, (side * x, way * y, 0), height - 0.032, 0.038, paint, 0.14)
        builder.box((0.022, 2 * y, 0.095), (side * x, 0, height - 0.13), paint, 0.003)
        builder.box((2 * x, 0.0222, 0.095), (0, side * y, height - 0.1302), paint, 0.003)
    builder.box((0.36, 0.012, 0.07), (0, -y - 0.012, height - 0.118), paint, 0.003)
    knob = materials.metal((0.4, 0.3, 0.16) if look.style == "traditional" else (0.05, 0.05, 0.05), 0.35)
    spun(builder, (0, -y - 0.012, height - 0.083), (0, -y - 0.042, height - 0.083),
         [(0.006, 0), (0.006, 0.45), (0.014, 0.6), (0.014, 0.9), (0.008, 1)], knob, 18)  # fmt: skip
    _set(builder, look, rng, size)


def round_ended(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A top with round ends on four legs that spread."""
    width, depth, height = size
    top, leg = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    slab(builder, width / 2, depth / 2, height - 0.026, 0.026, top)
    x, y = width / 2 - 0.27, depth / 2 - 0.17
    for side in (-1, 1):
        for way in (-1, 1):
            foot, head = (side * (x + 0.13), way * (y + 0.09), 0.0), (side * x, way * y, height - 0.024)
            spun(builder, foot, head, [(0.0125, 0), (0.0165, 0.1), (0.026, 0.8), (0.027, 1)], leg)
            if look.style == "mid_century":
                cuff = tuple(a + (b - a) * 0.1 for a, b in zip(foot, head, strict=True))
                spun(builder, foot, cuff, [(0.0135, 0), (0.0175, 1)], materials.metal(look.metal, 0.3))
        builder.box((0.026, 2 * y, 0.055), (side * x, 0, height - 0.08), materials.wood(look.wood, "Y"), 0.005)
        builder.box((2 * x, 0.024, 0.055), (0, side * y, height - 0.0802), top, 0.005)
    _set(builder, look, rng, size)


def crossed(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """Planks of several tones on crossed legs of steel or wood, a bar between them."""
    width, depth, height = size
    steel = look.style == "industrial"
    beam: Any = materials.metal((0.03, 0.03, 0.032), 0.42) if steel else materials.wood(look.wood, "Z")
    y, thick = -depth / 2, 0.042
    for share in (0.24, 0.28, 0.22, 0.26):
        tone = tuple(min(0.8, c * rng.uniform(0.86, 1.1)) for c in look.wood)
        builder.box(
            (width, share * depth - 0.0015, thick),
            (0, y + share * depth / 2, height - thick),
            materials.wood(tone, "X", 0.5),
            0.005,
        )
        y += share * depth
    bar, span = 0.045 if steel else 0.065, depth - 0.17
    tall, reach = height - thick - 0.03, span - 0.05
    lean, long = math.atan2(reach, tall), math.hypot(reach, tall)
    for x in (-width / 2 + 0.2, width / 2 - 0.2):
        for way in (-1, 1):
            at = (x + way * 0.0006, 0, 0.015 + tall / 2 - long / 2 + 0.018)
            builder.box((bar, bar * 0.9, long - 0.036), at, beam, 0.004, (way * math.degrees(lean), 0, 0))
        builder.box((bar + 0.012, span + 0.02, 0.03), (x, 0, height - thick - 0.03), beam, 0.004)
        builder.box((bar + 0.012, span + 0.03, 0.03), (x, 0, 0.0), beam, 0.006)
    builder.rod((-width / 2 + 0.2, 0, 0.015 + tall / 2), (width / 2 - 0.2, 0, 0.015 + tall / 2), 0.016, beam)
    _set(builder, look, rng, size)


def gated(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A marble top, thin at its edge, on two gates of brass."""
    width, depth, height = size
    brass, stone = materials.metal(look.metal, 0.24), materials.marble((0.74, 0.72, 0.69), (0.38, 0.35, 0.32), 0.16)
    builder.box((width, depth, 0.024), (0, 0, height - 0.024), stone, 0.006)
    builder.box((width - 0.1, depth - 0.1, 0.012), (0, 0, height - 0.036), brass, 0.003)
    y = depth / 2 - 0.13
    for x in (-width / 2 + 0.27, width / 2 - 0.27):
        for side in (-0.11, 0.11):
            for way in (-1, 1):
                builder.rod((x + side, way * y, 0.015), (x + side, way * y * 0.82, height - 0.034), 0.0155, brass)
            builder.rod((x + side, -y - 0.0155, 0.0155), (x + side, y + 0.0155, 0.0155), 0.0155, brass)
        builder.rod((x - 0.11, 0, 0.0155), (x + 0.11, 0, 0.0155), 0.0135, brass)
    builder.rod((-width / 2 + 0.16, 0, height - 0.05), (width / 2 - 0.16, 0, height - 0.05), 0.012, brass)
    _set(builder, look, rng, size)
