"""What lies on desks: a laptop, sheets of paper with a pen."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.lights.reading import reading_lamp
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder, Point


def laptop(builder: Builder, at: Point) -> None:
    """An open laptop; whoever uses it sits at -Y."""
    x, y, z = at
    shell = materials.metal((0.55, 0.56, 0.58), 0.35)
    with builder.carried():
        builder.box((0.32, 0.22, 0.014), (x, y - 0.05, z), shell, 0.004)
        builder.box((0.27, 0.1, 0.002), (x, y - 0.02, z + 0.014), materials.lacquer((0.02, 0.02, 0.022), 0.5), 0.0005)
        builder.box((0.32, 0.008, 0.215), (x, y + 0.09, z + 0.008), shell, 0.003, (-18, 0, 0))
        builder.box((0.305, 0.002, 0.195), (x, y + 0.0845, z + 0.017), materials.screen(), 0.0005, (-18, 0, 0))


def papers(builder: Builder, look: Look, at: Point) -> None:
    """A sheet on a leather pad, a pen beside it."""
    x, y, z = at
    with builder.carried():
        builder.box((0.5, 0.34, 0.004), (x, y, z), materials.lacquer((0.07, 0.045, 0.03), 0.5), 0.0015)
        builder.box(
            (0.21, 0.297, 0.003), (x - 0.02, y, z + 0.004), materials.lacquer((0.75, 0.74, 0.71), 0.9), 0.001, (0, 0, 5)
        )
        builder.rod(
            (x + 0.13, y - 0.06, z + 0.008), (x + 0.16, y + 0.07, z + 0.008), 0.004, materials.metal(look.metal, 0.3)
        )


def worked_at(builder: Builder, look: Look, rng: random.Random, half: float, z: float) -> None:
    """A desk in use: a lamp at one end, books at the other, papers or a laptop between; ``half`` of its width."""
    with builder.carried():
        reading_lamp(builder, look, (0.24 - half, 0.14, z))
    books(builder, look, rng, (half - 0.22, 0.1, z), 3)
    if rng.random() < 0.5:
        papers(builder, look, (0.0, -0.06, z))
    else:
        laptop(builder, (0.0, -0.04, z))
