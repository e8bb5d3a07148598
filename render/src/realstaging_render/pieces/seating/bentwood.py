"""Lounge seats: laminated bands, and upholstery or slings that follow a curve from the knee to the head."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from realstaging_render.pieces.bending import smooth
from realstaging_render.shapes import Builder

Side = tuple[float, float]
"""A point seen from the side: (depth, height)."""


def band(
    builder: Builder, x: float, path: Sequence[Side], wide: float, thick: float, material: Any, steps: int = 8
) -> None:
    """A flat strip of bent wood or steel along ``path`` in an upright plane at ``x``; its ends are cut square."""
    line, across = _with_normals(path, steps)
    soft = min(wide, thick) * 0.25
    half, flat = wide / 2, thick / 2
    ring = [(-half, -flat + soft), (-half, flat - soft), (-half + soft, flat), (half - soft, flat)]
    ring = [*ring, (half, flat - soft), (half, -flat + soft), (half - soft, -flat), (-half + soft, -flat)]
    ring = [*ring, ring[0]]
    rows = [
        np.array([(x + u, *(spot + normal * v)) for u, v in ring]) for spot, normal in zip(line, across, strict=True)
    ]
    ends = [np.broadcast_to(np.array([(x, *spot)]), (len(ring), 3)) for spot in (line[0], line[-1])]
    builder.sheet(np.stack([ends[0], *rows, ends[1]]), material)


def draped(
    builder: Builder,
    path: Sequence[Side],
    width: float,
    thick: float,
    material: Any,
    dent: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
    sag: float = 0.0,
    steps: int = 14,
) -> None:
    """A pad or sling ``width`` wide along ``path``, which is its underside seen from the front edge up to the head.
    ``dent(across, along)`` draws its face in, metres; ``sag`` lets its middle hang.
    """
    line, normals = _with_normals(path, steps)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    soft = min(thick / 2, 0.03)
    turn = np.linspace(0, math.pi / 2, 6)
    edge = [(width / 2 - soft + soft * math.sin(a), thick - soft + soft * math.cos(a)) for a in turn]
    face = [(float(u), thick) for u in np.linspace(soft - width / 2, width / 2 - soft, 41)]
    below = [(float(u), 0.0) for u in np.linspace(width / 2 - soft, soft - width / 2, 41)]
    under = [(width / 2, soft), *below, (-width / 2, soft)]
    ring = np.array([*face, *edge[1:], *under, *((-u, v) for u, v in edge[::-1]), face[0]])
    rows = []
    for spot, normal, metres in zip(line, normals, along, strict=True):
        near = min(metres, along[-1] - metres)
        thin = math.sqrt(max(0.0, 1 - (1 - min(1.0, near / soft)) ** 2)) if near < soft else 1.0
        lift = (ring[:, 1] - thick / 2) * thin + thick / 2
        if dent is not None:
            lift = lift - np.where(ring[:, 1] > thick - 1e-6, dent(ring[:, 0], np.full(len(ring), metres)), 0)
        lift = lift - sag * (1 - (2 * ring[:, 0] / width) ** 2)
        rows.append(np.column_stack([ring[:, 0], spot + normal * lift[:, None]]))
    builder.sheet(np.stack(rows), material)


def _with_normals(path: Sequence[Side], steps: int) -> tuple[np.ndarray, np.ndarray]:
    line = smooth(np.asarray(path, float), steps)
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    return line, np.column_stack([-ahead[:, 1], ahead[:, 0]])
