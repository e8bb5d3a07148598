"""A hand-woven cotton mat in stripes, knotted fringes at its ends."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.rugs import THICK, WOOL, blended, dyed, fringed, lay, loom, yarned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "farmhouse", "scandinavian", "mid_century")
SIZE = (0.9, 0.55)
PIECE = Piece("mat_fringed", "bath_mat", "Fringed cotton mat", *SIZE, THICK, ("bathroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    x, _ = loom(SIZE)
    light = np.broadcast_to(WOOL * 1.12, (*x.shape, 3))
    place = np.abs(x) / (SIZE[0] / 2)
    bands = ((0.5, 0.56), (0.6, 0.75), (0.79, 0.85)) if look.curve < 0.6 else ((0.2, 0.24), (0.45, 0.62), (0.8, 0.84))
    share = sum(((place >= low) & (place < high)).astype(float) for low, high in bands)
    dye = look.accent if look.style in {"bohemian", "mid_century"} else look.second
    colours = blended(light, dyed(dye, 0.3), share)
    lay(builder, rng, SIZE, fringed(yarned(colours, rng, abrash=0.05, rib=0.008), rng, 0.05), pile=0.0016)
