"""A table lamp: a turned wooden foot under a shade of woven cane."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, caged
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "farmhouse", "scandinavian", "traditional")
ROOMS = ("living_room", "bedroom", "entryway", "dining_room")
PIECE = Piece(
    "table_lamp_woven", "table_lamp", "Woven lamp", 0.32, 0.32, 0.5, ROOMS, STYLES, mount="surface", on="console_table"
)
FOOT = [
    (0.075, 0),
    (0.08, 0.008),
    (0.075, 0.02),
    (0.03, 0.035),
    (0.055, 0.09),
    (0.062, 0.13),
    (0.03, 0.2),
    (0.02, 0.22),
]
SHADE = [(0.156, 0.26), (0.15, 0.3), (0.142, 0.34), (0.132, 0.38), (0.12, 0.42), (0.106, 0.46), (0.09, 0.496)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    painted = look.style in {"coastal", "farmhouse"}
    foot = materials.lacquer(look.light, 0.4) if painted else materials.wood(look.wood, "Z")
    builder.lathe(FOOT, (0, 0, 0), foot)
    builder.rod((0, 0, 0.2), (0, 0, 0.33), 0.007, materials.metal(look.metal, 0.3))
    builder.lathe([(r - 0.006, h) for r, h in SHADE], (0, 0, 0), materials.shade(look.light, 0.9))
    caged(builder, SHADE, (0, 0, 0), materials.wood(CANE, "Z", 0.5), 44)
