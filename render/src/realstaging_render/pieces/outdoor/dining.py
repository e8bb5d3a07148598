"""Eating outdoors: tables and chairs of teak, of coated aluminium, of wrought steel, of wicker. Sizes are (width, depth, height)."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop, rounded, tube
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.aluminium import coat_of
from realstaging_render.pieces.outdoor.teak import teak
from realstaging_render.pieces.outdoor.wicker import rattan
from realstaging_render.pieces.seating.bentwood import band, draped
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder, Point

SEAT = 0.44


def slatted_table(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """Teak: slats in a frame, square legs set in."""
    width, depth, height = size
    along, across, upright = (teak(look, axis) for axis in "XYZ")
    edge, thick = 0.075, 0.032
    for side in (-1, 1):
        builder.box((width, edge, thick), (0, side * (depth - edge) / 2, height - thick), along, 0.006)
        builder.box((edge, depth - 2 * edge, thick), (side * (width - edge) / 2, 0, height - thick), across, 0.006)
    count = round((depth - 2 * edge) / 0.062)
    each = (depth - 2 * edge) / count
    for number in range(count):
        y = -depth / 2 + edge + each * (number + 0.5)
        builder.box((width - 2 * edge, each - 0.006, 0.02), (0, y, height - 0.024), along, 0.004)
    x, y = width / 2 - 0.1, depth / 2 - 0.1
    for side in (-1, 1):
        for way in (-1, 1):
            builder.box((0.07, 0.07, height - thick), (side * x, way * y, 0), upright, 0.008)
        builder.box((0.03, 2 * y, 0.08), (side * x, 0, height - thick - 0.08), across, 0.004)
        builder.box((2 * x, 0.0302, 0.08), (0, side * y, height - thick - 0.0802), along, 0.004)
    builder.box((0.05, depth - 2 * edge, 0.03), (0, 0, height - thick - 0.024), across, 0.004)
    _served(builder, look, rng, height)


def slab_table(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A stone-grey top, thin at its edge, on two frames of flat bar that lean."""
    width, depth, height = size
    coat = coat_of(look)
    stone = materials.lacquer((0.3, 0.295, 0.285) if look.style == "industrial" else (0.55, 0.53, 0.49), 0.7)
    builder.box((width, depth, 0.02), (0, 0, height - 0.02), stone, 0.004)
    builder.box((width - 0.16, depth - 0.16, 0.028), (0, 0, height - 0.047), coat, 0.003)
    y = depth / 2 - 0.06
    for side in (-1, 1):
        head, foot = side * (width / 2 - 0.3), side * (width / 2 - 0.13)
        lean = math.degrees(math.atan2(abs(foot - head), height - 0.045))
        # A leaning bar's corner reaches lower than its middle: shorter by that, it ends on the floor and in the top.
        long = math.hypot(foot - head, height - 0.045) - 0.02
        for way in (-1, 1):
            middle = ((head + foot) / 2, way * y, (height - 0.041) / 2 - long / 2)
            builder.box((0.06, 0.035, long), middle, coat, 0.004, (0, -side * lean, 0))
        builder.box((0.07, 2 * y + 0.035, 0.03), (foot - side * 0.004, 0, 0), coat, 0.004)
    _served(builder, look, rng, height)


