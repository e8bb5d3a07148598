"""A sofa on a slim frame, its seat and back cushions loose."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century")
PIECE = Piece("sofa_framed", "sofa", "Sofa with a slim frame", 2.0, 0.86, 0.8, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wooden = look.legs == "wood"
    across = materials.wood(look.wood, "X") if wooden else materials.metal(look.metal)
    along = materials.wood(look.wood, "Y") if wooden else materials.metal(look.metal)
    cloth = materials.fabric(look.fabric)
    legs(builder, look, 1.96, 0.82, 0.22, 0.08)
    builder.box((1.97, 0.83, 0.06), (0, 0, 0.21), across, 0.012)
    for side in (-1, 1):
        builder.box((0.05, 0.84, 0.035), (side * 0.975, 0, 0.56), along, 0.014)
        for y in (-0.36, 0.36):
            builder.box((0.04, 0.05, 0.3), (side * 0.972, y, 0.265), along, 0.01)
    for z in (0.36, 0.5, 0.64):
        builder.box((1.9, 0.025, 0.06), (0, 0.41, z), across, 0.01)
    for number in range(3):
        x = -0.62 + 0.62 * number
        builder.cushion((0.625, 0.74, 0.17), (x, -0.05, 0.262), cloth, plump=0.16, rng=rng)
        tilt = (74 + rng.uniform(-2, 2), 0, rng.uniform(-1.5, 1.5))
        builder.cushion((0.615, 0.44, 0.18), (x, 0.27, 0.485), cloth, plump=0.34, tilt=tilt, rng=rng)
    with builder.carried():
        for side, colour in ((-1, look.accent), (1, look.light)):
            pillow, tilt = materials.fabric(colour, 700, 0.35), (64, side * 5, side * 12)
            builder.cushion((0.43, 0.43, 0.16), (side * 0.72, 0.08, 0.52), pillow, plump=0.62, tilt=tilt, rng=rng)
