"""How chairs are made: legs, rails, a seat."""

from __future__ import annotations

from typing import Any

from realstaging_render.shapes import Builder

SEAT = 0.46
"""Metres to the top of a seat."""


def splayed_legs(
    builder: Builder, material: Any, width: float, depth: float, height: float, radius: float = 0.013
) -> None:
    """Four round legs that lean outwards and taper towards the floor."""
    for x in (-1, 1):
        for y in (-1, 1):
            foot = (x * (width / 2 - radius), y * (depth / 2 - radius), 0)
            builder.rod(foot, (x * (width / 2 - 0.06), y * (depth / 2 - 0.07), height), radius, material, radius * 1.6)


def straight_legs(builder: Builder, material: Any, width: float, depth: float, height: float, thick: float) -> None:
    """Four square legs at the corners."""
    for x in (-1, 1):
        for y in (-1, 1):
            at = (x * (width - thick) / 2, y * (depth - thick) / 2, 0)
            builder.box((thick, thick, height), at, material, 0.005)
