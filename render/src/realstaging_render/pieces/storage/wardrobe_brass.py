"""A lacquered armoire: tall doors with fine brass mouldings and long brass pulls, on a brass plinth."""

from __future__ import annotations

import random
from itertools import pairwise

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns, Plan, bar, carcass, flat, opening_side, painted
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("wardrobe_brass", "wardrobe", "Lacquered armoire", 1.14, 0.56, 1.95, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, dice: random.Random) -> None:  # noqa: ARG001
    brass, lacquer = materials.metal(look.metal, 0.22), painted(look.fabric, 0.22)
    builder.box((1.06, 0.48, 0.075), (0, 0.02, 0), brass, 0.003)
    plan = Plan(1.12, 0.07, 1.93, -0.245, 0.275, COLUMNS, 0.02)
    carcass(builder, plan, lacquer)
    builder.box((1.14, 0.56, 0.03), (0, 0, 1.92), lacquer.across, 0.008)
    builder.box((1.13, 0.54, 0.008), (0, 0.002, 1.912), brass, 0.002)
    for bay in plan.bays():
        flat(builder, bay, -0.25, lacquer.across)
        side, low, high = bay.width / 2 - 0.06, bay.z + 0.07, bay.z + bay.height - 0.07
        left, right = bay.x - side, bay.x + side
        for a, b in ((low, low + 0.55), (low + 0.61, high)):
            corners = [(left, -0.25, a), (right, -0.25, a), (right, -0.25, b), (left, -0.25, b), (left, -0.25, a)]
            for start, end in pairwise(corners):
                builder.rod(start, end, 0.005, brass)
        bar(builder, (bay.x + opening_side(bay) * (bay.width / 2 - 0.025), -0.25, 1.0), 0.5, brass, upright=True)
