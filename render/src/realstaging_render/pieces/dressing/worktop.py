"""What kitchens keep on their worktops and tables: bowls of fruit, boards."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop, tube
from realstaging_render.pieces.looks import Colour, Look
from realstaging_render.shapes import Builder, Point

LEMON: Colour = (0.74, 0.53, 0.06)
ORANGE: Colour = (0.72, 0.26, 0.03)
RED: Colour = (0.34, 0.035, 0.025)
GREEN: Colour = (0.3, 0.4, 0.07)
PEAR: Colour = (0.42, 0.42, 0.1)
STALK = (0.09, 0.06, 0.03)


def fruit(builder: Builder, rng: random.Random, at: Point, kind: str) -> None:
    """One apple, lemon, orange or pear, its middle at ``at``, lying as it fell."""
    turn = np.linspace(0, 1, 19)
    angle = turn * math.pi
    tone = {"lemon": LEMON, "orange": ORANGE, "pear": PEAR, "apple": rng.choice([RED, GREEN])}[kind]
    skin = materials.lacquer(tuple(c * rng.uniform(0.9, 1.08) for c in tone), 0.34 if kind != "orange" else 0.5)
    if kind == "lemon":
        radius = 0.029 * np.sin(angle) ** 0.85 + 0.004 * np.sin(angle) * (turn > 0.5)
        height = -0.041 * np.cos(angle) * (1 + 0.1 * np.cos(angle) ** 8)
    elif kind == "pear":
        radius = 0.036 * np.sin(angle) ** 0.7 * (1 - 0.55 * np.clip((turn - 0.45) / 0.55, 0, 1) ** 0.8)
        height = -0.05 * np.cos(angle)
    elif kind == "apple":
        radius = 0.039 * np.sin(angle) ** 0.72
        height = -0.033 * np.cos(angle) + 0.011 * (
            np.exp(-((angle / 0.5) ** 2)) - np.exp(-(((math.pi - angle) / 0.55) ** 2))
        )
    else:
        radius, height = 0.038 * np.sin(angle), -0.0365 * np.cos(angle)
    way = np.array([rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(0.3, 1.2)])
    if kind in {"lemon", "pear"}:
        way[2] *= 0.35
    way /= np.linalg.norm(way)
    side = np.cross(way, (0.3, 0.9, 0.1))
    side /= np.linalg.norm(side)
    round_ = np.linspace(0, 2 * math.pi, 29)[:, None]
    ring = np.cos(round_) * side + np.sin(round_) * np.cross(way, side)
    rows = [np.array(at) + way * h + ring * max(r, 0.0) for r, h in zip(radius, height, strict=True)]
    builder.sheet(np.stack(rows), skin)
    if kind in {"apple", "pear"}:
        stem = np.array(at) + way * float(height[-1])
        bent = stem + way * 0.012 + side * 0.004
        tube(
            builder,
            [stem - way * 0.008, stem + way * 0.004, bent],
            0.0013,
            materials.wood(STALK, "Z"),
            sides=6,
            steps=2,
        )


def heaped(builder: Builder, rng: random.Random, radius: float, low: float, kinds: tuple[str, ...]) -> None:
    """Fruit in a bowl of inner ``radius`` whose bottom is at ``low``: a ring, one amid it, a few on top."""
    size = 0.039
    for number in range(5):
        turn = number * 2 * math.pi / 5 + rng.uniform(-0.12, 0.12)
        reach = radius - size - 0.012
        fruit(
            builder,
            rng,
            (reach * math.cos(turn), reach * math.sin(turn), low + size + 0.012),
            kinds[number % len(kinds)],
        )
    fruit(builder, rng, (0.0, 0.0, low + size), kinds[0])
    for number in range(3):
        turn = number * 2 * math.pi / 3 + 0.5
        fruit(
            builder,
            rng,
            (0.043 * math.cos(turn), 0.043 * math.sin(turn), low + size + 0.066),
            kinds[(number + 1) % len(kinds)],
        )


def bowled(builder: Builder, look: Look, rng: random.Random, kind: str) -> None:
    """A bowl 0.3 m wide of glazed clay, turned wood or wire, full of fruit."""
    fruits = {
        "clay": ("lemon", "lemon", "orange") if look.style in {"coastal", "mid_century"} else ("apple", "pear"),
        "wood": ("apple", "pear", "orange"),
        "wire": ("orange", "lemon"),
    }[kind]
    if kind == "wire":
        wire = materials.metal(look.metal, 0.35)
        bow = [(0.055, 0.004), (0.085, 0.012), (0.12, 0.045), (0.15, 0.1)]
        for number in range(22):
            turn = number * 2 * math.pi / 22
            path = [(r * math.cos(turn), r * math.sin(turn), z) for r, z in [(0.0, 0.004), *bow]]
            tube(builder, path, 0.0017, wire, sides=6, steps=3)
        for r, z, thick in ((0.055, 0.003, 0.003), (0.107, 0.033, 0.0017), (0.15, 0.1, 0.0032)):
            hoop(builder, (0, 0, z), r, thick, wire)
        heaped(builder, rng, 0.128, 0.004, fruits)
        return
    skin: Any = (
        materials.wood(tuple(0.9 * c for c in look.wood), "X", 0.5)
        if kind == "wood"
        else materials.lacquer(rng.choice([look.light, look.second]), 0.3)
    )
    outside = [(0.05, 0), (0.056, 0.003), (0.06, 0.012), (0.095, 0.024), (0.13, 0.055), (0.149, 0.1)]
    if kind == "wood":
        outside = [(0.06, 0), (0.075, 0.003), (0.11, 0.03), (0.138, 0.065), (0.15, 0.094)]
    rim = [(outside[-1][0] - 0.001, outside[-1][1] + 0.003), (outside[-1][0] - 0.005, outside[-1][1] + 0.002)]
    inside = [(r - 0.008, z + 0.003) for r, z in outside[-1:1:-1]]
    builder.lathe([*outside, *rim, *inside, (0.05, 0.02), (0.001, 0.018)], (0, 0, 0), skin, 72)
    heaped(builder, rng, 0.132, 0.018, fruits)


def board(
    builder: Builder, outline: np.ndarray, thick: float, at: Point, lean: float, material: Any, turn: float = 0.0
) -> None:
    """A board of ``outline`` (n, 2: across, up; closed), leaning back by ``lean`` degrees, its lowest edge at ``at``; 90 lies."""
    soft, low = 0.003, outline.min(axis=0)
    middle = (outline.max(axis=0) + low) / 2
    rim = outline - middle
    away = np.linalg.norm(rim, axis=1, keepdims=True)
    levels = [(rim * 0, 0.0), (rim * (1 - soft / away), 0.0), (rim * (1 - 0.3 * soft / away), 0.3 * soft), (rim, soft)]
    levels += [(line, thick - up) for line, up in reversed(levels)]
    back = math.radians(lean)
    rows = []
    for line, up in levels:
        x, v = line[:, 0], line[:, 1] + middle[1] - low[1]
        y = v * math.sin(back) + up * math.cos(back)
        z = v * math.cos(back) - up * math.sin(back) + thick * math.sin(back)
        c, s = math.cos(turn), math.sin(turn)
        rows.append(np.column_stack([at[0] + c * x - s * y, at[1] + s * x + c * y, at[2] + z]))
    builder.sheet(np.stack(rows), material)


def paddle(wide: float, tall: float, handle: float) -> np.ndarray:
    """A board with round corners and a grip above, (n, 2)."""
    corner, grip = 0.035, 0.021
    half = [(0.0, 0.0), (wide / 2 - corner, 0.0)]
    half += [
        (wide / 2 - corner + corner * math.sin(a), corner - corner * math.cos(a))
        for a in np.linspace(0.2, math.pi / 2, 7)
    ]
    half += [(wide / 2, tall - corner)]
    half += [
        (wide / 2 - corner + corner * math.cos(a), tall - corner + corner * math.sin(a))
        for a in np.linspace(0.2, math.pi / 2, 7)
    ]
    half += [(grip + 0.02, tall), (grip + 0.005, tall + 0.006), (grip, tall + 0.024), (grip, tall + handle - grip)]
    half += [(grip * math.cos(a), tall + handle - grip + grip * math.sin(a)) for a in np.linspace(0.2, math.pi / 2, 7)]
    right = np.array(half)
    return np.vstack([right, (right * (-1, 1))[::-1][1:]])


def disc(radius: float) -> np.ndarray:
    """A round board."""
    turn = np.linspace(-math.pi / 2, 1.5 * math.pi, 97)
    return np.column_stack([radius * np.cos(turn), radius + radius * np.sin(turn)])
