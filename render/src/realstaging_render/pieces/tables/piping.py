"""Fittings of steel pipe."""

from __future__ import annotations

from typing import Any

from realstaging_render.shapes import Builder


def flange(builder: Builder, at: tuple[float, float, float], material: Any, *, up: bool = True) -> None:
    """The round foot that a pipe is screwed into; ``at`` is where it touches floor or board."""
    profile = [(0.046, 0), (0.046, 0.008), (0.029, 0.01), (0.028, 0.035)]
    if not up:
        profile = [(radius, -height) for radius, height in profile[::-1]]
    builder.lathe(profile, at, material, 32)


def caster(builder: Builder, at: tuple[float, float, float], height: float, material: Any) -> None:
    """An iron wheel in its fork; ``at`` is where it meets the floor, ``height`` the underside of what it carries."""
    x, y, z = at
    wheel = height * 0.36
    builder.rod((x - 0.012, y, z + wheel), (x + 0.012, y, z + wheel), wheel, material)
    builder.rod((x - 0.024, y, z + wheel), (x + 0.024, y, z + wheel), 0.009, material)
    for side in (-1, 1):
        builder.box((0.006, 0.034, height - wheel + 0.004), (x + side * 0.019, y, z + wheel - 0.008), material, 0.002)
    builder.box((0.06, 0.06, 0.008), (x, y, z + height - 0.01), material, 0.002)
