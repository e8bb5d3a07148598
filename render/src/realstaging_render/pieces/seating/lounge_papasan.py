"""A papasan: a deep round tufted cushion in a bowl of rattan, tipped back on its stand."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece(
    "lounge_papasan", "accent_chair", "Papasan", 1.02, 0.945, 0.81, ("living_room", "bedroom"), STYLES, seats=1
)
TIP = math.radians(24)
RADIUS = 0.5


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pole = materials.wood(CANE, "Z", 0.45)
    turn = np.linspace(0, 2 * math.pi, 49)
    for share in (1.0, 0.86, 0.66, 0.42):
        circle = np.column_stack([share * np.cos(turn), share * np.sin(turn), _bowl(share) + 0 * turn])
        tube(builder, _tipped(circle), 0.017 if share == 1.0 else 0.009, pole, sides=8, steps=1)
    for angle in turn[:-1:2]:
        ray = np.array([(s * math.cos(angle), s * math.sin(angle), _bowl(s)) for s in (0.3, 0.5, 0.7, 0.86, 1.0)])
        tube(builder, _tipped(ray), 0.007, pole, sides=6, steps=2)
    stand = [(0.31, 0.012), (0.22, 0.12), (0.185, 0.2), (0.22, 0.27), (0.27, 0.31)]
    for angle in turn[:-1:4]:
        tube(builder, [(r * math.cos(angle), r * math.sin(angle) + 0.072, z) for r, z in stand], 0.011, pole, sides=8)
    for r, z in (stand[0], stand[2], stand[4]):
        ring = np.column_stack([r * np.cos(turn), r * np.sin(turn) + 0.072, z + 0 * turn])
        tube(builder, ring, 0.012, pole, sides=8, steps=1)
    _cushion(builder, materials.fabric(rng.choice([look.light, look.second]), 500, 0.4))


def _bowl(share: np.ndarray | float) -> np.ndarray | float:
    """The bowl's height over its bottom, in its radius, at a share of its radius."""
    return 0.5 * np.asarray(share) ** 2.4


def _tipped(points: np.ndarray) -> np.ndarray:
    """From the bowl's own measure into the room."""
    x, y, z = (points * RADIUS).T
    return np.column_stack(
        [x, y * math.cos(TIP) - z * math.sin(TIP) + 0.102, y * math.sin(TIP) + z * math.cos(TIP) + 0.36]
    )


def _cushion(builder: Builder, cloth: Any) -> None:
    """Round, buttoned in a flower, hanging a little over the rim."""
    share, turn = np.meshgrid(np.linspace(0.002, 1, 40), np.linspace(0, 2 * math.pi, 121), indexing="ij")
    petals = np.abs(np.cos(4 * turn)) ** 0.5
    outer = (
        1 - 0.3 * np.exp(-(((share - 0.62) / 0.1) ** 2)) - 0.6 * (1 - petals) * np.clip((share - 0.2) / 0.3, 0, 1) * 0.6
    )
    thick = 0.3 * (1 - share**5) ** 0.6 * outer * (0.75 + 0.25 * np.clip(share / 0.2, 0, 1))
    below = 0.035 + np.asarray(_bowl(share)) * 0.92
    faces = []
    for height in (below + thick, below):
        points = np.stack([share * np.cos(turn) * 0.97, share * np.sin(turn) * 0.97, height], axis=-1)
        faces.append(_tipped(points.reshape(-1, 3)).reshape(points.shape))
    builder.sheet(np.concatenate([faces[0], faces[1][::-1]]), cloth)
