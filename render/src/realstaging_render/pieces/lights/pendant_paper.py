"""A lamp of folded paper on thin ribs, lit from within."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.hanging import ROOMS, cord, rose
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "scandinavian", "bohemian", "mid_century", "contemporary")
PIECE = Piece("pendant_paper", "pendant", "Paper pendant", 0.55, 0.55, 0.95, ROOMS, STYLES, mount="ceiling")
RIBS, TALL = 18, 0.44


def build(builder: Builder, look: Look, dice: random.Random) -> None:  # noqa: ARG001
    height = np.linspace(0.05, 0.95, RIBS * 6 + 1)
    bow = 0.275 * np.sqrt(np.clip(1 - (2 * height - 1) ** 2, 0, 1)) ** 0.9
    radius = bow - 0.004 * np.abs(np.sin(RIBS * np.pi * (height - 0.05) / 0.9))
    paper = materials.shade((0.9, 0.86, 0.78), 0.55)
    profile = list(zip(radius.tolist(), (height * TALL).tolist(), strict=True))
    inside = [(r - 0.006, z) for r, z in profile[::-6]]
    builder.lathe([*profile, *inside], (0, 0, -0.95 - profile[0][1]), paper, 56)
    rose(builder, materials.lacquer((0.8, 0.79, 0.76), 0.5))
    cord(builder, 0, 0, 0.6, look)
    builder.rod((0, 0, -0.53), (0, 0, -0.68), 0.02, materials.lacquer((0.03, 0.03, 0.03), 0.5))
