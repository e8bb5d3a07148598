"""A garden stool of glazed stoneware, pierced with rings, a towel on it."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import folded, terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "coastal", "traditional")
PIECE = Piece("stool_garden", "bench", "Glazed garden stool", 0.36, 0.36, 0.46, ("bathroom",), STYLES, laden=True)
BARREL = [(0.12, 0), (0.128, 0.006), (0.135, 0.03), (0.158, 0.1), (0.172, 0.19), (0.174, 0.25), (0.166, 0.33)]
BARREL += [(0.146, 0.41), (0.136, 0.435), (0.13, 0.448), (0.11, 0.458), (0.05, 0.46), (0.001, 0.46)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    glaze = {"luxury": (0.55, 0.54, 0.5), "coastal": (0.1, 0.2, 0.27)}.get(look.style, (0.05, 0.09, 0.2))
    stone = materials.lacquer(glaze, 0.12)
    builder.lathe(BARREL, (0, 0, 0), stone, 96)
    for height, count in ((0.055, 26), (0.4, 26)):
        radius = np.interp(height, [h for _, h in BARREL[:-2]], [r for r, _ in BARREL[:-2]])
        for number in range(count):
            turn = 2 * np.pi * number / count
            knob = [(0.009, -0.002), (0.008, 0.003), (0.004, 0.006), (0.0005, 0.007)]
            place = ((radius + 0.001) * np.cos(turn), (radius + 0.001) * np.sin(turn), height - 0.002)
            builder.lathe(knob, place, stone, 12)
    for turn in np.linspace(0, 2 * np.pi, 5)[:-1] + 0.6:
        across = np.array([-np.sin(turn), np.cos(turn), 0])
        middle = np.array([0.172 * np.cos(turn), 0.172 * np.sin(turn), 0.225])
        ring = [
            middle + 0.045 * (np.cos(a) * across + np.sin(a) * np.array([0, 0, 1])) for a in np.linspace(0, 6.2832, 25)
        ]
        tube(builder, ring, 0.007, stone, sides=8, steps=2)
    folded(builder, rng, (0.0, 0.0, 0.458), (0.2, 0.16), [terry(look.light)] * 2)
