"""Plants for tables and worktops, 0.2-0.45 m high, in pots of their own."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.green.leaves import grow, oval
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

SOIL = (0.03, 0.022, 0.016)
CLAY = (0.4, 0.19, 0.1)
POT = [
    (0.66, 0),
    (0.7, 0.02),
    (0.93, 0.78),
    (0.94, 0.8),
    (1.0, 0.81),
    (1.0, 0.98),
    (0.97, 1.0),
    (0.9, 0.99),
    (0.88, 0.86),
]
BOWL = [(0.55, 0), (0.62, 0.02), (0.88, 0.3), (1.0, 0.68), (0.98, 0.93), (0.95, 1.0), (0.9, 0.99), (0.87, 0.86)]
DRUM = [(0.94, 0), (0.97, 0.02), (1.0, 0.06), (1.0, 0.97), (0.98, 1.0), (0.93, 1.0), (0.91, 0.97), (0.9, 0.86)]


def _pot(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:
    """A small pot in the style's own clay or glaze; gives the height of its soil."""
    shape, skin = {
        "farmhouse": (POT, materials.lacquer(CLAY, 0.85)),
        "bohemian": (POT, materials.lacquer(CLAY, 0.85)),
        "traditional": (BOWL, materials.lacquer(look.accent, 0.25)),
        "industrial": (DRUM, materials.lacquer((0.2, 0.2, 0.195), 0.85)),
        "modern": (DRUM, materials.lacquer((0.04, 0.04, 0.042), 0.6)),
        "luxury": (DRUM, materials.metal(look.metal, 0.28)),
    }.get(look.style, (BOWL, materials.lacquer(rng.choice([look.light, look.second]), 0.5)))
    builder.lathe([*((r * radius, z * height) for r, z in shape), (0.001, height * 0.86)], (0, 0, 0), skin, 56)
    soil = materials.lacquer(SOIL, 0.95)
    builder.lathe([(radius * 0.86, 0), (radius * 0.5, 0.004), (0.002, 0.006)], (0, 0, height * 0.84), soil, 40)
    return height * 0.86


def fern(builder: Builder, look: Look, rng: random.Random) -> None:
    """A maidenhair of arching fronds, 0.3 m wide."""
    soil = _pot(builder, look, rng, 0.066, 0.115)
    greens = [materials.leaf(tone) for tone in ((0.07, 0.17, 0.04), (0.1, 0.22, 0.06), (0.05, 0.125, 0.035))]
    stem = materials.lacquer((0.06, 0.05, 0.02), 0.7)
    for number in range(26):
        turn = number * 2.39996 + rng.uniform(-0.2, 0.2)
        rise, long = 0.35 + 1.05 * (number / 26) + rng.uniform(-0.1, 0.1), rng.uniform(0.15, 0.2)
        t = np.linspace(0, 1, 12)
        slope = rise - 1.15 * t
        out = np.cumsum(np.cos(slope)) * long / 12
        up = np.cumsum(np.sin(slope)) * long / 12
        line = np.column_stack([(0.008 + out) * math.cos(turn), (0.008 + out) * math.sin(turn), soil + up])
        tube(builder, line, 0.001, stem, sides=5, steps=1)
        for step in range(2, 12):
            for side in (-1, 1):
                size = 0.034 * (1 - ((step - 2) / 10) ** 1.6) + 0.008
                heading = turn + side * 1.15
                grow(builder, line[step], heading, 0.25 + float(slope[step]) * 0.3, size, size * 0.52, oval,
                     greens[(number + step) % 3], droop=0.6, fold=0.15, cells=(5, 3))  # fmt: skip


def trailing(builder: Builder, look: Look, rng: random.Random) -> None:
    """A pothos: heart-shaped leaves that spill over the pot's rim."""
    soil = _pot(builder, look, rng, 0.07, 0.125)
    greens = [materials.leaf(tone) for tone in ((0.07, 0.18, 0.045), (0.13, 0.25, 0.06), (0.2, 0.3, 0.08))]
    stem = materials.leaf((0.12, 0.19, 0.06))
    for number in range(13):
        turn, long = number * 2.39996, rng.uniform(0.06, 0.15)
        falls = number % 3 == 0
        rim = (0.07 * math.cos(turn), 0.07 * math.sin(turn), 0.133)
        reach = 0.1 + 0.028 * (number % 2)
        tip = (
            reach * math.cos(turn + 0.2),
            reach * math.sin(turn + 0.2),
            0.05 + 0.03 * (number % 2) if falls else 0.15 + long * 0.6,
        )
        path = [(0.02 * math.cos(turn), 0.02 * math.sin(turn), soil), rim, tip]
        tube(builder, path, 0.0014, stem, sides=5, steps=4)
        for share in (0.35, 0.55, 0.75, 0.9, 1.0):
            spot = (
                np.array(path[1]) * (1 - share) + np.array(tip) * share
                if share > 0.4
                else np.array(path[0]) * 0.4 + np.array(rim) * 0.6
            )
            size = rng.uniform(0.045, 0.07)
            grow(builder, spot, turn + rng.uniform(-1.3, 1.3), rng.uniform(0.0, 0.9) if not falls else -0.2, size, size * 0.8,
                 _heart, rng.choice(greens), droop=0.9, fold=0.22, cells=(8, 5))  # fmt: skip
    for number in range(9):
        size = rng.uniform(0.05, 0.075)
        turn = number * 2.39996 + 1
        root = (0.022 * math.cos(turn), 0.022 * math.sin(turn), soil + 0.045 + 0.006 * number)
        grow(
            builder, root, turn, 0.95, size, size * 0.8, _heart, rng.choice(greens), droop=0.9, fold=0.25, cells=(8, 5)
        )


