"""A made bed: mattress, duvet with folds, turned-down sheet, pillows, a throw."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

LINEN = (0.78, 0.77, 0.74)


def dress(
    builder: Builder, look: Look, rng: random.Random, width: float, length: float, base: float, head: float
) -> None:
    """Bedding of a mattress ``width`` x ``length`` that lies at height ``base``; its head end is at y = ``head``."""
    linen, duvet = materials.fabric(LINEN, 1200, 0.12), materials.fabric(look.light, 1000, 0.15)
    builder.box((width, length, 0.24), (0, head - length / 2, base), linen, 0.06)
    top = base + 0.24
    foot = head - length
    folds = _folds(rng)
    throw = materials.fabric(look.accent, 500, 0.4)
    _cover(builder, folds, duvet, width, foot, head - 0.62, top, 0.055, 0.2)
    _cover(builder, folds, linen, width, head - 0.8, head - 0.53, top + 0.022, 0.055, 0.13, 0.014)
    _cover(builder, folds, throw, width, foot + 0.12, foot + 0.58, top + 0.018, 0.055, 0.26, 0.012)
    for side in (-1, 1) if width > 1.2 else (0,):
        x = side * width / 4
        builder.cushion(
            (0.68, 0.46, 0.2), (x, head - 0.13, top + 0.12), linen, plump=0.55, tilt=(64, 0, side * 2), rng=rng
        )
        builder.cushion(
            (0.64, 0.44, 0.19),
            (x * 0.98, head - 0.3, top + 0.08),
            duvet,
            plump=0.55,
            tilt=(56, 0, -side * 3),
            rng=rng,
        )
        colour = look.second if side < 0 else look.accent
        builder.cushion(
            (0.45, 0.45, 0.17),
            (x * 0.62, head - 0.46, top + 0.07),
            materials.fabric(colour, 600, 0.4),
            plump=0.62,
            tilt=(54, side * 3, side * 7),
            rng=rng,
        )


def _folds(rng: random.Random) -> Callable[[Any, Any], Any]:
    """Wrinkles that all covers of one bed share, so that none comes through another: height (-1..1) at (x, y)."""
    waves = [
        (rng.uniform(0.4, 1) / k**0.6, k * rng.uniform(2, 5), k * rng.uniform(-5, 5), rng.uniform(0, 6))
        for k in (1, 1, 1.6, 2.3, 3.1, 4.2)
    ]
    total = sum(wave[0] for wave in waves)

    def height(x: Any, y: Any) -> Any:
        bent = y + 0.05 * np.sin(4 * x + 1)
        # A sharpened sine has broad hills and narrow valleys, as a filled cover does.
        return sum(a * (1 - 2 * np.abs(np.sin((kx * x + ky * bent + p) / 2))) for a, kx, ky, p in waves) / total

    return height


def _cover(
    builder: Builder,
    folds: Callable[[Any, Any], Any],
    cloth: Any,
    width: float,
    near: float,
    far: float,
    top: float,
    thick: float,
    drop: float,
    lift: float = 0.0,
) -> None:
    """Cloth from ``near`` to ``far`` that lies on the bed and hangs ``drop`` over its sides, ``lift`` outside what is below."""
    across, along = np.linspace(-1, 1, 110), np.linspace(0, 1, max(14, round(60 * (far - near))))
    u, v = np.meshgrid(across, along, indexing="ij")
    flat = width / 2 - 0.02
    reach = np.abs(u) * (flat + drop)
    over = np.clip(reach - flat, 0, None)
    bend = np.clip(over / 0.07, 0, 1)
    y = near + v * (far - near)
    wrinkle = folds(np.sign(u) * reach, y)
    out = 0.05 * np.sin(bend * np.pi / 2) + bend * 0.012 * np.sin(y * 17 + np.sign(u)) + bend * lift
    x = np.sign(u) * (np.minimum(reach, flat) + out)
    z = top + thick - 0.05 * (1 - np.cos(bend * np.pi / 2)) - np.clip(over - 0.07, 0, None)
    lying = 1 - bend
    z = z + wrinkle * 0.022 * (0.35 + 0.65 * lying)
    y = y + 0.008 * np.sin(np.sign(u) * reach * 6)
    edge = np.minimum(v, 1 - v) * (far - near)
    z = z - 0.012 * np.clip(1 - edge / 0.05, 0, 1) ** 2 * lying
    builder.sheet(np.stack([x, y, z], axis=-1), cloth, 0.012)
