"""A table laid for a meal: plates, glasses, napkins, something in the middle."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

PLATE = [(0.05, 0), (0.075, 0.004), (0.125, 0.016), (0.132, 0.018), (0.128, 0.02), (0.08, 0.009), (0.001, 0.007)]
GLASS = [(0.03, 0), (0.031, 0.004), (0.035, 0.1), (0.033, 0.1), (0.028, 0.008), (0.001, 0.008)]


def laid(builder: Builder, look: Look, rng: random.Random, top: float, places: list[tuple[float, float]]) -> None:
    """A plate, a napkin and a glass at each of ``places`` (x, y; the middle of the plate), on a top at height ``top``."""
    china, cloth = materials.lacquer((0.78, 0.77, 0.74), 0.25), materials.fabric(look.accent, 800, 0.2)
    glass = materials.glass()
    with builder.carried():
        for x, y in places:
            builder.lathe(PLATE, (x, y, top), china)
            builder.lathe([(r * 0.72, h) for r, h in PLATE], (x, y, top + 0.014), china)
            away = math.atan2(y, x) if abs(y) < 1e-6 else math.copysign(math.pi / 2, y)
            side = (math.cos(away + math.pi / 2), math.sin(away + math.pi / 2))
            builder.box(
                (0.09, 0.2, 0.008) if abs(side[0]) > 0.5 else (0.2, 0.09, 0.008),
                (x + side[0] * 0.19, y + side[1] * 0.19, top),
                cloth,
                0.003,
                (0, 0, rng.uniform(-4, 4)),
            )
            inward = 0.19
            builder.lathe(
                GLASS,
                (x - side[0] * 0.13 - math.cos(away) * inward, y - side[1] * 0.13 - math.sin(away) * inward, top),
                glass,
            )


def centre(builder: Builder, look: Look, rng: random.Random, top: float, length: float) -> None:
    """Flowers and a bowl in the middle of a table ``length`` metres long."""
    vase(builder, look, rng, (0, 0, top), 0.2)
    if length > 1.5:
        bowl(builder, look, (0.34, 0.02, top), 0.13)
