"""A stump with its bark peeled off, oiled: furrowed sides, a sanded top with rings and a crack."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian",)
PIECE = Piece("side_stump", "side_table", "Stump side table", 0.42, 0.42, 0.46, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    turn = np.linspace(0, 2 * np.pi, 241)
    phase = rng.uniform(0, 6)
    lobes = 1 + 0.05 * np.sin(3 * turn + phase) + 0.03 * np.sin(5 * turn + 2 * phase)
    rows = []
    for z in np.linspace(0, 1, 40):
        furrow = 0.012 * np.abs(np.sin(17 * turn + 1.2 * np.sin(4 * z + phase))) + 0.006 * np.sin(41 * turn + 5 * z)
        flare = 0.92 + 0.1 * (1 - z) ** 3
        edge = 0.014 * max(0.0, (z - 0.96) / 0.04) ** 2
        radius = np.minimum(0.205 * (lobes * flare - furrow * (1 - 0.4 * z)) - edge, 0.212)
        rows.append(np.stack([radius * np.cos(turn), radius * np.sin(turn), np.full(241, 0.46 * z)], axis=-1))
    builder.sheet(np.stack(rows), materials.wood(look.wood, "Z", 0.55))
    cut = np.stack([rows[-1] * (share, share, 1) for share in np.linspace(1, 0.004, 6)])
    pale = tuple(min(1.0, 1.35 * c) for c in look.wood)
    builder.sheet(cut, materials.wood(pale, "X", 0.4))
    builder.sheet(np.stack([rows[0] * (share, share, 1) for share in (0.004, 1)]), materials.wood(look.wood, "X"))
