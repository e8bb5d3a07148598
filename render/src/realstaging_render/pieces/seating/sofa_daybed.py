"""A low daybed of slats with a thick mattress, and a row of cushions along its back."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "scandinavian")
PIECE = Piece("sofa_daybed", "sofa", "Low daybed", 1.96, 0.9, 0.8, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    across, along, upright = (materials.wood(look.wood, way, 0.5) for way in "XYZ")
    for x in (-0.93, 0.93):
        for y, high in ((-0.41, 0.27), (0.42, 0.62)):
            builder.box((0.06, 0.06, high), (x, y, 0), upright, 0.012)
        builder.box((0.035, 0.78, 0.1), (x, 0.005, 0.165), along, 0.008)
    for y in (-0.41, 0.42):
        builder.box((1.82, 0.035, 0.1), (0, y, 0.165), across, 0.008)
    for number in range(11):
        builder.box((0.09, 0.8, 0.018), (-0.8 + 0.16 * number, 0.005, 0.235), along, 0.004)
    builder.box((1.9, 0.03, 0.07), (0, 0.425, 0.545), across, 0.012)
    for number in range(23):
        builder.rod((-0.88 + 0.08 * number, 0.42, 0.26), (-0.88 + 0.08 * number, 0.424, 0.55), 0.008, upright)
    cloth = materials.fabric(look.fabric, 420, 0.5)
    pad(builder, (1.94, 0.82, 0.16), (0, -0.02, 0.252), cloth, corner=0.05, edge=0.05, crown=0.02, welt=cloth, rng=rng)
    colours = [look.second, look.light, look.second]
    for number in range(3):
        tilt = (70 + rng.uniform(-3, 3), 0, rng.uniform(-3, 3))
        at = (-0.63 + 0.63 * number, 0.265, 0.485)
        builder.cushion(
            (0.64, 0.46, 0.2), at, materials.fabric(colours[number], 420, 0.5), plump=0.5, tilt=tilt, rng=rng
        )
    with builder.carried():
        for x, colour, size in ((-0.7, look.accent, 0.46), (-0.4, look.light, 0.4), (0.72, look.accent, 0.42)):
            tilt = (62 + rng.uniform(-3, 3), rng.uniform(-6, 6), rng.uniform(-12, 12))
            builder.cushion(
                (size, size, 0.16),
                (x, 0.06, 0.5),
                materials.fabric(colour, 600, 0.45),
                plump=0.62,
                tilt=tilt,
                rng=rng,
            )
