"""A bedside box on hairpin legs: bent ply with round corners, a drawer over an open bay."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import knob, planed
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("mid_century",)
PIECE = Piece("nightstand_hairpin", "nightstand", "Hairpin nightstand", 0.5, 0.38, 0.54, ("bedroom",), STYLES)
LOW, HIGH, BEND, PLY = 0.27, 0.54, 0.05, 0.018


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber, steel = planed(look.wood), materials.metal((0.02, 0.02, 0.022), 0.4)
    builder.sheet(_ring(0.25, LOW, HIGH, BEND), timber.across)
    middle = LOW + PLY + 0.115
    builder.box((0.463, 0.34, 0.016), (0, 0.005, middle), timber.across, 0.002)
    builder.box((0.46, 0.01, HIGH - LOW - 0.04), (0, 0.165, LOW + 0.02), timber.across, 0.001)
    builder.box((0.4, 0.3, 0.09), (0, 0.01, middle + 0.018), materials.lacquer((0.012, 0.01, 0.009), 0.9), 0.001)
    builder.box((0.456, 0.02, HIGH - PLY - middle - 0.024), (0, -0.168, middle + 0.02), timber.across, 0.006)
    knob(builder, (0, -0.178, middle + 0.067), materials.metal(look.metal, 0.28), 0.012)
    for x in (-1, 1):
        for y in (-1, 1):
            head = np.array([x * 0.2, y * 0.14, LOW + 0.002])
            foot = np.array([x * 0.225, y * 0.168, 0.0103])
            aside = np.array([0.04 * x, -0.035 * y, 0.0])
            path = [head, foot + 0.06 * (head - foot), foot, foot + 0.06 * (head - aside - foot), head - aside]
            tube(builder, path, 0.0055, steel, sides=8, steps=4)
    books(builder, look, rng, (0, 0, LOW + PLY), 3)


def _ring(half: float, low: float, high: float, bend: float) -> np.ndarray:
    """A board bent to a ring with round corners: its section, from the front edge over outside and inside back to it."""
    turn = np.linspace(0, math.pi / 2, 9)
    corners = [(half - bend, high - bend, 0), (-half + bend, high - bend, 1), (-half + bend, low + bend, 2)]
    corners += [(half - bend, low + bend, 3)]
    outer, inner = [], []
    for x, z, quarter in corners:
        for angle in turn + quarter * math.pi / 2:
            way = np.array([math.cos(angle), math.sin(angle)])
            outer.append(np.array([x, z]) + bend * way)
            inner.append(np.array([x, z]) + (bend - PLY) * way)
    rows = []
    for line, y in ((outer, -0.19), (outer, 0.19), (inner, 0.19), (inner, -0.19), (outer, -0.19)):
        closed = np.array([*line, line[0]])
        rows.append(np.column_stack([closed[:, 0], np.full(len(closed), y), closed[:, 1]]))
    return np.stack(rows)
