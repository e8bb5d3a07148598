"""Cabinets with round ends, fluted in tiers parted by brass, on a brass plinth and under a marble top."""

from __future__ import annotations

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.shapes import Builder

STONE = (0.74, 0.72, 0.69)


def fluted(builder: Builder, look: Look, piece: Piece, tiers: int) -> None:
    """A cabinet as large as ``piece`` of ``tiers`` drawers one above the other, a brass band between them."""
    wide, deep = piece.width / 2 - 0.012, piece.depth / 2 - 0.012
    brass, timber = materials.metal(look.metal, 0.22), materials.wood(look.wood, "Z", 0.3)
    slab(builder, wide - 0.035, deep - 0.035, 0.0, 0.06, brass)
    low, high = 0.06, piece.height - 0.034
    each = (high - low) / tiers
    for number in range(tiers):
        z = low + number * each
        slab(builder, wide, deep, z, each - 0.007, timber, flutes=0.006)
        slab(builder, wide - 0.004, deep - 0.004, z + each - 0.0072, 0.0074, brass)
    slab(builder, wide + 0.012, deep + 0.012, high, 0.034, materials.marble(STONE, (0.36, 0.33, 0.3), 0.14))
