"""High stools: six kinds, for counters and bars. A rung or ring to rest the feet on lies ``REST`` below the seat."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, rounded, spun, tube
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad, round_three_sides, surround
from realstaging_render.shapes import Builder

COUNTER = 0.65
BAR = 0.75
"""Metres to the seat: for worktops at 0.9 m, and for bars at 1.05 m."""
REST = 0.42
LEG = [
    (0.011, 0),
    (0.015, 0.08),
    (0.017, 0.3),
    (0.023, 0.5),
    (0.021, 0.6),
    (0.013, 0.63),
    (0.018, 0.66),
    (0.0135, 0.69),
]
LEG += [(0.019, 0.8), (0.017, 1)]
CORD = (0.62, 0.5, 0.33)
TAN = (0.19, 0.085, 0.038)


def dished(
    builder: Builder,
    size: tuple[float, float],
    low: float,
    thick: float,
    dip: float,
    material: Any,
    square: float = 3.0,
) -> None:
    """A seat carved of a board: ``size`` (width, depth), its underside at ``low``, hollowed by ``dip`` towards its back."""
    turn = np.linspace(0, 2 * math.pi, 97)
    rim = np.column_stack([np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** (2 / square) * size[0] / 2,
                           np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** (2 / square) * size[1] / 2])  # fmt: skip
    soft, rows = min(0.011, thick / 2), []
    for share in (0.0, 0.25, 0.5, 0.7, 0.84, 0.93):
        line = rim * share
        hollow = dip * (1 - share**2) * (0.75 + 0.5 * line[:, 1] / size[1])
        rows.append(np.column_stack([line, low + thick - hollow]))
    for angle in np.linspace(0, math.pi, 9):
        inset = soft * (1 - math.sin(angle))
        height = thick - soft * (1 - math.cos(angle)) if angle <= math.pi / 2 else soft * (1 + math.cos(angle))
        rows.append(np.column_stack([rim * (1 - inset / np.array(size) * 2), np.full(len(rim), low + height)]))
    rows.append(np.column_stack([rim * 0, np.full(len(rim), low)]))
    builder.sheet(np.stack(rows), material)


def _between(
    foot: tuple[float, float, float], head: tuple[float, float, float], z: float
) -> tuple[float, float, float]:
    """Where a leg is at height ``z``."""
    share = (z - foot[2]) / (head[2] - foot[2])
    return (foot[0] + (head[0] - foot[0]) * share, foot[1] + (head[1] - foot[1]) * share, z)


def saddle(builder: Builder, look: Look, seat: float) -> None:
    """A carved saddle seat on turned, splayed legs with rungs."""
    painted = look.style in {"farmhouse", "coastal"}
    leg = materials.lacquer(look.light, 0.5) if painted else materials.wood(look.wood, "Z")
    rung = leg if painted else materials.wood(look.wood, "X")
    low = seat - 0.036
    legs = {(x, y): ((x * 0.2, y * 0.185, 0.0), (x * 0.135, y * 0.105, low + 0.012)) for x in (-1, 1) for y in (-1, 1)}
    for foot, head in legs.values():
        spun(builder, foot, head, LEG, leg)
    for x in (-1, 1):
        z = seat - REST + 0.07
        builder.rod(_between(*legs[x, -1], z), _between(*legs[x, 1], z), 0.0095, leg)
    for y, z in ((-1, seat - REST), (1, seat - REST + 0.13)):
        spun(builder, _between(*legs[-1, y], z), _between(*legs[1, y], z),
             [(0.008, 0), (0.0125, 0.5), (0.008, 1)], rung, 16)  # fmt: skip
    dished(builder, (0.42, 0.34), low, 0.046, 0.014, materials.wood(look.wood, "X", 0.4), 3.2)


def sheet_steel(builder: Builder, look: Look, seat: float) -> None:
    """A café stool of pressed steel: a pan with a rolled rim and a grip hole, tapered legs tied twice."""
    tone = {"industrial": look.metal, "farmhouse": (0.55, 0.56, 0.55), "modern": look.metal}
    steel = materials.metal(tone.get(look.style, look.metal), 0.34)
    legs = {
        (x, y): ((x * 0.205, y * 0.205, 0.0), (x * 0.128, y * 0.128, seat - 0.02)) for x in (-1, 1) for y in (-1, 1)
    }
    for (x, y), (foot, head) in legs.items():
        builder.rod(foot, head, 0.012, steel, 0.022)
        builder.rod(
            (foot[0], foot[1], 0), (foot[0], foot[1], 0.014), 0.0165, materials.lacquer((0.02, 0.02, 0.02), 0.7)
        )
        if x == 1:
            for z in (seat - REST, seat - 0.2):
                builder.rod(_between(*legs[-1, y], z), _between(*legs[1, y], z), 0.009, steel)
        if y == 1:
            for z in (seat - REST + 0.02, seat - 0.18):
                builder.rod(_between(*legs[x, -1], z), _between(*legs[x, 1], z), 0.009, steel)
    dished(builder, (0.315, 0.315), seat - 0.034, 0.034, 0.006, steel, 5.0)
    builder.lathe([(0.019, -0.0005), (0.0195, 0.0012), (0.0165, 0.002), (0.001, 0.0012)], (0, 0, seat - 0.0055),
                  materials.lacquer((0.012, 0.012, 0.012), 0.8), 32)  # fmt: skip


def padded(builder: Builder, look: Look, rng: random.Random, seat: float) -> None:
    """A seat and a low back of one cloth on slim legs: brass and velvet, black steel, or wood."""
    rich = look.style == "luxury"
    cloth = materials.fabric(look.second, 1500, 0.08) if rich else materials.fabric(look.fabric, 900, 0.25)
    leg = materials.metal(look.metal, 0.24) if look.legs == "metal" else materials.wood(look.wood, "Z", 0.35)
    thick, base = (0.0105, seat - 0.088) if look.legs == "metal" else (0.0155, seat - 0.088)
    legs = {
        (x, y): ((x * 0.205, y * 0.2 + 0.005, 0.0), (x * 0.17, y * 0.155, base + 0.012))
        for x in (-1, 1)
        for y in (-1, 1)
    }
    for foot, head in legs.values():
        builder.rod(foot, head, thick * 0.8, leg, thick * 1.15)
    bar = leg if look.legs == "metal" else materials.metal((0.42, 0.32, 0.16), 0.3)
    z = seat - REST
    for a, b in (((-1, -1), (1, -1)), ((1, -1), (1, 1)), ((1, 1), (-1, 1)), ((-1, 1), (-1, -1))):
        builder.rod(_between(*legs[a], z), _between(*legs[b], z), 0.0085, bar)
    shape = {"corner": 0.16, "front": 0.07}
    pad(builder, (0.4, 0.4, 0.035), (0, -0.015, base - 0.004), cloth, edge=0.012, crown=0.0, **shape)
    pad(builder, (0.43, 0.435, 0.09), (0, -0.0225, base), cloth, edge=0.036, crown=0.013, welt=cloth, rng=rng, **shape)
    line = round_three_sides(0.445, 0.27, 0.2, 0.012)
    line[:, 1] += 0.09

    def section(share: float) -> list[tuple[float, float]]:
        top, low, lean = seat + 0.27 - 0.19 * share**2.2, base + 0.02, 0.022 * (1 - share)
        return [(0.0, low), (-0.02, low + 0.012), (-0.026, low + 0.06), (lean - 0.027, top - 0.03),
                (lean - 0.016, top - 0.006), (lean, top), (lean + 0.016, top - 0.006), (lean + 0.026, top - 0.03),
                (0.025, low + 0.05), (0.018, low + 0.01), (0.0, low)]  # fmt: skip

    surround(builder, line, section, cloth, soft=0.03, points=64)


def shelled(builder: Builder, look: Look, rng: random.Random, seat: float) -> None:
    """A low wrap of bent plywood round a thin cushion, on turned legs with a ring of steel."""
    timber, leg = materials.wood(look.wood, "X", 0.35), materials.wood(look.wood, "Z", 0.4)
    base = seat - 0.055
    legs = {
        (x, y): ((x * 0.2, y * 0.195 + 0.005, 0.0), (x * 0.14, y * 0.13, base + 0.004))
        for x in (-1, 1)
        for y in (-1, 1)
    }
    for foot, head in legs.values():
        spun(builder, foot, head, [(0.0085, 0), (0.0125, 0.3), (0.0155, 0.75), (0.0145, 1)], leg)
    steel = materials.metal(look.metal if look.style != "scandinavian" else (0.03, 0.03, 0.03), 0.35)
    spots = [_between(*legs[key], seat - REST) for key in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    middle = ((spots[0][0] + spots[1][0]) / 2, spots[0][1], seat - REST)
    tube(builder, rounded([middle, *spots[1:], spots[0], middle], 0.05), 0.0075, steel, steps=1)
    dished(builder, (0.42, 0.41), base - 0.012, 0.026, 0.0, timber, 2.6)
    shape = {"corner": 0.17, "front": 0.11}
    pad(builder, (0.395, 0.385, 0.05), (0, -0.01, base + 0.008), materials.fabric(look.fabric, 700, 0.35), edge=0.022,
        crown=0.012, rng=rng, **shape)  # fmt: skip
    line = round_three_sides(0.445, 0.3, 0.215, 0.011)
    line[:, 1] += 0.065

    def section(share: float) -> list[tuple[float, float]]:
        top, low, lean = seat + 0.2 - 0.13 * share**1.7, base - 0.004 + 0.02 * share, 0.03 * (1 - share**2)
        return [(-0.002, low), (-0.004, low + 0.004), (lean * 0.4 - 0.005, (low + top) / 2), (lean - 0.005, top - 0.004),
                (lean, top), (lean + 0.005, top - 0.004), (lean * 0.4 + 0.005, (low + top) / 2), (0.004, low + 0.004),
                (-0.002, low)]  # fmt: skip

    surround(builder, line, section, timber, soft=0.02, points=48)


def woven(builder: Builder, look: Look, seat: float) -> None:
    """Poles of rattan bound at their joints, a seat of paper cord, a low back of canes."""
    tone = CANE if look.style != "farmhouse" else tuple(0.62 * c for c in CANE)
    pole, cord = materials.wood(tone, "Z", 0.42), materials.fabric(CORD, 160, 1.0)
    low, top = seat - 0.03, seat + 0.25
    for x in (-1, 1):
        tube(
            builder, [(x * 0.215, -0.205, 0), (x * 0.2, -0.19, low * 0.5), (x * 0.19, -0.18, low + 0.012)], 0.0145, pole
        )
        side = [
            (x * 0.215, 0.225, 0),
            (x * 0.2, 0.195, low * 0.55),
            (x * 0.192, 0.18, low),
            (x * 0.196, 0.205, top - 0.1),
        ]
        tube(builder, side, 0.0145, pole)
        for z in (seat - REST + 0.06, seat - 0.2):
            builder.rod((x * 0.204, -0.195, z), (x * 0.202, 0.198, z), 0.0095, pole)
        tube(
            builder,
            [(x * 0.203, -0.19, seat - 0.23), (x * 0.17, -0.187, seat - 0.07), (x * 0.06, -0.184, seat - 0.045)],
            0.0075,
            pole,
        )
    for y, z in ((-0.2, seat - REST), (0.2, seat - REST + 0.12)):
        builder.rod((-0.205, y, z), (0.205, y, z), 0.0105, pole)
    crest = [
        (-0.196, 0.205, top - 0.1),
        (-0.178, 0.222, top - 0.035),
        (-0.1, 0.233, top - 0.013),
        (0, 0.236, top - 0.011),
    ]
    tube(builder, [*crest, *((-x, y, z) for x, y, z in crest[-2::-1])], 0.0135, pole, steps=8)
    builder.rod((-0.194, 0.192, seat + 0.06), (0.194, 0.192, seat + 0.06), 0.009, pole)
    for number in range(9):
        x = (number - 4) * 0.041
        builder.rod((x * 0.98, 0.193, seat + 0.06), (x, 0.232 - 0.1 * x * x, top - 0.016 - 1.2 * x * x), 0.0048, pole)
    dished(builder, (0.42, 0.4), low - 0.008, 0.038, 0.012, cord, 4.5)
    for x, y, z in ((-1, -0.19, low - 0.03), (1, -0.19, low - 0.03), (-1, 0.187, low - 0.03), (1, 0.187, low - 0.03)):
        spun(builder, (x * 0.192, y, z), (x * 0.192, y, z + 0.045), [(0.0165, 0), (0.0175, 0.5), (0.0165, 1)],
             materials.wood(tuple(0.75 * c for c in tone), "Z", 0.5), 14)  # fmt: skip


def sled(builder: Builder, look: Look, rng: random.Random, seat: float) -> None:
    """Two loops of steel tube, a thin leather seat and a strap for a back."""
    steel = materials.metal(look.metal, 0.38)
    hide = materials.lacquer(TAN if look.style == "industrial" else (0.03, 0.029, 0.028), 0.42)
    if look.style == "minimalist":
        hide = materials.fabric(look.second, 900, 0.2)
    base, top = seat - 0.042, seat + 0.23
    for x in (-0.205, 0.205):
        loop = [(x, -0.17, base - 0.002), (x, -0.205, 0.0095), (x, 0.215, 0.0095), (x, 0.2, seat), (x, 0.235, top)]
        tube(builder, rounded([(x, 0.17, base - 0.002), *loop], 0.045), 0.0095, steel, steps=1)
    for y, z in ((-0.192, seat - REST), (0.18, base - 0.002), (-0.165, base - 0.002)):
        builder.rod((-0.205, y, z), (0.205, y, z), 0.0085, steel)
    pad(
        builder,
        (0.42, 0.4, 0.048),
        (0, -0.005, base),
        hide,
        corner=0.035,
        edge=0.018,
        crown=0.008,
        welt=hide,
        rng=rng,
    )
    pad(builder, (0.435, 0.115, 0.03), (0, 0.222, top - 0.084), hide, corner=0.03, edge=0.012, crown=0.004,
        tilt=(82, 0, 0), welt=hide, rng=rng)  # fmt: skip
