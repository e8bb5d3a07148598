"""A sideboard with slatted doors."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian", "contemporary")
ROOMS = ("dining_room", "living_room", "office", "bedroom")
PIECE = Piece("sideboard_slatted", "sideboard", "Sideboard", 1.5, 0.44, 0.78, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    timber, slat = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    legs(builder, look, 1.5, 0.42, 0.17, 0.09)
    builder.box((1.5, 0.42, 0.61), (0, 0.01, 0.17), timber, 0.008)
    for door in range(3):
        left = -0.72 + 0.482 * door
        builder.box((0.472, 0.012, 0.55), (left + 0.237, -0.203, 0.2), timber, 0.004)
        for number in range(15):
            builder.box((0.016, 0.012, 0.52), (left + 0.02 + 0.031 * number, -0.213, 0.215), slat, 0.003)
