"""A made bed: mattress, duvet with folds, turned-down sheet, pillows, a throw."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

LINEN = (0.78, 0.77, 0.74)


def dress(
    builder: Builder, look: Look, dice: random.Random, width: float, length: float, base: float, head: float
) -> None:
    """Bedding of a mattress ``width`` x ``length`` that lies at height ``base``; its head end is at y = ``head``."""
    linen, duvet = materials.fabric(LINEN, 1200, 0.12), materials.fabric(look.light, 1000, 0.15)
    builder.box((width, length, 0.24), (0, head - length / 2, base), linen, 0.06)
    top = base + 0.24
    foot = head - length
    _cover(builder, dice, duvet, width, foot, head - 0.62, top, 0.055, 0.2)
    _cover(builder, dice, linen, width, head - 0.78, head - 0.55, top + 0.04, 0.04, 0.13)
    _cover(
        builder, dice, materials.fabric(look.accent, 500, 0.4), width, foot + 0.1, foot + 0.6, top + 0.05, 0.04, 0.22
    )
    for side in (-1, 1):
        x = side * width / 4
        builder.cushion(
            (0.68, 0.46, 0.2), (x, head - 0.13, top + 0.12), linen, plump=0.55, tilt=(64, 0, side * 2), dice=dice
        )
        builder.cushion(
            (0.64, 0.44, 0.19),
            (x * 0.98, head - 0.3, top + 0.08),
            duvet,
            plump=0.55,
            tilt=(56, 0, -side * 3),
            dice=dice,
        )
        colour = look.second if side < 0 else look.accent
        builder.cushion(
            (0.45, 0.45, 0.17),
            (x * 0.62, head - 0.46, top + 0.07),
            materials.fabric(colour, 600, 0.4),
            plump=0.62,
            tilt=(54, side * 3, side * 7),
            dice=dice,
        )


def _cover(
    builder: Builder,
    dice: random.Random,
    cloth: object,
    width: float,
    near: float,
    far: float,
    top: float,
    thick: float,
    drop: float,
) -> None:
    """Cloth from ``near`` to ``far`` that lies on the bed and hangs ``drop`` over its sides."""
    across, along = np.linspace(-1, 1, 90), np.linspace(0, 1, max(12, round(46 * (far - near))))
    u, v = np.meshgrid(across, along, indexing="ij")
    flat = width / 2 - 0.02
    reach = np.abs(u) * (flat + drop)
    over = np.clip(reach - flat, 0, None)
    bend = np.clip(over / 0.07, 0, 1)
    x = np.sign(u) * (np.minimum(reach, flat) + 0.05 * np.sin(bend * np.pi / 2))
    z = top + thick - 0.05 * (1 - np.cos(bend * np.pi / 2)) - np.clip(over - 0.07, 0, None)
    waves = sum(
        dice.uniform(0.3, 1) * np.sin(dice.uniform(3, 9) * u + dice.uniform(4, 15) * v + dice.uniform(0, 6))
        for _ in range(7)
    )
    lying = 1 - bend
    z = z + waves * (0.0035 + 0.002 * lying)
    x = x + np.sign(u) * bend * np.sin(v * (far - near) * 17 + dice.uniform(0, 6)) * 0.008
    y = near + v * (far - near) + 0.008 * np.sin(u * 5 + dice.uniform(0, 6))
    edge = np.minimum(v, 1 - v) * (far - near)
    z = z - thick * 0.6 * np.clip(1 - edge / 0.05, 0, 1) ** 2 * lying
    builder.sheet(np.stack([x, y, z], axis=-1), cloth, 0.012)
