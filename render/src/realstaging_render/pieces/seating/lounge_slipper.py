"""A slipper chair: no arms, a buttoned back that rolls over at its top, turned legs."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.bentwood import draped
from realstaging_render.pieces.seating.padding import buttoned, pad
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "coastal")
PIECE = Piece(
    "lounge_slipper",
    "accent_chair",
    "Slipper chair",
    0.64,
    0.74,
    0.885,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth = materials.fabric(look.accent if look.style == "traditional" else look.second, 900, 0.25)
    timber = materials.wood(look.wood, "Z", 0.35)
    pad(builder, (0.63, 0.62, 0.12), (0, -0.05, 0.2), cloth, corner=0.06, crown=0.0, edge=0.02)
    pad(
        builder,
        (0.64, 0.61, 0.16),
        (0, -0.06, 0.31),
        cloth,
        corner=0.07,
        edge=0.055,
        crown=0.035,
        welt=cloth,
        rng=rng,
    )
    back = [(0.285, 0.24), (0.292, 0.4), (0.305, 0.58), (0.325, 0.73), (0.345, 0.79), (0.37, 0.8)]
    lozenges = buttoned(0.15, 0.17, 0.66, 0.016)
    draped(
        builder, back, 0.62, 0.1, cloth, lambda across, along: lozenges(across + 0.075, along) * (abs(across) < 0.28)
    )
    for x in (-0.26, 0.26):
        turned = [
            (0.012, 0),
            (0.016, 0.015),
            (0.014, 0.04),
            (0.024, 0.12),
            (0.028, 0.165),
            (0.02, 0.18),
            (0.03, 0.192),
            (0.03, 0.21),
        ]
        builder.lathe(turned, (x, -0.29, 0), timber, 24)
        builder.rod((x, 0.33, 0), (x, 0.24, 0.21), 0.014, timber, 0.023)