def bistro_table(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A round folding table of steel: a pan with a rim, four bowed legs that cross."""
    width, _, height = size
    steel, radius = _painted(look), width / 2
    top = [(0.001, 0.004), (radius - 0.02, 0.004), (radius - 0.012, 0.0), (radius - 0.002, 0.003), (radius, 0.012)]
    top += [(radius - 0.002, 0.02), (radius - 0.012, 0.022), (radius - 0.02, 0.017), (0.001, 0.016)]
    builder.lathe(top, (0, 0, height - 0.022), steel, 96)
    for side in (-1, 1):
        for way in (-1, 1):
            x, lean = side * 0.2 - way * 0.0085, 0.23
            path = [
                (x, -way * lean, 0.0),
                (x, -way * lean * 0.3, height * 0.36),
                (x, way * lean * 0.35, height * 0.66),
                (x, way * lean * 0.92, height - 0.02),
            ]
            tube(builder, path, 0.0085, steel)
        builder.rod((side * 0.2 - 0.02, 0, height * 0.487), (side * 0.2 + 0.02, 0, height * 0.487), 0.006, steel)
    for way in (-1, 1):
        builder.rod((-0.21, way * 0.212, height - 0.024), (0.21, way * 0.212, height - 0.024), 0.0085, steel)
        builder.rod((-0.21, way * 0.19, 0.11), (0.21, way * 0.19, 0.11), 0.007, steel)
    with builder.carried():
        vase(builder, look, rng, (0.05, 0.06, height), 0.17)


def _painted(look: Look) -> Any:
    """Enamel: the accent where the style is lively, else black or cream."""
    tone = {"luxury": (0.03, 0.03, 0.031), "traditional": (0.025, 0.04, 0.03), "bohemian": look.accent}
    return materials.lacquer(tone.get(look.style, look.light if look.style == "coastal" else look.accent), 0.42)


def _served(builder: Builder, look: Look, rng: random.Random, top: float) -> None:
    """A bowl and a jug of twigs in the middle."""
    vase(builder, look, rng, (-0.14, 0.04, top), 0.2)
    bowl(builder, look, (0.22, -0.03, top), 0.14)


def slatted_chair(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """Teak with arms: a slatted seat that dips, a raked, slatted back, a linen pad."""
    width, depth, height = size
    along, across, upright = (teak(look, axis) for axis in "YXZ")
    x, front, rear = width / 2 - 0.03, -depth / 2 + 0.03, depth / 2 - 0.15
    arm = 0.64
    for side in (-1, 1):
        builder.box((0.042, 0.042, arm), (side * x, front, 0), upright, 0.008)
        leg = [
            (depth / 2 - 0.025, 0.0075),
            (rear + 0.005, SEAT - 0.1),
            (rear, SEAT + 0.02),
            (depth / 2 - 0.022, height),
        ]
        band(builder, side * x, leg, 0.036, 0.042, upright, steps=6)
        builder.box((0.028, rear - front, 0.055), (side * (x - 0.004), (front + rear) / 2, SEAT - 0.07), along, 0.005)
        builder.box(
            (0.062, rear - front + 0.13, 0.024), (side * (x + 0.001), (front + rear) / 2 + 0.028, arm), along, 0.009
        )
        builder.box((0.022, rear - front, 0.03), (side * x, (front + rear) / 2, 0.16), along, 0.004)
    for y in (front, rear):
        builder.box((2 * x, 0.028, 0.05), (0, y, SEAT - 0.065), across, 0.005)
    count = 8
    for number in range(count):
        y = front - 0.005 + (rear - front - 0.01) * number / (count - 1)
        dip = 0.012 * math.sin(math.pi * number / (count - 1))
        builder.box((2 * x - 0.045, 0.048, 0.016), (0, y, SEAT - 0.02 - dip), across, 0.004)
    rake = math.atan2(depth / 2 - 0.022 - rear, height - SEAT - 0.02)
    tall = (height - SEAT - 0.06) / math.cos(rake)
    for z in (SEAT + 0.06, height - 0.05):
        y = rear + (z - SEAT - 0.02) * math.tan(rake)
        builder.box((2 * x - 0.03, 0.024, 0.055), (0, y, z - 0.005), across, 0.007, (-math.degrees(rake), 0, 0))
    for number in range(6):
        slat = (number - 2.5) * (2 * x - 0.08) / 6
        z = SEAT + 0.03 + (height - SEAT - 0.03) / 2
        y = rear + (z - SEAT - 0.02) * math.tan(rake)
        builder.box(
            (0.04, 0.012, tall - 0.03), (slat, y, z - tall / 2 + 0.02), upright, 0.004, (-math.degrees(rake), 0, 0)
        )
    cloth = materials.fabric(look.light, 450, 0.4)
    with builder.carried():
        pad(builder, (2 * x - 0.05, rear - front - 0.01, 0.05), (0, (front + rear) / 2 - 0.01, SEAT - 0.008), cloth, corner=0.04,
            edge=0.02, crown=0.01, welt=cloth, rng=rng)  # fmt: skip


def sling_chair(builder: Builder, look: Look, size: Point) -> None:
    """Flat bar bent into arms and legs; a sling of mesh from the front rail over the back."""
    width, depth, height = size
    coat = coat_of(look)
    mesh = materials.fabric(look.second if look.style != "industrial" else (0.05, 0.05, 0.052), 380, 0.5)
    x = width / 2 - 0.02
    for side in (-1, 1):
        at = side * x
        path = [
            (at, -depth / 2 + 0.06, 0.0),
            (at, -depth / 2 + 0.03, 0.63),
            (at, depth / 2 - 0.13, 0.65),
            (at, depth / 2 - 0.04, 0.0),
        ]
        tube(builder, rounded(path, 0.07), 0.0145, coat, steps=1)
        builder.box((0.042, 0.25, 0.016), (at, -0.06, 0.641), materials.wood(look.wood, "Y", 0.5), 0.007, (2.4, 0, 0))
    frame = [
        (-depth / 2 + 0.045, SEAT - 0.01),
        (-depth / 2 + 0.12, SEAT),
        (0.06, SEAT - 0.032),
        (depth / 2 - 0.17, SEAT - 0.01),
    ]
    frame += [(depth / 2 - 0.12, SEAT + 0.06), (depth / 2 - 0.06, SEAT + 0.24), (depth / 2 - 0.015, height - 0.012)]
    for side in (-1, 1):
        tube(builder, [(side * (x - 0.035), v, z) for v, z in frame], 0.012, coat, steps=5)
    for v, z in (frame[0], frame[-1], (depth / 2 - 0.15, SEAT + 0.02)):
        builder.rod((-x + 0.03, v, z), (x - 0.03, v, z), 0.0105, coat)
    builder.rod((-x, -depth / 2 + 0.04, SEAT - 0.03), (x, -depth / 2 + 0.04, SEAT - 0.03), 0.01, coat)
    builder.rod((-x, depth / 2 - 0.095, SEAT - 0.04), (x, depth / 2 - 0.095, SEAT - 0.04), 0.01, coat)
    draped(builder, frame, 2 * x - 0.07, 0.006, mesh, sag=0.008, steps=8)


def bistro_chair(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A folding chair of steel: rods that cross, slats for seat and back."""
    width, depth, height = size
    steel, x = _painted(look), width / 2 - 0.022
    for side in (-1, 1):
        long = [
            (side * x, -depth / 2 + 0.012, 0.0),
            (side * x, 0.03, SEAT - 0.03),
            (side * x, depth / 2 - 0.09, SEAT + 0.2),
            (side * x, depth / 2 - 0.02, height - 0.02),
        ]
        tube(builder, long, 0.0075, steel, steps=6)
        short = [
            (side * (x - 0.018), depth / 2 - 0.02, 0.0),
            (side * (x - 0.018), 0.03, SEAT * 0.55),
            (side * (x - 0.018), -depth / 2 + 0.1, SEAT - 0.012),
        ]
        tube(builder, short, 0.0075, steel, steps=6)
    builder.rod((-x, -depth / 2 + 0.04, 0.075), (x, -depth / 2 + 0.04, 0.075), 0.006, steel)
    builder.rod((-x, depth / 2 - 0.035, 0.11), (x, depth / 2 - 0.035, 0.11), 0.006, steel)
    for number in range(6):
        y = -depth / 2 + 0.07 + number * 0.066
        builder.box(
            (2 * x + 0.02, 0.05, 0.008), (0, y, SEAT - 0.008 - 0.006 * math.sin(math.pi * number / 5)), steel, 0.003
        )
    for number, z in enumerate((SEAT + 0.2, SEAT + 0.27, SEAT + 0.34, height - 0.03)):
        share = (z - SEAT - 0.2) / (height - SEAT - 0.22)
        y = depth / 2 - 0.085 + 0.068 * share
        u = np.linspace(-1, 1, 15)
        bow = 0.018 * (1 - u**2)
        half = 0.021 + (0.004 * (1 - u**2) if number == 3 else 0 * u)
        face = np.stack([np.stack([x * u, y + bow + 0.003 * k, z + k * half - 0.012], axis=-1) for k in (-1, 1)])
        builder.cloth(face, face + np.array([0, 0.004, 0]), steel)
    cushion = materials.fabric(look.light if look.style != "coastal" else look.accent, 600, 0.35)
    with builder.carried():
        pad(
            builder,
            (2 * x - 0.01, 0.36, 0.035),
            (0, -depth / 2 + 0.235, SEAT - 0.002),
            cushion,
            corner=0.05,
            edge=0.014,
            crown=0.008,
            welt=cushion,
            rng=rng,
        )


def woven_chair(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A tub of wicker on slim legs, a round cushion in it."""
    width, depth, height = size
    cane, half = rattan(look), width / 2 - 0.02
    turn = np.linspace(-0.62 * math.pi, 0.62 * math.pi, 67) + math.pi / 2
    plan = np.column_stack([half * np.cos(turn), (depth / 2 - 0.02) * np.sin(turn)])
    behind = np.clip(1 - np.abs(turn - math.pi / 2) / (0.62 * math.pi), 0, 1)
    top = SEAT + 0.13 + (height - 0.02 - SEAT - 0.13) * np.sin(behind * math.pi / 2) ** 1.3
    rows, out = 26, plan / np.linalg.norm(plan, axis=1, keepdims=True)
    share = np.linspace(0, 1, rows)[:, None]
    weave = np.where((np.arange(len(plan))[None] // 2 + np.arange(rows)[:, None]) % 2, 0.004, -0.004)
    heights = SEAT - 0.04 + (top[None] - SEAT + 0.04) * share
    spread = 0.88 + 0.12 * np.sqrt(share)
    for face in (1, -1):
        spots = plan[None] * spread[..., None] + out[None] * (0.009 * face + weave * face)[..., None]
        builder.sheet(np.dstack([spots, heights]), cane, thin=True)
    tube(builder, np.column_stack([plan, top])[::2], 0.0165, cane, steps=2)
    ring = [
        (half * 0.9 * math.cos(a), (depth / 2 - 0.02) * 0.9 * math.sin(a), SEAT - 0.045)
        for a in np.linspace(0, 2 * math.pi, 49)
    ]
    tube(builder, ring, 0.015, cane, steps=1)
    under = np.linspace(0, 2 * math.pi, 49)
    pan = np.stack(
        [
            np.column_stack(
                [
                    half * 0.9 * s * np.cos(under),
                    (depth / 2 - 0.02) * 0.9 * s * np.sin(under),
                    np.full(49, SEAT - 0.045),
                ]
            )
            for s in (0.0, 0.5, 1.0)
        ]
    )
    builder.cloth(pan, pan - (0, 0, 0.008), cane)
    for sx in (-1, 1):
        for sy in (-1, 1):
            builder.rod(
                (sx * (half - 0.03), sy * (depth / 2 - 0.03), 0),
                (sx * half * 0.62, sy * depth * 0.29, SEAT - 0.05),
                0.011,
                cane,
                0.016,
            )
    for sy in (-1, 1):
        builder.rod((-half * 0.78, sy * depth * 0.36, 0.2), (half * 0.78, sy * depth * 0.36, 0.2), 0.008, cane)
    hoop(builder, (0, 0.0, SEAT - 0.06), half * 0.6, 0.008, cane)
    cloth = materials.fabric(look.light, 420, 0.5)
    pad(
        builder,
        (2 * half * 0.86, (depth - 0.04) * 0.86, 0.06),
        (0, 0.0, SEAT - 0.038),
        cloth,
        corner=0.22,
        edge=0.026,
        crown=0.012,
        rng=rng,
    )


def lounger(builder: Builder, look: Look, rng: random.Random, size: Point) -> None:
    """A bed for the sun, its head (+Y) raised: a teak or aluminium frame, one thick folded mattress, a towel roll."""
    width, depth, height = size
    bars = look.style in {"modern", "minimalist", "industrial", "luxury", "contemporary"}
    coat: Any = coat_of(look) if bars else teak(look, "Y")
    post: Any = coat if bars else teak(look, "Z")
    slat: Any = coat if bars else teak(look, "X")
    deck, x = 0.27, width / 2 - 0.025
    hinge, head = depth * 0.12, depth / 2 - 0.03
    for side in (-1, 1):
        builder.box((0.035, depth - 0.02, 0.06), (side * x, 0, deck - 0.06), coat, 0.006)
        for y in (-depth / 2 + 0.14, depth / 2 - 0.24):
            builder.box((0.05, 0.05, deck - 0.03), (side * (x - 0.002), y, 0), post, 0.006)
    for y in (-depth / 2 + 0.02, depth / 2 - 0.022):
        builder.box((2 * x, 0.032, 0.0595), (0, y, deck - 0.06), slat, 0.006)
    for number in range(11):
        y = -depth / 2 + 0.07 + (hinge + depth / 2 - 0.09) * number / 10
        builder.box((2 * x - 0.03, 0.062, 0.016), (0, y, deck - 0.012), slat, 0.004)
    rise = math.asin((height - 0.08 - deck) / (head - hinge) * 0.94)
    long = (head - hinge) / math.cos(rise) * 0.94
    for number in range(7):
        s = 0.04 + (long - 0.08) * number / 6
        builder.box(
            (2 * x - 0.06, 0.062, 0.016),
            (0, hinge + s * math.cos(rise), deck - 0.012 + s * math.sin(rise)),
            slat,
            0.004,
            (math.degrees(rise), 0, 0),
        )
    for side in (-1, 1):
        builder.rod(
            (side * (x - 0.06), hinge, deck - 0.015),
            (side * (x - 0.06), hinge + long * math.cos(rise), deck - 0.015 + long * math.sin(rise)),
            0.014,
            coat,
        )
        builder.rod(
            (side * (x - 0.09), depth / 2 - 0.16, deck - 0.03),
            (side * (x - 0.09), hinge + 0.62 * long * math.cos(rise), deck - 0.02 + 0.62 * long * math.sin(rise)),
            0.009,
            coat,
        )
    cloth = materials.fabric(look.light, 450, 0.4)
    fold = [
        (-depth / 2 + 0.035, deck + 0.008),
        (-0.3, deck + 0.008),
        (hinge - 0.05, deck + 0.008),
        (hinge + 0.03, deck + 0.016),
    ]
    fold += [
        (hinge + 0.5 * long * math.cos(rise), deck + 0.012 + 0.5 * long * math.sin(rise)),
        (hinge + 0.985 * long * math.cos(rise), deck + 0.012 + 0.985 * long * math.sin(rise)),
    ]
    draped(builder, fold, width - 0.07, 0.075, cloth, steps=14)
    with builder.carried():
        tip = (hinge + 0.8 * long * math.cos(rise), deck + 0.1 + 0.8 * long * math.sin(rise))
        pad(builder, (width - 0.2, 0.24, 0.09), (0, tip[0] - 0.03, tip[1] - 0.02), materials.fabric(look.accent, 600, 0.35), corner=0.05,
            edge=0.042, crown=0.012, tilt=(math.degrees(rise), 0, 0), rng=rng)  # fmt: skip
