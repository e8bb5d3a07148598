"""Legs off the lathe."""

from __future__ import annotations

from typing import Any

from realstaging_render.shapes import Builder

# Share of the radius at a share of the height between the foot and the square block.
_TURNS = [(0.55, 0), (0.72, 0.03), (0.66, 0.07), (0.45, 0.1), (0.62, 0.13), (0.5, 0.17), (0.62, 0.24), (0.88, 0.5)]
_TURNS += [(0.98, 0.68), (0.82, 0.82), (0.5, 0.87), (0.78, 0.9), (0.78, 0.93), (0.55, 0.955), (0.95, 1)]


def turned_leg(
    builder: Builder, at: tuple[float, float, float], height: float, radius: float, material: Any, block: float = 0.13
) -> None:
    """A baluster leg with a square block of height ``block`` at its top, where rails join."""
    shaft = height - block
    builder.lathe([(radius * wide, shaft * up) for wide, up in _TURNS], at, material, 32)
    builder.box((radius * 2, radius * 2, block), (at[0], at[1], at[2] + shaft - 0.001), material, 0.004)
