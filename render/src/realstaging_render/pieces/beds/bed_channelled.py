"""A bed whose low, rounded head is sewn in upright channels."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary")
PIECE = Piece("bed_channelled", "bed", "Double bed, channelled", 1.78, 2.18, 1.1, ("bedroom",), STYLES, seats=2)
CHANNELS = 13


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    channelled(builder, look, rng, DOUBLE)


def channelled(builder: Builder, look: Look, rng: random.Random, wide: float) -> None:
    """The bed, for a mattress ``wide`` metres wide."""
    cloth = materials.fabric(look.fabric, 900, 0.5)
    channels, half = round(CHANNELS * wide / DOUBLE), wide / 2 + 0.082
    roll = 2 * half / channels
    for number in range(channels):
        x = (number - (channels - 1) / 2) * roll
        # The head's outline falls away in a quarter circle at both ends.
        end = max(0.0, abs(x) - half + 0.302) / 0.3
        tall = 0.86 + 0.22 * math.sqrt(max(0.0, 1 - end**2))
        builder.box((roll * 1.04, 0.15, tall), (x, 1.005, 0.02), cloth, roll * 0.44)
    plinth = materials.metal(look.metal)
    builder.box((wide, 1.96, 0.05), (0, -0.06, 0), plinth, 0.006)
    builder.box((wide + 0.12, 2.06, 0.24), (0, -0.06, 0.05), cloth, 0.05)
    dress(builder, look, rng, wide, 2.0, 0.27, 0.93)
