"""A low garden table: a slab of concrete on crossed legs of flat steel."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("industrial", "minimalist", "modern")
PIECE = Piece(
    "garden_table_slab", "outdoor_table", "Concrete slab table", 1.1, 0.62, 0.35, ("outdoor",), STYLES, laden=True
)
TOP = 0.055
SPAN = 0.46
BAR = 0.055


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal((0.2, 0.09, 0.045) if look.style == "industrial" else (0.02, 0.02, 0.021), 0.5)
    tone = {"industrial": (0.23, 0.225, 0.215), "modern": (0.36, 0.355, 0.34)}.get(look.style, (0.56, 0.54, 0.5))
    cast = materials.lacquer(tone, 0.85)
    builder.box((1.1, 0.62, TOP), (0, 0, PIECE.height - TOP), cast, 0.006)
    # A shadow gap: the slab lies on a frame set back from its edge.
    builder.box((0.96, 0.48, 0.012), (0, 0, PIECE.height - TOP - 0.012), steel, 0.002)
    tall = PIECE.height - TOP - 0.012
    slope = math.degrees(math.atan2(SPAN - 0.06, tall))
    long = (tall - BAR * math.sin(math.radians(slope))) / math.cos(math.radians(slope))
    for x in (-0.4, 0.4):
        for way in (-1, 1):
            at = (x + 0.006 * way, 0, tall / 2 - long / 2)
            builder.box((0.011, BAR, long), at, steel, 0.002, (way * slope, 0, 0))
        for z in (0.0, tall - 0.012):
            builder.box((0.06, SPAN + 0.02, 0.012), (x, 0, z), steel, 0.002)
        builder.rod((x - 0.018, 0, tall / 2), (x + 0.018, 0, tall / 2), 0.011, steel)
    builder.rod((-0.4, 0, tall / 2), (0.4, 0, tall / 2), 0.008, steel)
    bowl(builder, look, (-0.22, 0.04, PIECE.height), 0.14)
    vase(builder, look, rng, (0.26, 0.06, PIECE.height), 0.17)
