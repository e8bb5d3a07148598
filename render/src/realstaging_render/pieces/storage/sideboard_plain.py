"""A long low sideboard without handles, on a plinth drawn back."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern", "scandinavian")
ROOMS = ("dining_room", "living_room", "office", "bedroom")
PIECE = Piece("sideboard_plain", "sideboard", "Plain sideboard", 1.8, 0.45, 0.68, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    dark = materials.lacquer((0.03, 0.03, 0.03), 0.6)
    timber = materials.wood(look.wood, "X")
    front = materials.lacquer(look.light, 0.42) if look.style == "modern" else timber
    builder.box((1.66, 0.36, 0.07), (0, 0.02, 0), dark, 0.002)
    builder.box((1.76, 0.4, 0.56), (0, 0.015, 0.08), dark, 0.001)
    for x in (-0.89, 0.89):
        builder.box((0.02, 0.45, 0.6), (x, 0, 0.065), timber, 0.002)
    for z in (0.065, 0.66):
        builder.box((1.8, 0.45, 0.02), (0, 0, z), timber, 0.002)
    for number in range(4):
        x = -0.657 + 0.438 * number
        if number in {1, 2}:
            for z in (0.09, 0.278, 0.466):
                builder.box((0.432, 0.02, 0.18), (x, -0.2, z), front, 0.0025)
        else:
            builder.box((0.432, 0.02, 0.556), (x, -0.2, 0.09), front, 0.0025)
