"""A round pouf knitted of thick yarn."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "bohemian", "coastal", "minimalist", "contemporary", "farmhouse", "mid_century")
ROOMS = ("living_room", "bedroom", "kids_room")
PIECE = Piece("pouf_knitted", "pouf", "Knitted pouf", 0.56, 0.56, 0.36, ROOMS, STYLES)
STITCHES = 46


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    yarn = materials.fabric(rng.choice([look.light, look.second, look.accent]), 220, 0.9)
    round_, up = np.meshgrid(np.linspace(0, 2 * np.pi, STITCHES * 6 + 1), np.linspace(-1, 1, 73), indexing="ij")
    # A barrel: a circle flattened above and below; cords run up and lean with the stitch.
    bow = up * math.pi / 2
    stitch = np.abs(np.sin(STITCHES / 2 * round_ + 1.2 * np.abs(np.sin(11 * up))))
    radius = np.abs(np.cos(bow)) ** 0.45 * (0.268 + 0.012 * stitch * np.cos(bow) ** 0.5)
    height = 0.18 + 0.179 * np.sign(up) * np.abs(np.sin(bow)) ** 0.8 + 0.006 * stitch * np.abs(up) ** 3 * np.cos(bow)
    points = np.stack([radius * np.cos(round_), radius * np.sin(round_), height], axis=-1)
    builder.sheet(points, yarn)
    builder.lathe([(0.03, 0), (0.034, 0.006), (0.02, 0.012), (0.001, 0.013)], (0, 0, 0.347), yarn, 24)
