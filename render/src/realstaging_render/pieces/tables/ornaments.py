"""Small things for tables and shelves: books, candles, a ring of stone, branches in a jar."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.green.leaves import grow, oval
from realstaging_render.pieces.looks import Colour, Look
from realstaging_render.shapes import Builder

WAX: Colour = (0.78, 0.74, 0.66)
PAGES: Colour = (0.8, 0.77, 0.7)


def _stone(look: Look) -> Any:
    """Travertine, marble or black stone, as the style has it."""
    if look.style in {"luxury", "traditional"}:
        return materials.marble((0.72, 0.7, 0.66), (0.36, 0.33, 0.3), 0.2)
    if look.style in {"industrial", "modern"}:
        return materials.lacquer((0.035, 0.035, 0.036), 0.55)
    return materials.lacquer((0.56, 0.5, 0.42), 0.8)


def stacked(builder: Builder, look: Look, rng: random.Random) -> None:
    """Three large books, spines to the front, a small bowl of stone on them."""
    z = 0.0
    for number, (wide, deep) in enumerate(((0.29, 0.22), (0.27, 0.2), (0.22, 0.17))):
        thick, turn = rng.uniform(0.024, 0.036), math.radians(rng.uniform(-5, 5))
        cover = materials.lacquer((look.light, look.accent, look.second)[number], 0.65)
        _book(builder, (wide, deep, thick), z, turn, cover)
        z += thick
    dish = [(0.03, 0), (0.034, 0.003), (0.055, 0.02), (0.062, 0.034), (0.06, 0.036), (0.05, 0.022), (0.001, 0.014)]
    builder.lathe(dish, (0.02, -0.01, z), _stone(look), 48)


def _book(builder: Builder, size: tuple[float, float, float], z: float, turn: float, cover: Any) -> None:
    """A bound book: boards that stand out over its pages, a rounded spine to the front."""
    wide, deep, thick = size
    tilt = (0, 0, math.degrees(turn))
    builder.box(
        (wide - 0.008, deep - 0.01, thick - 0.007),
        (0.002 * math.sin(turn), 0.002, z + 0.0035),
        materials.lacquer(PAGES, 0.9),
        0.001,
        tilt,
    )
    for low in (z, z + thick - 0.0038):
        builder.box((wide, deep, 0.0034), (0, 0, low), cover, 0.0012, tilt)
    bow = np.linspace(-math.pi / 2, math.pi / 2, 11)
    rows = []
    for x in np.linspace(-wide / 2, wide / 2, 3):
        y = -deep / 2 + 0.001 - 0.005 * np.cos(bow)
        height = z + thick / 2 + (thick / 2 - 0.0004) * np.sin(bow)
        rows.append(
            np.column_stack([x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn), height])
        )
    face = np.stack(rows)
    builder.cloth(face, face + np.array([0.0018 * -math.sin(turn), 0.0018 * math.cos(turn), 0]), cover)


def candles(builder: Builder, look: Look, rng: random.Random) -> None:
    """Three candlesticks of different heights."""
    body: Any = {
        "metal": materials.metal(look.metal, 0.28),
        "wood": materials.wood(look.wood, "Z", 0.4),
    }[look.legs]
    if look.style in {"coastal", "scandinavian", "minimalist"}:
        body = materials.lacquer((0.62, 0.6, 0.56), 0.7)
    for (x, y), tall in zip(((-0.075, 0.02), (0.07, 0.035), (0.005, -0.065)), (0.2, 0.14, 0.085), strict=True):
        stick = [(0.036, 0), (0.038, 0.004), (0.032, 0.012), (0.011, 0.022), (0.0085, 0.4 * tall), (0.014, 0.5 * tall)]
        stick += [
            (0.0085, 0.58 * tall),
            (0.009, tall - 0.02),
            (0.018, tall - 0.012),
            (0.02, tall - 0.002),
            (0.017, tall),
        ]
        stick += [(0.013, tall - 0.004), (0.001, tall - 0.005)]
        builder.lathe(stick, (x, y, 0), body, 40)
        high = 0.17 + rng.uniform(-0.03, 0.02)
        wax = [
            (0.0105, 0),
            (0.0108, 0.02),
            (0.0102, high - 0.004),
            (0.0075, high),
            (0.004, high - 0.002),
            (0.001, high - 0.0025),
        ]
        builder.lathe(wax, (x, y, tall - 0.006), materials.lacquer(WAX, 0.5), 28)
        builder.rod(
            (x, y, tall + high - 0.012),
            (x + 0.001, y, tall + high + 0.002),
            0.0012,
            materials.lacquer((0.02, 0.02, 0.02), 0.9),
        )


def ring(builder: Builder, look: Look, rng: random.Random) -> None:
    """A ring that stands on a block, thicker below."""
    stone, base = _stone(look), materials.wood(look.wood, "X", 0.4)
    builder.box((0.13, 0.08, 0.03), (0, 0, 0), base, 0.004)
    turn, round_ = np.linspace(0, 2 * math.pi, 73), np.linspace(0, 2 * math.pi, 25)
    a, b = np.meshgrid(turn, round_, indexing="ij")
    thick = 0.021 + 0.008 * np.cos(a + math.pi)
    spin = math.radians(rng.uniform(-18, 18))
    reach = 0.078 + thick * np.cos(b)
    x, y, z = reach * np.sin(a), thick * 0.9 * np.sin(b), 0.13 + reach * np.cos(a)
    builder.sheet(
        np.stack([x * math.cos(spin) - y * math.sin(spin), x * math.sin(spin) + y * math.cos(spin), z], axis=-1), stone
    )


def branches(builder: Builder, look: Look, rng: random.Random) -> None:
    """A jar with a few branches of eucalyptus."""
    clay = materials.lacquer(rng.choice([look.light, look.second, (0.09, 0.085, 0.08)]), 0.6)
    jar = [(0.05, 0), (0.056, 0.003), (0.082, 0.05), (0.09, 0.095), (0.076, 0.15), (0.046, 0.18), (0.041, 0.195)]
    jar += [(0.046, 0.205), (0.044, 0.208), (0.037, 0.198), (0.036, 0.17), (0.001, 0.165)]
    builder.lathe(jar, (0, 0, 0), clay, 64)
    bark = materials.lacquer((0.16, 0.12, 0.08), 0.8)
    greens = [materials.leaf(tone) for tone in ((0.16, 0.22, 0.16), (0.2, 0.26, 0.2), (0.12, 0.18, 0.12))]
    for number in range(7):
        turn, lean = number * 2.39996, rng.uniform(0.06, 0.13)
        tall = rng.uniform(0.36, 0.47)
        path = [
            (0.02 * math.cos(turn), 0.02 * math.sin(turn), 0.17),
            (0.03 * math.cos(turn), 0.03 * math.sin(turn), 0.24),
        ]
        path += [
            (lean * 0.7 * math.cos(turn), lean * 0.7 * math.sin(turn), tall * 0.78),
            (lean * math.cos(turn), lean * math.sin(turn), tall),
        ]
        tube(builder, path, 0.0018, bark, sides=6, steps=5)
        ends = np.array(path)
        for step in range(9):
            share = 1.0 + 2.0 * (step + 1) / 9
            k = min(int(share), 2)
            spot = ends[k] + (ends[k + 1] - ends[k]) * (share - k)
            for side in (-1, 1):
                size = rng.uniform(0.03, 0.042) * (1 - 0.04 * step)
                grow(builder, spot, turn + side * 1.5 + rng.uniform(-0.4, 0.4), 0.5, size, size * 0.85, oval, rng.choice(greens),
                     droop=0.4, fold=0.1, cells=(7, 5))  # fmt: skip
