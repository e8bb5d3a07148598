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