def _heart(t: np.ndarray) -> np.ndarray:
    """Broadest near its stalk, pointed at its end."""
    return np.clip(np.sqrt(np.clip(t, 0, 1)) * 2.1 * (1 - t) ** 0.75 + 0.0, 0, 1)


def herbs(builder: Builder, look: Look, rng: random.Random) -> None:
    """Basil: upright stems with cupped leaves in pairs."""
    soil = _pot(builder, look, rng, 0.064, 0.11)
    greens = [materials.leaf(tone) for tone in ((0.09, 0.24, 0.045), (0.13, 0.3, 0.06), (0.07, 0.19, 0.04))]
    stem = materials.leaf((0.13, 0.24, 0.07))
    for number in range(13):
        turn, reach = number * 2.39996, 0.042 * math.sqrt(number / 13)
        foot = np.array([reach * math.cos(turn), reach * math.sin(turn), soil])
        top = foot * (1.75, 1.75, 1) + (0, 0, rng.uniform(0.09, 0.14))
        tube(builder, [foot, (foot + top) / 2, top], 0.0013, stem, sides=5, steps=2)
        for level in range(4):
            share = 0.4 + 0.2 * level
            spot, size = foot + (top - foot) * share, rng.uniform(0.034, 0.048) * (1 - 0.12 * level)
            for side in (0, math.pi):
                grow(builder, spot, turn + level * math.pi / 2 + side, 0.55 + 0.1 * level, size, size * 0.62, oval,
                     rng.choice(greens), droop=1.2, fold=-0.3, cells=(7, 5))  # fmt: skip


def orchid(builder: Builder, look: Look, rng: random.Random) -> None:
    """A moth orchid: two arching stems of white flowers over strap leaves."""
    soil = _pot(builder, look, rng, 0.062, 0.12)
    green, petal = materials.leaf((0.05, 0.12, 0.035)), materials.leaf((0.8, 0.77, 0.74))
    throat, stem = materials.lacquer((0.6, 0.38, 0.08), 0.5), materials.leaf((0.1, 0.15, 0.05))
    for number in range(6):
        grow(builder, (0.008, 0, soil), number * 1.05 + rng.uniform(-0.2, 0.2), 0.65, rng.uniform(0.12, 0.16), 0.048, oval,
             green, droop=1.1, fold=0.25, cells=(9, 5))  # fmt: skip
    for side in (-1, 1):
        turn = side * 0.5 - math.pi / 2 + rng.uniform(-0.2, 0.2)
        shape = [(0.0, 0.0), (0.006, 0.12), (0.018, 0.22), (0.06, 0.3), (0.115, 0.315), (0.15, 0.285)]
        line = [((r) * math.cos(turn), (r) * math.sin(turn), soil + z * (1 if side > 0 else 0.88)) for r, z in shape]
        tube(builder, line, 0.0019, stem, sides=6, steps=6)
        for number in range(6):
            share = 2.6 + 2.3 * number / 5
            k = min(int(share), 4)
            spot = np.array(line[k]) + (np.array(line[k + 1]) - np.array(line[k])) * (share - k)
            _bloom(builder, spot, turn + (number % 2 - 0.5) * 1.1, petal, throat, 0.026 - 0.0015 * number)
    builder.rod((0.01, 0.005, soil), (0.012, 0.004, soil + 0.2), 0.0016, materials.wood((0.3, 0.2, 0.1), "Z"))


