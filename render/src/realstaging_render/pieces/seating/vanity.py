"""Low round stools for bathrooms and dressing tables, 0.45 m high."""

from __future__ import annotations

import math

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, hoop, spun, tube
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

RADIUS = 0.2
HIGH = 0.45


def pleated(builder: Builder, look: Look) -> None:
    """A drum of pleated velvet on a ring of metal, a button in its top."""
    cloth = materials.fabric(look.second if look.style != "traditional" else look.fabric, 1400, 0.1)
    metal = materials.metal(look.metal, 0.26)
    builder.lathe(
        [(RADIUS * 0.8, 0), (RADIUS * 0.86, 0.004), (RADIUS * 0.86, 0.045), (RADIUS * 0.8, 0.05)], (0, 0, 0), metal, 72
    )
    turn = np.linspace(0, 2 * math.pi, 40 * 8 + 1)
    pleat = 1 - np.abs(np.sin(20 * turn))
    rows = [np.column_stack([0 * turn, 0 * turn, 0 * turn + 0.048])]
    for radius, z, depth in (
        *((RADIUS * 0.9, 0.048, 0.0), (RADIUS * 0.97, 0.056, 0.6), (RADIUS * 0.99, 0.12, 1), (RADIUS * 0.995, 0.25, 1)),
        *((RADIUS, 0.345, 0.9), (RADIUS * 0.99, 0.362, 0.3)),
    ):
        ring = radius * (1 - 0.035 * depth * pleat)
        rows.append(np.column_stack([ring * np.cos(turn), ring * np.sin(turn), np.full(len(turn), z)]))
    rows.append(np.column_stack([0 * turn, 0 * turn, 0 * turn + 0.362]))
    builder.sheet(np.stack(rows), cloth)
    _pad(builder, 0.36, 0.09, RADIUS * 1.0, cloth, tufted=True)
    hoop(builder, (0, 0, 0.364), RADIUS * 0.985, 0.006, cloth)


def _pad(
    builder: Builder,
    low: float,
    thick: float,
    radius: float,
    cloth: materials.bpy.types.Material,
    *,
    tufted: bool = False,
) -> None:
    """A round cushion with a soft rim, drawn in at its middle where ``tufted``."""
    turn = np.linspace(0, 2 * math.pi, 73)
    rows = [np.column_stack([0 * turn, 0 * turn, 0 * turn + low])]
    for angle in np.linspace(-math.pi / 2, math.pi / 2, 13):
        inset = 0.42 * thick * (1 - math.cos(angle))
        height = low + thick * 0.44 * (1 + math.sin(angle))
        rows.append(
            np.column_stack([(radius - inset) * np.cos(turn), (radius - inset) * np.sin(turn), np.full(73, height)])
        )
    for share in (0.75, 0.5, 0.25, 0.12, 0.0):
        dip = 0.03 * math.exp(-((share / 0.14) ** 2)) if tufted else 0.0
        folds = 0.004 * (1 - np.abs(np.sin(4 * turn))) * (1 - share) * (1.0 if tufted and share else 0.0)
        height = low + thick * (0.88 + 0.12 * (1 - share**2)) - dip - folds
        rows.append(np.column_stack([radius * 0.8 * share * np.cos(turn), radius * 0.8 * share * np.sin(turn), height]))
    builder.sheet(np.stack(rows), cloth)


def legged(builder: Builder, look: Look) -> None:
    """A looped-wool or leather cushion on three turned legs with a ring of wood, or on steel rod."""
    steel = look.legs == "metal"
    leg = materials.metal(look.metal, 0.36) if steel else materials.wood(look.wood, "Z", 0.4)
    cloth = (
        materials.lacquer((0.17, 0.075, 0.033), 0.42)
        if look.style == "industrial"
        else materials.fabric(look.light, 140, 1.0)
    )
    for number in range(4 if steel else 3):
        turn = number * 2 * math.pi / (4 if steel else 3) + math.pi / 4
        foot, head = (RADIUS * 0.93, 0.0), (RADIUS * 0.62, HIGH - 0.085)
        ends = [(r * math.cos(turn), r * math.sin(turn), z) for r, z in (foot, head)]
        shape = [(0.009, 0), (0.009, 1)] if steel else [(0.0105, 0), (0.014, 0.1), (0.0195, 0.8), (0.02, 1)]
        spun(builder, ends[0], ends[1], shape, leg)
    hoop(builder, (0, 0, 0.14), RADIUS * 0.815, 0.007 if steel else 0.009, leg)
    board = [
        (0.001, 0),
        (RADIUS * 0.86, 0),
        (RADIUS * 0.89, 0.006),
        (RADIUS * 0.89, 0.018),
        (RADIUS * 0.8, 0.022),
        (0.001, 0.022),
    ]
    builder.lathe(board, (0, 0, HIGH - 0.095), leg if steel else materials.wood(look.wood, "X", 0.4), 72)
    _pad(builder, HIGH - 0.077, 0.077, RADIUS * 0.96, cloth)


def hourglass(builder: Builder, look: Look) -> None:
    """Canes that cross like an hourglass between two hoops, a woven top."""
    tone = CANE if look.style != "farmhouse" else tuple(0.7 * c for c in CANE)
    cane, pole = materials.wood(tone, "Z", 0.5), materials.wood(tuple(0.85 * c for c in tone), "X", 0.45)
    for z, radius, thick in ((0.013, 0.94, 0.013), (HIGH - 0.03, 0.94, 0.014), (HIGH / 2 - 0.01, 0.66, 0.01)):
        hoop(builder, (0, 0, z), RADIUS * radius, thick, pole)
    count = 22
    for number in range(count):
        for way in (-1, 1):
            t = np.linspace(-1, 1, 13)
            turn = number * 2 * math.pi / count + way * 0.62 * t
            reach = RADIUS * (0.66 + 0.28 * t**2) + way * 0.004
            path = np.column_stack(
                [reach * np.cos(turn), reach * np.sin(turn), HIGH / 2 - 0.008 + t * (HIGH / 2 - 0.022)]
            )
            tube(builder, path, 0.0048, cane, sides=7, steps=1)
    # The top: strands wound round, each a little higher than its seat.
    profile = [(0.001, HIGH - 0.004)]
    for number in range(1, 25):
        for share, up in ((0.0, 0.0), (0.5, 0.004)):
            profile.append(
                (RADIUS * 0.97 * (number - 1 + share) / 24 + 0.001, HIGH - 0.006 + up - 0.006 * (number / 24) ** 6)
            )
    profile += [(RADIUS * 0.985, HIGH - 0.02), (RADIUS * 0.96, HIGH - 0.034), (0.001, HIGH - 0.034)]
    builder.lathe(profile[::-1], (0, 0, 0), materials.wood(tone, "X", 0.6), 72)
