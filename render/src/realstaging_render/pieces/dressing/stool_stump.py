"""A stool sawn from a trunk, cracked as it dried, a towel on it."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import folded, terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "minimalist")
PIECE = Piece("stool_stump", "bench", "Trunk stool", 0.36, 0.36, 0.45, ("bathroom",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pale = look.style == "minimalist"
    tone = tuple(min(0.75, (1.3 if pale else 0.8) * c) for c in look.wood)
    turn, phase = np.linspace(0, 2 * np.pi, 181), rng.uniform(0, 6)
    outline = 0.168 * (1 + 0.03 * np.sin(2 * turn + phase) + 0.018 * np.sin(5 * turn + 2 * phase))
    crack = 0.012 * np.exp(-(((turn - np.pi * 1.4) / 0.03) ** 2))
    heights = np.concatenate([[0, 0.008], np.linspace(0.03, 0.42, 14), [0.438, 0.447, 0.45]])
    rounded = np.interp(heights, [0, 0.03, 0.42, 0.438, 0.45], [0.955, 1, 1, 0.985, 0.93])
    rows = [
        np.stack(
            [(outline * share - crack) * np.cos(turn), (outline * share - crack) * np.sin(turn), np.full(181, z)], -1
        )
        for z, share in zip(heights, rounded, strict=True)
    ]
    builder.sheet(np.stack(rows), materials.wood(tone, "Z", 0.6))
    top = np.stack([rows[-1] * (share, share, 1) for share in np.linspace(1, 0.004, 6)])
    builder.sheet(top, materials.wood(tuple(min(0.8, 1.2 * c) for c in tone), "X", 0.5))
    builder.sheet(np.stack([rows[0] * (share, share, 1) for share in (0.004, 1)]), materials.wood(tone, "X"))
    folded(builder, rng, (0.01, 0, 0.45), (0.22, 0.17), [terry(look.second), terry(look.light)])
