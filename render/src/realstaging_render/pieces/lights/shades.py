"""Shades of cloth, paper and cane, and what carries them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, caged, hoop
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

FLOOR_ROOMS = ("living_room", "bedroom", "office")
TABLE_ROOMS = ("living_room", "bedroom", "entryway", "dining_room")


def drum(builder: Builder, look: Look, z: float, bottom: float, top: float, height: float, glow: float = 0.7) -> None:
    """Cloth drawn over two rings, hemmed at both; a disc hides the bulb."""
    cloth, hem = materials.shade(look.light, glow), materials.fabric(look.light, 700)
    builder.lathe(
        [(bottom, 0.004), (top, height - 0.004), (top - 0.004, height - 0.012), (0.02, height - 0.03)], (0, 0, z), cloth
    )
    for radius, at in ((bottom, z + 0.005), (top, z + height - 0.005)):
        hoop(builder, (0, 0, at), radius, 0.004, hem)


def pleated(
    builder: Builder, look: Look, z: float, bottom: float, top: float, height: float, glow: float = 0.7
) -> None:
    """Cloth in narrow pleats that fan out towards the hem."""
    pleats = 56
    turn, share = np.meshgrid(np.linspace(0, 2 * np.pi, pleats * 6 + 1), np.linspace(0, 1, 7), indexing="ij")
    flare = bottom + (top - bottom) * share**0.85
    radius = flare + 0.028 * flare * np.sin(turn * pleats)
    points = np.stack([radius * np.cos(turn), radius * np.sin(turn), z + share * height], axis=-1)
    builder.sheet(points, materials.shade(look.light, glow * 0.75), thin=True)
    builder.lathe([(bottom * 0.93, 0.02), (top * 0.93, height - 0.02)], (0, 0, z), materials.shade(look.light, glow))
    band = materials.fabric(tuple(c * 0.8 for c in look.light), 700)
    hoop(builder, (0, 0, z + 0.004), bottom * 1.015, 0.005, band)
    hoop(builder, (0, 0, z + height - 0.004), top * 1.015, 0.005, band)


def rattan_dome(builder: Builder, look: Look, z: float, radius: float, height: float, ribs: int) -> None:
    """A dome of cane over a cloth lining."""
    rise = np.linspace(0, math.pi / 2 * 0.9, 8)
    profile = [(radius * math.cos(a) ** 0.8, z + height * math.sin(a) / math.sin(rise[-1])) for a in rise]
    lining = [(r - 0.008, h - 0.003) for r, h in profile]
    builder.lathe(lining, (0, 0, 0), materials.shade(look.light, 0.85))
    caged(builder, profile, (0, 0, 0), materials.wood(CANE, "Z", 0.5), ribs)


def bulb(builder: Builder, at: tuple[float, float, float], size: float = 0.03) -> None:
    """A globe bulb that shines, standing on ``at``."""
    bow = np.linspace(-1.2, math.pi / 2, 14)
    shape = [(max(size * math.cos(a), 5e-4), size + size * math.sin(a)) for a in bow]
    builder.lathe(shape, at, materials.shade((0.95, 0.85, 0.66), 3.0), 24)


def turned(builder: Builder, material: Any, z: float, beads: list[tuple[float, float]], segments: int = 40) -> None:
    """A post off the lathe: (radius, height) points joined by smooth curves."""
    heights, radii = np.array([h for _, h in beads]), np.array([r for r, _ in beads])
    places = np.arange(len(beads))
    fine = np.linspace(0, len(beads) - 1, (len(beads) - 1) * 7 + 1)
    share = fine - np.minimum(fine.astype(int), len(beads) - 2)
    eased = np.minimum(fine.astype(int), len(beads) - 2) + share * share * (3 - 2 * share)
    profile = zip(np.interp(eased, places, radii).tolist(), np.interp(fine, places, heights).tolist(), strict=True)
    builder.lathe(list(profile), (0, 0, z), material, segments)
