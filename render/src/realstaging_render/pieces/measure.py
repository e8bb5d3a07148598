"""What pieces measure when built: to compare with what they declare."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

import numpy as np

from realstaging_render import pieces


def measure(name: str, style: str, seed: int = 1) -> dict[str, Any]:
    """Lower and upper corner (metres, without what stands on it), number of faces, seconds to build."""
    began = time.perf_counter()
    built = pieces.build(name, style, seed)
    seconds = time.perf_counter() - began
    corners, faces = [], 0
    for part in built.all_objects:
        faces += len(part.data.polygons)
        if part["carried"]:
            continue
        points = np.empty(len(part.data.vertices) * 3, np.float32)
        part.data.vertices.foreach_get("co", points)
        turn = np.array(part.matrix_world)
        placed = points.reshape(-1, 3) @ turn[:3, :3].T + turn[:3, 3]
        corners += [placed.min(axis=0), placed.max(axis=0)]
    low, high = np.min(corners, axis=0), np.max(corners, axis=0)
    return {
        "name": name,
        "style": style,
        "faces": faces,
        "seconds": round(seconds, 3),
        "low": [round(float(v), 4) for v in low],
        "high": [round(float(v), 4) for v in high],
    }


def measure_all(names: Collection[str] = ()) -> list[dict[str, Any]]:
    """Every piece once, or those named, each in another of its styles."""
    return [
        measure(piece["name"], piece["styles"][number % len(piece["styles"])])
        for number, piece in enumerate(pieces.catalog())
        if not names or piece["name"] in names
    ]
