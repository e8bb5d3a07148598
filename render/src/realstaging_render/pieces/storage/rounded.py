"""Cabinets with half-round tambour ends, plain fronts between them, on stout round feet."""

from __future__ import annotations

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.pieces.storage.cabinetry import SHADOW, Columns, Plan, planed
from realstaging_render.shapes import Builder


def rounded(builder: Builder, look: Look, piece: Piece, columns: Columns, lift: float = 0.1) -> None:
    """A cabinet as large as ``piece``, its case ``lift`` metres above the floor."""
    wide, deep = piece.width / 2, piece.depth / 2
    timber = planed(look.wood, 0.42)
    dark = materials.lacquer(SHADOW, 0.8)
    slab(builder, wide - 0.012, deep - 0.012, lift + 0.02, piece.height - lift - 0.045, timber.upright, flutes=0.005)
    for z in (lift, piece.height - 0.028):
        slab(builder, wide, deep, z, 0.028, timber.across)
    for x in (-wide + deep * 0.9, wide - deep * 0.9):
        for y in (-deep * 0.55, deep * 0.55):
            builder.lathe([(0.032, 0), (0.036, 0.004), (0.036, lift + 0.004)], (x, y, 0), timber.upright, 36)
    flat_part = 2 * (wide - deep) + 0.02
    plan = Plan(flat_part, lift + 0.028, piece.height - 0.028, -deep, deep, columns, 0.004)
    builder.box((flat_part, 0.03, plan.high - plan.low), (0, -deep + 0.025, plan.low), dark, 0.001)
    for bay in plan.bays():
        size = (bay.width - 0.002, 0.02, bay.height - 0.014)
        builder.box(size, (bay.x, -deep + 0.014, bay.z - 0.001), timber.grain(bay), 0.004)
