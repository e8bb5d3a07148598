"""Cabinets of the workshop: plank drawers and doors of mesh in a frame of steel angle, card holders for pulls."""

from __future__ import annotations

import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import (
    Bay,
    Columns,
    Plan,
    caned,
    carcass,
    filled,
    flat,
    opening_side,
    painted,
    planed,
)
from realstaging_render.shapes import Builder

IRON = (0.032, 0.032, 0.035)


def steel(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns, lift: float = 0.13) -> None:
    """A cabinet as large as ``piece``, its lowest board ``lift`` metres above the floor."""
    width, depth, height = piece.width, piece.depth, piece.height
    timber, iron = planed(look.wood, 0.6), materials.metal(IRON, 0.42)
    frame = painted(IRON, 0.42)
    front = -depth / 2 + 0.022
    for x in (-1, 1):
        for y in (front + 0.012, depth / 2 - 0.016):
            builder.box((0.034, 0.034, height - 0.036), (x * (width / 2 - 0.022), y, 0), iron, 0.002)
        rail = (0.03, depth - 0.07, 0.03)
        for z in (lift - 0.004, height - 0.068):
            builder.box(rail, (x * (width / 2 - 0.0215), 0.003, z), iron, 0.002)
    plan = Plan(width - 0.076, lift, height - 0.038, front - 0.002, depth / 2 - 0.004, columns, 0.022)
    carcass(builder, plan, timber)
    boards = round(depth / 0.15)
    for number in range(boards):
        tone = planed(tuple(c * rng.uniform(0.86, 1.12) for c in look.wood), 0.6)
        y = -depth / 2 + depth * (number + 0.5) / boards
        builder.box((width, depth / boards - 0.002, 0.04), (0, y, height - 0.04), tone.across, 0.005)
    filled(builder, look, rng, plan)
    for bay in plan.bays():
        if bay.kind == "door":
            mesh = materials.webbing((0.06, 0.062, 0.065), pitch=0.012)
            caned(builder, bay, front - 0.003, frame, mesh, 0.03)
            builder.box(
                (0.012, 0.02, 0.1),
                (bay.x + opening_side(bay) * (bay.width / 2 - 0.02), front - 0.008, bay.z + bay.height / 2 - 0.05),
                iron,
                0.003,
            )
        elif bay.kind == "drawer":
            flat(builder, bay, front - 0.003, timber.across, 0.004, 0.004)
            for x in (-0.25, 0.25) if bay.width > 0.5 else (0.0,):
                _card_holder(builder, bay, x * bay.width, front - 0.003, iron)


def _card_holder(builder: Builder, bay: Bay, x: float, face: float, iron: Any) -> None:
    """A frame for a card with a lip to pull at, and rivets at its ends."""
    middle, z = bay.x + x, bay.z + bay.height / 2
    card = materials.lacquer((0.62, 0.56, 0.45), 0.9)
    builder.box((0.1, 0.004, 0.046), (middle, face - 0.001, z - 0.023), iron, 0.001)
    builder.box((0.074, 0.002, 0.028), (middle, face - 0.003, z - 0.01), card, 0.0005)
    builder.box((0.1, 0.018, 0.006), (middle, face - 0.009, z - 0.025), iron, 0.002)
    for side in (-0.044, 0.044):
        builder.rod((middle + side, face, z), (middle + side, face - 0.006, z), 0.0045, iron, 0.003)
