"""What pieces measure when built: to compare with what they declare."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

import numpy as np

from realstaging_render import pieces
from realstaging_render.pieces.soundness import RAYS, faults

ON_TOP = 0.015
"""Metres: what is carried no lower below the piece's highest point stands on its top."""


def measure(name: str, style: str, seed: int = 1, rays: int = RAYS) -> dict[str, Any]:
    """Lower and upper corner (metres, without what stands on it), number of faces, seconds to build, faults of its mesh."""
    began = time.perf_counter()
    built = pieces.build(name, style, seed)
    seconds = time.perf_counter() - began
    corners, faces, carried = [], 0, []
    for part in built.all_objects:
        faces += len(part.data.polygons)
        points = np.empty(len(part.data.vertices) * 3, np.float32)
        part.data.vertices.foreach_get("co", points)
        turn = np.array(part.matrix_world)
        placed = points.reshape(-1, 3) @ turn[:3, :3].T + turn[:3, 3]
        if part["carried"]:
            carried.append(float(placed[:, 2].min()))
            continue
        corners += [placed.min(axis=0), placed.max(axis=0)]
    low, high = np.min(corners, axis=0), np.max(corners, axis=0)
    return {
        "name": name,
        "style": style,
        "faces": faces,
        "seconds": round(seconds, 3),
        "low": [round(float(v), 4) for v in low],
        "high": [round(float(v), 4) for v in high],
        "laden": any(bottom > high[2] - ON_TOP for bottom in carried),
        "faults": faults(list(built.all_objects), rays),
    }


def measure_all(names: Collection[str] = (), rays: int = RAYS) -> list[dict[str, Any]]:
    """Every piece once, or those named, each in another of its styles."""
    return [
        measure(piece["name"], piece["styles"][number % len(piece["styles"])], rays=rays)
        for number, piece in enumerate(pieces.catalog())
        if not names or piece["name"] in names
    ]
