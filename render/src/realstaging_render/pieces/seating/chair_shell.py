"""A chair with a bent seat shell on slim legs."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.chairs import splayed_legs
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "modern", "industrial", "bohemian", "minimalist", "scandinavian")
PIECE = Piece("chair_shell", "dining_chair", "Shell chair", 0.5, 0.49, 0.77, ("dining_room", "office"), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    leg = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    splayed_legs(builder, leg, 0.46, 0.48, 0.42, 0.01)
    shell = materials.wood(look.wood, "X") if look.style == "industrial" else materials.lacquer(look.second, 0.45)
    along = np.linspace(0, 1, 28)
    # From the front edge over the seat, round the bend, and up the back.
    y = np.interp(along, [0, 0.08, 0.42, 0.58, 0.7, 1], [-0.25, -0.24, 0.05, 0.17, 0.215, 0.255])
    z = np.interp(along, [0, 0.08, 0.42, 0.58, 0.7, 1], [0.425, 0.44, 0.43, 0.46, 0.54, 0.8])
    y, z = (np.convolve(np.pad(v, 3, mode="edge"), np.ones(7) / 7, "valid") for v in (y, z))
    wide = 0.25 * (1 - 0.16 * np.clip((along - 0.75) / 0.25, 0, 1) ** 2)
    u = np.linspace(-1, 1, 20)
    lift = 0.035 * np.abs(u) ** 2.2
    points = np.stack(
        [
            np.outer(wide, u),
            y[:, None] - np.outer(np.clip((along - 0.5) * 2, 0, 1), lift * 1.4),
            z[:, None] + np.outer(np.clip(1 - along * 1.6, 0, 1), lift),
        ],
        axis=-1,
    )
    builder.sheet(points, shell, 0.012)
