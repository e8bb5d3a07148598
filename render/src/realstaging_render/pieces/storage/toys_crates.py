"""Three slatted crates full of toys: two on casters under a plank, one upon it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Timber, painted, planed
from realstaging_render.pieces.storage.playthings import ball, blocks, rabbit
from realstaging_render.pieces.tables.piping import caster
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse", "traditional")
PIECE = Piece("toys_crates", "toy_storage", "Toy crates", 0.96, 0.42, 0.62, ("kids_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = planed(look.wood, 0.6)
    frame = painted(look.light, 0.55) if look.style != "industrial" else painted((0.035, 0.035, 0.038), 0.45)
    iron = materials.metal((0.035, 0.035, 0.038), 0.42)
    for x in (-0.46, 0.46):
        for y in (-0.185, 0.185):
            builder.box((0.04, 0.04, 0.4), (x, y, 0), frame.upright, 0.004)
        builder.box((0.03, 0.35, 0.03), (x, 0, 0.365), frame.deep, 0.003)
    for y in (-0.14, 0, 0.14):
        builder.box((0.96, 0.139, 0.026), (0, y, 0.394), timber.across, 0.004)
    for x in (-0.215, 0.215):
        _crate(builder, (x, -0.01, 0.075), 0.4, timber)
        for side in (-0.15, 0.15):
            for y in (-0.12, 0.12):
                caster(builder, (x + side, y, 0), 0.078, iron)
        for dx, radius in ((-0.09, 0.075), (0.07, 0.065)):
            ball(builder, (x + dx, -0.03, 0.13), radius, rng.choice([look.accent, look.second, look.light]))
    _crate(builder, (0.25, 0, 0.42), 0.4, timber)
    blocks(builder, look, rng, (0.16, -0.04, 0.52), 5)
    ball(builder, (0.35, 0.02, 0.47), 0.07, look.second)
    rabbit(builder, look, (-0.2, 0.02, 0.42), 0.36)


def _crate(builder: Builder, at: tuple[float, float, float], wide: float, timber: Timber) -> None:
    """An open crate of three slats a side, 0.2 m high."""
    x, y, z = at
    builder.box((wide - 0.02, 0.3, 0.012), (x, y, z), timber.across, 0.002)
    for number in range(3):
        up = z + 0.004 + 0.068 * number
        for side in (-1, 1):
            builder.box((wide, 0.012, 0.058), (x, y + side * 0.159, up), timber.across, 0.003)
            builder.box((0.012, 0.306, 0.058), (x + side * (wide / 2 - 0.006), y, up), timber.deep, 0.003)
    for side in (-1, 1):
        for back in (-1, 1):
            corner = (x + side * (wide / 2 - 0.026), y + back * 0.144, z)
            builder.box((0.026, 0.02, 0.2), corner, timber.upright, 0.002)
