"""A child's bed with a head like a scallop shell: upholstered, in rolls that spread from its foot to a scalloped rim."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.pieces.storage.playthings import rabbit
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary")
PIECE = Piece("kids_scallop", "kids_bed", "Child's scalloped bed", 1.13, 2.13, 1.16, ("kids_room",), STYLES, seats=1)
LOBES = 9
LOW, WIDE, TALL = 0.36, 0.565, 0.8


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth = materials.fabric(look.second if look.style == "contemporary" else look.fabric, 700, 0.35)
    _shell(builder, cloth)
    pad(builder, (1.0, 0.11, 0.34), (0, 1.0, 0.08), cloth, corner=0.03, edge=0.03)
    pad(builder, (1.0, 2.04, 0.24), (0, -0.03, 0.09), cloth, corner=0.09, edge=0.05, welt=materials.fabric(look.light))
    foot = materials.metal(look.metal, 0.3) if look.legs == "metal" else materials.wood(look.wood, "Z")
    for x in (-0.42, 0.42):
        for y in (-0.94, 0.94):
            builder.rod((x, y, 0), (x, y, 0.11), 0.016, foot, 0.028)
    dress(builder, look, rng, 0.9, 1.93, 0.28, 0.95)
    rabbit(builder, look, (0.2, 0.34, 0.58))


def _shell(builder: Builder, cloth: Any) -> None:
    """Front and back of the head: rolls about a point low in its middle."""
    out, turn = np.meshgrid(np.linspace(0.02, 1, 27), np.linspace(0, math.pi, LOBES * 12 + 1), indexing="ij")
    lobe = np.abs(np.sin(LOBES * turn))
    rim = 1 - 0.075 * (1 - lobe**0.7)
    x, z = WIDE * rim * out * np.cos(turn), LOW + TALL * rim * out * np.sin(turn)
    round_off = (1 - out**10) ** 0.5
    front = 1.03 - (0.035 + 0.075 * lobe**0.55 * np.clip(out / 0.35, 0, 1)) * round_off
    back = 1.03 + 0.05 * round_off
    for y in (front, back):
        builder.sheet(np.stack([x, y, z], axis=-1), cloth)
    knob = [(0.001, 0), (0.04, 0.004), (0.055, 0.02), (0.04, 0.036), (0.001, 0.04)]
    builder.lathe(knob, (0, 0.985, LOW + 0.1), cloth, 28)
