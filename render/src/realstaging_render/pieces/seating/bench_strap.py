"""A bench of woven leather straps in a frame."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import rounded, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "industrial", "luxury", "minimalist", "scandinavian", "mid_century")
PIECE = Piece("bench_strap", "bench", "Strap bench", 1.2, 0.42, 0.45, ("bedroom", "entryway"), STYLES, seats=2)
LEATHER = (0.17, 0.075, 0.032)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wooden = look.legs == "wood"
    frame = materials.wood(look.wood, "Z") if wooden else materials.metal(look.metal, 0.28)
    rail = materials.wood(look.wood, "X") if wooden else frame
    tone = LEATHER if look.style != "minimalist" else tuple(c * 0.2 for c in LEATHER)
    for x in (-0.575, 0.575):
        loop = [(x, -0.185, 0.016), (x, -0.185, 0.425), (x, 0.185, 0.425), (x, 0.185, 0.016)]
        foot = (x, 0.0, 0.016)
        tube(builder, rounded([foot, *loop, foot], 0.02), 0.016, frame, steps=1, sides=14)
    for y in (-0.185, 0.185):
        builder.rod((-0.575, y, 0.425), (0.575, y, 0.425), 0.016, rail)
    turn = np.linspace(0, 2 * np.pi, 25)
    for number in range(15):
        x = -0.525 + 0.075 * number
        leather = materials.lacquer(tuple(c * rng.uniform(0.85, 1.15) for c in tone), 0.5)
        # A strap round both rails: over the one and back under the other.
        y = 0.185 * np.clip(1.6 * np.cos(turn), -1, 1) + 0.019 * np.cos(turn)
        z = 0.425 + 0.0195 * np.sin(turn) - 0.006 * np.cos(np.clip(y / 0.185, -1, 1) * np.pi / 2)
        edge = [np.column_stack([np.full(25, x + half), y, z]) for half in (-0.029, 0.029)]
        builder.sheet(np.stack(edge), leather, thin=True)
    for number in range(4):
        y = -0.12 + 0.08 * number
        leather = materials.lacquer(tuple(c * rng.uniform(0.85, 1.15) for c in tone), 0.5)
        along = np.linspace(-0.592, 0.592, 181)
        weave = 0.4385 + 0.0055 * np.sign(np.sin(np.pi * (along + 0.5625) / 0.075)) * (-1) ** number
        weave = np.convolve(np.pad(weave, 4, mode="edge"), np.ones(9) / 9, "valid")
        strips = [np.column_stack([along, np.full(181, y + half), weave]) for half in (-0.027, 0.027)]
        builder.sheet(np.stack(strips), leather, 0.003)
