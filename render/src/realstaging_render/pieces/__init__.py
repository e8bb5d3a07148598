"""The furniture: one small file per piece, found by itself.

A piece file has ``PIECE`` (its declaration) and ``build(builder, look, rng)`` (its making). Origin: centre of the footprint
on the floor; the piece faces -Y, its back towards +Y; lowest point at z = 0. What hangs on a wall has its back at
y = +depth/2; what hangs from the ceiling has its top at z = 0.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
from functools import cache
from typing import Any

import bpy

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import look_of
from realstaging_render.shapes import Builder


@cache
def _modules() -> dict[str, Any]:
    found = {}
    for info in pkgutil.walk_packages(__path__, f"{__name__}."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        if isinstance(getattr(module, "PIECE", None), Piece):
            found[module.PIECE.name] = module
    return found


def catalog() -> list[dict[str, Any]]:
    """Every piece's declaration, sorted by name."""
    return [module.PIECE.as_dict() for _, module in sorted(_modules().items())]


def build(name: str, style: str, seed: int) -> bpy.types.Collection:
    """The piece with its materials. Raises KeyError for a piece or style that does not exist."""
    module = _modules()[name]
    rng = random.Random(f"{name}:{style}:{seed}")
    builder = Builder(f"{name} {style} {seed}")
    module.build(builder, look_of(style, rng), rng)
    return builder.collection
