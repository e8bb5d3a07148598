"""Three rolled towels in a heap, their spirals to the front."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "coastal", "scandinavian", "bohemian", "luxury")
PIECE = Piece("towel_rolled", "towel", "Rolled towels", 0.28, 0.32, 0.262, ("bathroom",), STYLES, mount="surface")
RADIUS = 0.073


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    for x, z, colour in ((-0.076, RADIUS, look.light), (0.076, RADIUS, look.light), (0.0, RADIUS * 2.7, look.second)):
        _roll(builder, rng, (x, z), colour)


def _roll(
    builder: Builder, rng: random.Random, middle: tuple[float, float], colour: tuple[float, float, float]
) -> None:
    """A roll along Y: a spiral of cloth 1 cm thick."""
    turns = np.linspace(0.4, 2 * np.pi * 3.6, 150)
    start, y = rng.uniform(0, 6), np.linspace(-1, 1, 13)
    radius = RADIUS * (0.08 + 0.92 * turns / turns[-1])
    soft = 1 - 0.035 * np.abs(y) ** 8
    faces = []
    for out in (0.0, -0.0125):
        reach = np.clip(radius + out * (turns > 1.2), 0.003, None)[:, None] * soft[None]
        tuck = 0.004 * np.sin(turns * 2 + start)[:, None] * np.sign(y)[None] * (np.abs(y) > 0.98)[None]
        faces.append(
            np.stack(
                [
                    middle[0] + reach * np.cos(turns + start)[:, None],
                    np.broadcast_to(0.155 * y[None], reach.shape) + tuck,
                    middle[1] + reach * np.sin(turns + start)[:, None],
                ],
                axis=-1,
            )
        )
    builder.cloth(faces[0], faces[1], terry(colour))
