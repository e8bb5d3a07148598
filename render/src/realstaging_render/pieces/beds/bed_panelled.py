"""A bed with a panelled wooden head under a moulding, and a low panelled foot."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import DOUBLE, HEAD, SINGLE, rails
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("bed_panelled", "bed", "Panelled bed", 1.84, 2.16, 1.13, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, DOUBLE)


def panelled(builder: Builder, look: Look, rng: random.Random, wide: float) -> None:
    """The bed, for a mattress ``wide`` metres wide."""
    across, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    post, inner = wide / 2 + 0.06, wide + 0.06
    stiles = (-inner / 4, 0.0, inner / 4) if wide > SINGLE else (-inner / 6, inner / 6)
    for y, tall, low in ((HEAD, 1.13, 0.3), (-HEAD, 0.5, 0.14)):
        for x in (-post, post):
            builder.box((0.08, 0.075, tall), (x, y, 0), upright, 0.008)
        builder.box((inner, 0.022, tall - low - 0.06), (0, y, low), upright, 0.002)
        for z in (low, tall - 0.14):
            builder.box((inner, 0.042, 0.09), (0, y, z), across, 0.006)
        for x in stiles:
            builder.box((0.08, 0.042, tall - low - 0.12), (x, y, low + 0.04), upright, 0.006)
        builder.box((wide + 0.2, 0.07, 0.028), (0, y, tall - 0.05), across, 0.008)
        builder.box((wide + 0.24, 0.095, 0.022), (0, y, tall - 0.022), across, 0.008)
    rails(builder, look, 0.18, 0.17, 0.04, wide)
    dress(builder, look, rng, wide, 1.95, 0.28, 0.98)
