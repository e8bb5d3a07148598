"""What one hangs up or takes off at the door: coats, bags, hats, shoes, umbrellas."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

Spot = tuple[float, float, float]
Colour = tuple[float, float, float]
LEATHERS = ((0.05, 0.03, 0.02), (0.2, 0.11, 0.06), (0.55, 0.52, 0.47))
STRAW = (0.48, 0.36, 0.2)


def hanging_coat(
    builder: Builder, hook: Spot, colour: Colour, rng: random.Random, length: float = 0.95, turn: float = 0.0
) -> None:
    """A coat hung by its collar: narrow above, in folds below, sleeves at its sides; turned by ``turn`` radians."""
    cloth = materials.fabric(colour, 500, 0.5)
    cos, sin = math.cos(turn), math.sin(turn)
    around, down = np.meshgrid(np.linspace(0, 2 * np.pi, 73), np.linspace(0, 1, 40), indexing="ij")
    shoulder = np.clip(down / 0.16, 0, 1) ** 0.6
    wide = 0.03 + shoulder * (0.115 + 0.035 * down)
    deep = 0.02 + shoulder * (0.045 + 0.015 * down)
    phase = rng.uniform(0, 6)
    fold = 1 + 0.16 * down * np.sin(7 * around + phase + 1.5 * down) + 0.07 * down * np.sin(12 * around + 2 * phase)
    x, y = wide * fold * np.cos(around), deep * fold * np.sin(around) - 0.02
    z = hook[2] + 0.015 - length * down + 0.015 * np.sin(3 * around + phase) * down
    with builder.carried():
        builder.sheet(
            np.stack([hook[0] + cos * x - sin * y, hook[1] + sin * x + cos * y, z], axis=-1), cloth, thin=True
        )
        for side in (-1, 1):
            sleeve = ((0.1, -0.12), (0.145, -0.26), (0.15, -0.45), (0.135, -0.62 * min(1.0, length)))
            path = []
            for number, (out, low) in enumerate(sleeve):
                x, y = side * out, -0.025 - 0.007 * number
                path.append((hook[0] + cos * x - sin * y, hook[1] + sin * x + cos * y, hook[2] + low))
            tube(builder, path, 0.042, cloth, sides=14)


def bag(builder: Builder, look: Look, hook: Spot) -> None:
    """A tote on a hook."""
    canvas, strap = materials.fabric(look.light, 400, 0.5), materials.lacquer(LEATHERS[1], 0.5)
    x, y, z = hook
    with builder.carried():
        builder.cushion((0.32, 0.1, 0.34), (x, y - 0.02, z - 0.62), canvas, plump=0.35, cells=20)
        tube(
            builder,
            [
                (x - 0.09, y - 0.02, z - 0.3),
                (x - 0.03, y, z - 0.03),
                (x, y, z + 0.01),
                (x + 0.03, y, z - 0.03),
                (x + 0.09, y - 0.02, z - 0.3),
            ],
            0.007,
            strap,
            sides=8,
        )


def hat(builder: Builder, at: Spot) -> None:
    """A straw hat that lies."""
    profile = [(0.165, 0.004), (0.17, 0.009), (0.1, 0.014), (0.088, 0.03), (0.08, 0.095), (0.06, 0.112), (0.001, 0.106)]
    with builder.carried():
        builder.lathe(profile, at, materials.fabric(STRAW, 200, 0.8))
        band = [(0.0925, 0.018), (0.0905, 0.045)]
        builder.lathe(band, at, materials.fabric((0.03, 0.03, 0.035)))


def pair_of_shoes(builder: Builder, rng: random.Random, at: Spot) -> None:
    """Shoes side by side, toes to the front."""
    leather, sole = materials.lacquer(rng.choice(LEATHERS), 0.45), materials.lacquer((0.5, 0.47, 0.42), 0.7)
    x, y, z = at
    with builder.carried():
        for side in (-1, 1):
            spot = x + side * 0.05
            builder.cushion((0.088, 0.275, 0.03), (spot, y, z), sole, plump=0.25, cells=12)
            builder.cushion((0.085, 0.265, 0.075), (spot, y - 0.002, z + 0.012), leather, plump=0.6, cells=14)
            builder.cushion((0.078, 0.125, 0.1), (spot, y + 0.066, z + 0.015), leather, plump=0.6, cells=14)


def umbrella(builder: Builder, at: Spot, lean: tuple[float, float], colour: Colour) -> None:
    """A rolled umbrella 0.84 m long that stands on its tip at ``at`` and leans by ``lean`` metres at its handle."""
    cloth, wood = materials.fabric(colour, 900, 0.2), materials.wood((0.12, 0.06, 0.03), "Z")

    def point(share: float) -> Spot:
        return (at[0] + lean[0] * share, at[1] + lean[1] * share, at[2] + 0.8 * share)

    with builder.carried():
        builder.rod(point(0), point(0.1), 0.004, materials.metal((0.5, 0.5, 0.5)))
        builder.rod(point(0.08), point(0.55), 0.012, cloth, 0.034)
        builder.rod(point(0.55), point(0.8), 0.034, cloth, 0.012)
        end = point(0.98)
        crook = [
            (end[0] - 0.04 * (1 - math.cos(a)), end[1], end[2] + 0.04 * math.sin(a)) for a in np.linspace(0, math.pi, 9)
        ]
        tube(builder, [point(0.78), *crook, (end[0] - 0.08, end[1], end[2] - 0.03)], 0.008, wood, sides=10)