def _bloom(
    builder: Builder,
    at: np.ndarray,
    turn: float,
    petal: materials.bpy.types.Material,
    throat: materials.bpy.types.Material,
    size: float,
) -> None:
    """Five petals round a yellow throat, facing ``turn``."""
    ahead = np.array([math.cos(turn), math.sin(turn), -0.25])
    ahead /= np.linalg.norm(ahead)
    level = np.array([-math.sin(turn), math.cos(turn), 0.0])
    up = np.cross(ahead, level)
    middle = at + ahead * 0.006 - (0, 0, 0.006)
    for angle, wide, long in (
        (math.pi / 2, 0.62, 1),
        (math.pi * 1.18, 0.6, 0.95),
        (math.pi * 1.82, 0.6, 0.95),
        (0.15, 1.05, 1.05),
        (math.pi - 0.15, 1.05, 1.05),
    ):
        way = math.cos(angle) * level + math.sin(angle) * up
        across = -math.sin(angle) * level + math.cos(angle) * up
        t, u = np.linspace(0, 1, 7), np.linspace(-1, 1, 5)
        half = size * wide * 0.55 * np.maximum(oval(t), 0.02)
        cup = 0.18 * size * (t**2)[:, None] + 0.1 * size * (u**2)[None]
        rows = (
            middle
            + (size * long * t)[:, None, None] * way
            + (half[:, None] * u)[..., None] * across
            + cup[..., None] * ahead
        )
        builder.sheet(rows, petal, thin=True)
    tube(
        builder, [middle, middle + ahead * 0.005, middle + ahead * 0.009 - up * 0.004], 0.0032, throat, sides=8, steps=3
    )


def succulents(builder: Builder, look: Look, rng: random.Random) -> None:
    """Three rosettes of thick leaves in a shallow dish."""
    del look
    dish = materials.lacquer(rng.choice([(0.5, 0.49, 0.46), (0.16, 0.16, 0.16)]), 0.8)
    profile = [(0.085, 0), (0.095, 0.003), (0.11, 0.05), (0.11, 0.056), (0.104, 0.056), (0.1, 0.046), (0.001, 0.044)]
    builder.lathe(profile, (0, 0, 0), dish, 64)
    gravel = materials.lacquer((0.3, 0.27, 0.23), 0.9)
    builder.lathe([(0.1, 0), (0.05, 0.005), (0.001, 0.006)], (0, 0, 0.043), gravel, 48)
    tones = ((0.14, 0.24, 0.14), (0.2, 0.27, 0.2), (0.24, 0.2, 0.17))
    for number, (x, y, size) in enumerate(((-0.032, 0.012, 0.062), (0.046, 0.028, 0.046), (0.016, -0.05, 0.044))):
        green = materials.leaf(tones[number])
        for leaf in range(26):
            share = leaf / 26
            turn, rise = leaf * 2.39996, 0.15 + 1.15 * share
            long = size * (1 - 0.62 * share)
            root = np.array([x, y, 0.048 + 0.014 * share])
            _fat(builder, root, turn, rise, long, green)
    builder.lathe([(0.013, 0), (0.016, 0.006), (0.009, 0.014), (0.001, 0.015)], (-0.058, -0.045, 0.046), gravel, 20)


def _fat(
    builder: Builder, root: np.ndarray, turn: float, rise: float, long: float, green: materials.bpy.types.Material
) -> None:
    """A thick leaf, flat above, pointed."""
    ahead = np.array([math.cos(rise) * math.cos(turn), math.cos(rise) * math.sin(turn), math.sin(rise)])
    side = np.array([-math.sin(turn), math.cos(turn), 0.0])
    up = np.cross(ahead, side)
    t, a = np.linspace(0, 1, 9), np.linspace(0, 2 * math.pi, 13)
    wide = long * 0.27 * np.sin(math.pi * np.clip(t, 0.0, 1) ** 1.35) ** 0.7
    deep = long * 0.1 * np.sin(math.pi * t) ** 0.6
    rows = (
        root
        + (long * t)[:, None, None] * ahead
        + (wide[:, None] * np.cos(a))[..., None] * side
        + (deep[:, None] * np.where(np.sin(a) > 0, 0.5, 1.2) * np.sin(a) + (0.12 * long * t**2)[:, None])[..., None]
        * up
    )
    builder.sheet(rows, green)


def air(builder: Builder, look: Look, rng: random.Random) -> None:
    """A little snake plant: stiff upright blades."""
    soil = _pot(builder, look, rng, 0.06, 0.105)
    greens = [materials.leaf(tone) for tone in ((0.05, 0.1, 0.04), (0.08, 0.14, 0.055), (0.16, 0.2, 0.07))]
    for number in range(13):
        turn, root = number * 2.39996, 0.008 + 0.03 * math.sqrt(number / 13)
        spot = (root * math.cos(turn), root * math.sin(turn), soil - 0.002)
        grow(builder, spot, turn + rng.uniform(-0.3, 0.3), 1.35 - 0.012 * number, rng.uniform(0.13, 0.21), 0.031, _sword,
             rng.choice(greens), droop=0.1, fold=0.4, roll=rng.uniform(-0.5, 0.5), cells=(9, 5))  # fmt: skip


def _sword(t: np.ndarray) -> np.ndarray:
    return np.minimum(1, 0.6 + 1.1 * t) * np.sqrt(np.clip(1 - t**3.2, 0, 1))
