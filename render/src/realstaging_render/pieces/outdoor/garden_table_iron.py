"""A round tea table of wrought iron: scrolled legs tied by a ring, a stone top in an iron rim."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.ironwork import iron_of, scroll, wrought
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder, Point

STYLES = ("traditional", "farmhouse", "luxury")
PIECE = Piece(
    "garden_table_iron", "outdoor_table", "Wrought-iron tea table", 0.76, 0.76, 0.52, ("outdoor",), STYLES, laden=True
)
LEGS = 4


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron = iron_of(look)
    stone = materials.marble((0.6, 0.57, 0.52), (0.38, 0.34, 0.3), 0.4)
    top = stone if look.style != "farmhouse" else materials.wood(look.wood, "X", 0.7)
    builder.lathe([(0.36, 0.498), (0.366, 0.502), (0.366, 0.514), (0.36, 0.52), (0.001, 0.52)], (0, 0, 0), top, 72)
    builder.lathe(
        [(0.35, 0.468), (0.374, 0.47), (0.38, 0.476), (0.38, 0.51), (0.374, 0.515), (0.355, 0.5)], (0, 0, 0), iron, 72
    )
    hoop(builder, (0, 0, 0.16), 0.135, 0.009, iron)
    hoop(builder, (0, 0, 0.45), 0.25, 0.007, iron)
    for number in range(LEGS):
        angle = math.pi / 4 + number * 2 * math.pi / LEGS

        def place(u: float, v: float, angle: float = angle) -> Point:
            return (u * math.cos(angle), u * math.sin(angle), v)

        wrought(builder, scroll("S", 0.24, 0.462, 1.05) * (-1, 1), (0.235, 0.2395), place, iron, 0.0105)
        wrought(builder, scroll("C", 0.09, 0.2, 1.0) * (-1, 1), (0.1, 0.33), place, iron, 0.006)
    builder.lathe(
        [(0.001, 0), (0.03, 0.012), (0.036, 0.03), (0.02, 0.056), (0.008, 0.08), (0.001, 0.085)], (0, 0, 0.13), iron
    )
    for number in range(4):
        angle = math.pi / 4 + number * math.pi / 2
        builder.rod((0, 0, 0.16), (0.135 * math.cos(angle), 0.135 * math.sin(angle), 0.16), 0.006, iron)
    vase(builder, look, rng, (0.1, 0.08, PIECE.height), 0.18)
    bowl(builder, look, (-0.12, -0.08, PIECE.height), 0.11)
