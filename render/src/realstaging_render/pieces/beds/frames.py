"""What carries a mattress: rails and feet, in wood or steel."""

from __future__ import annotations

from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

SINGLE, SMALL_DOUBLE, DOUBLE = 0.9, 1.4, 1.6
"""Widths of mattresses in metres; all are 2 m long."""
HEAD = 1.03
"""Metres from a bed's middle to the middle of its headboard."""


def rails(builder: Builder, look: Look, low: float, tall: float, thick: float = 0.035, wide: float = DOUBLE) -> None:
    """Side and foot rails of wood, their undersides at height ``low``, about a mattress ``wide`` x 2 m."""
    for x in (-wide / 2 - 0.04, wide / 2 + 0.04):
        builder.box((thick, 2.06, tall), (x, 0, low), materials.wood(look.wood, "Y"), 0.006)
    builder.box((wide + 0.06, thick, tall), (0, -1.02, low), materials.wood(look.wood, "X"), 0.006)


def feet(builder: Builder, material: Any, tall: float, radius: float, splay: float = 0.0, wide: float = DOUBLE) -> None:
    """Four round feet that get thinner downwards; ``splay`` metres outwards at the floor."""
    for x in (-wide / 2 + 0.04, wide / 2 - 0.04):
        for y in (-0.93, 0.93):
            turn = splay * (1 if x > 0 else -1)
            builder.rod((x, y, tall), (x + turn, y + splay * (1 if y > 0 else -1), 0), radius, material, radius * 0.55)
