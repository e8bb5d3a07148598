"""Pots and baskets, each style its own, filled with soil."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

SOIL = (0.03, 0.022, 0.016)


def pot(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:
    """A pot at the origin, ``radius`` at its widest; the height of its soil in metres."""
    shape = {
        "mid_century": _on_stand,
        "bohemian": _basket,
        "coastal": _basket,
        "farmhouse": _basket,
        "industrial": _drum,
        "modern": _drum,
        "luxury": _fluted,
        "traditional": _urn,
    }.get(look.style, _bowl)
    soil = shape(builder, look, rng, radius, height)
    builder.lathe([(radius * 0.8, 0), (radius * 0.5, 0.008), (0.002, 0.012)], (0, 0, soil - 0.01), _earth())
    return soil


def _earth() -> materials.bpy.types.Material:
    return materials.lacquer(SOIL, 0.95)


def _bowl(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:
    glaze = materials.lacquer(rng.choice([look.light, look.second, look.fabric]), 0.5)
    outside = [(0.6, 0), (0.72, 0.03), (0.94, 0.3), (1.0, 0.6), (0.97, 0.88), (0.93, 0.98), (0.89, 1.0), (0.85, 0.96)]
    _turned(builder, [*outside, (0.84, 0.85)], radius, height, glaze)
    return height * 0.88


def _drum(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:
    tone = (0.035, 0.035, 0.037) if look.style == "industrial" or rng.random() < 0.4 else look.light
    outside = [(0.86, 0), (0.88, 0.01), (0.99, 0.96), (1.0, 0.99), (0.98, 1.0), (0.93, 1.0), (0.915, 0.98)]
    _turned(builder, [*outside, (0.9, 0.85)], radius, height, materials.lacquer(tone, 0.7))
    return height * 0.9


def _urn(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:
    glaze = materials.lacquer(rng.choice([look.light, look.accent]), 0.25)
    outside = [(0.62, 0), (0.64, 0.05), (0.56, 0.09), (0.7, 0.2), (0.9, 0.5), (0.93, 0.75), (0.86, 0.87), (0.88, 0.9)]
    _turned(
        builder, [*outside, (1.0, 0.95), (1.0, 0.985), (0.96, 1.0), (0.84, 0.98), (0.82, 0.85)], radius, height, glaze
    )
    return height * 0.88


def _fluted(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:
    stone = materials.lacquer(look.light if rng.random() < 0.7 else look.accent, 0.35)
    _turned(builder, [(0.8, 0), (0.82, 0.05), (0.82, 0.08)], radius, height, materials.metal(look.metal, 0.3))
    _turned(builder, [(0.9, 0.08), (0.95, 0.97), (0.95, 1.0), (0.88, 1.0), (0.86, 0.85)], radius, height, stone)
    for number in range(36):
        angle = number * math.pi / 18
        x, y = math.cos(angle) * radius, math.sin(angle) * radius
        builder.rod((x * 0.9, y * 0.9, height * 0.08), (x * 0.95, y * 0.95, height * 0.985), radius * 0.05, stone)
    return height * 0.9


def _on_stand(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:
    glaze, wood = materials.lacquer(rng.choice([look.light, look.accent]), 0.4), materials.wood(look.wood, "Z")
    outside = [(0.7, 0.3), (0.78, 0.31), (0.84, 0.36), (0.86, 0.99), (0.84, 1.0), (0.8, 1.0), (0.78, 0.98), (0.77, 0.9)]
    _turned(builder, outside, radius, height, glaze)
    for number in range(4):
        angle = math.pi / 4 + number * math.pi / 2
        x, y = radius * 0.93 * math.cos(angle), radius * 0.93 * math.sin(angle)
        builder.rod((x, y, height * 0.62), (x * 1.02, y * 1.02, 0), 0.016, wood, 0.009)
        builder.rod((0, 0, height * 0.27), (x, y, height * 0.27), 0.011, wood)
    return height * 0.93


def _basket(builder: Builder, look: Look, rng: random.Random, radius: float, height: float) -> float:  # noqa: ARG001
    belly = rng.choice([0.45, 0.6])
    profile = [(0.78, 0.0), (0.92, 0.15), (1.0, belly), (0.93, 0.85), (0.9, 1.0)]
    coiled(builder, [(r * radius, z * height) for r, z in profile], (0, 0, 0), materials.wood(CANE, "X", 0.6), 0.02)
    return height * 0.86


def _turned(
    builder: Builder,
    profile: list[tuple[float, float]],
    radius: float,
    height: float,
    material: materials.bpy.types.Material,
) -> None:
    builder.lathe([(r * radius, z * height) for r, z in profile], (0, 0, 0), material)
