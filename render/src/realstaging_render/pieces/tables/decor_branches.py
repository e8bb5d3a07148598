"""Eucalyptus in a jar."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.ornaments import branches
from realstaging_render.shapes import Builder

STYLES = (
    "farmhouse",
    "contemporary",
    "coastal",
    "mid_century",
    "industrial",
    "bohemian",
    "scandinavian",
    "traditional",
)
PIECE = Piece(
    "decor_branches",
    "decor",
    "Branches in a jar",
    0.24,
    0.22,
    0.47,
    ("living_room", "bedroom", "dining_room", "office", "entryway"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    branches(builder, look, rng)
