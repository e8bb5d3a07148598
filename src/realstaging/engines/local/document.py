"""The plan of a picture as a document: what stands where, what it is, and the room around it.

`plan_room` takes the whole document back, edited or not; of it, only the plan itself is read again.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from realstaging.engines.brief import Corrections
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import Plan
from realstaging.engines.local.room.reading import Box, Floats, Opening, RoomReading
from realstaging.engines.local.scene import SceneBox, SceneCamera


def document(plan: Plan, reading: RoomReading, corrections: Corrections | None) -> dict[str, Any]:
    """Plain values. Metres and axes are those of ``Plan``; ``corrections`` belong to whoever renders the plan again.

    ``room``: its box, its openings, the ``camera`` (see ``SceneCamera``), and the floor the photo shows, ``seen`` in metres
    (N, 2) and as its ``outline`` in shares of the picture (N, 2). ``furniture``: for each piece by name its label, its mount and its size in metres.
    """
    used = {placed.piece for placed in plan.pieces}
    return {
        **plan.as_json(),
        "room": {
            **msgspec.to_builtins(SceneBox.of(reading.box)),
            "openings": [_from_above(reading.box, opening) for opening in reading.openings],
            "seen": _rounded(reading.floor_point(reading.floor_polygon)[:, :2]),
            "camera": msgspec.to_builtins(SceneCamera.of(reading.camera, reading.width, reading.height)),
            "outline": _rounded(np.clip((reading.floor_polygon + 0.5) / (reading.width, reading.height), 0, 1)),
        },
        "furniture": {
            piece.name: {
                "label": piece.label,
                "mount": piece.mount,
                "width": piece.width,
                "depth": piece.depth,
                "height": piece.height,
            }
            for piece in pieces()
            if piece.name in used
        },
        "corrections": msgspec.to_builtins(corrections),
    }


def _from_above(box: Box, opening: Opening) -> dict[str, Any]:
    """What it is, and where on the floor it begins and ends."""
    ends = box.wall_point(opening.wall, np.array([opening.t0, opening.t1]), np.zeros(2))
    first, last = _rounded(ends[:, :2])
    return {"kind": str(opening.kind), "from": first, "to": last}


def _rounded(points: Floats) -> list[list[float]]:
    """Points (N, 2) as plain values; those at the horizon, infinitely far, are left out."""
    finite = points[np.isfinite(points).all(axis=1)]
    return [[round(float(x), 4), round(float(y), 4)] for x, y in finite]
