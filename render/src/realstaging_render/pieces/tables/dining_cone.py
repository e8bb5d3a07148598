"""A round table on a fluted base that widens to the floor, laid for four."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "modern")
PIECE = Piece("dining_cone", "dining_table", "Cone dining table", 1.3, 1.3, 0.75, ("dining_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    turn = np.linspace(0, 2 * np.pi, 40 * 10 + 1)
    rows = []
    for z, radius in ((0.0, 0.002), (0.0, 0.352), (0.012, 0.36), (0.35, 0.25), (0.72, 0.2)):
        ring = radius - 0.035 * radius * (1 - np.abs(np.sin(20 * turn)))
        rows.append(np.stack([ring * np.cos(turn), ring * np.sin(turn), np.full(len(turn), z)], axis=-1))
    dark = look.style == "modern"
    builder.sheet(
        np.stack(rows), materials.lacquer((0.035, 0.036, 0.038), 0.5) if dark else materials.wood(look.wood, "Z")
    )
    top = [(0.6, 0), (0.645, 0.012), (0.65, 0.02), (0.647, 0.03), (0.003, 0.032)]
    builder.lathe(top, (0, 0, 0.718), materials.wood(look.wood, "X"), 96)
    laid(builder, look, rng, 0.75, [(-0.4, 0), (0.4, 0), (0, -0.4), (0, 0.4)])
    centre(builder, look, rng, 0.75, 1.2)
