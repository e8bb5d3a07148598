"""What surfaces look like, in linear light."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from realstaging.synthetic.staged.furniture import Solid
from realstaging.synthetic.staged.rooms import Patch, Room

Array = NDArray[np.float32]


def grain(u: Array, v: Array, seed: int) -> Array:
    """Smooth irregularity in about ±1, by a sum of incommensurate waves."""
    rng = np.random.default_rng(seed)
    total = np.zeros_like(u)
    for _ in range(4):
        a, b, phase = (np.float32(value) for value in (rng.uniform(2, 26), rng.uniform(2, 26), rng.uniform(0, 6.28)))
        total += np.sin(a * u + b * v + phase)
    return np.asarray(total / 2.7, dtype=np.float32)


def boards(scene: Room, points: Array) -> Array:
    """Boards or tiles with joints, each of a tone of its own; carpet is nearly even."""
    x, y = points[..., 0], points[..., 1]
    if scene.floor_kind == "carpet":
        return 0.05 * grain(x * 9, y * 9, 5)
    size = 0.14 if scene.floor_kind == "boards" else 0.6
    long = 8 * size if scene.floor_kind == "boards" else size
    row = np.floor(x / size)
    along = y / long + (0.37 * row if scene.floor_kind == "boards" else 0)
    column = np.floor(along)
    tone = np.sin(row * 127.1 + column * 311.7) * 43758.5453
    tone = (tone - np.floor(tone) - 0.5) * (0.35 if scene.floor_kind == "boards" else 0.08)
    joint = (x / size - row < 0.004 / size) | ((along - column) * long < 0.004)
    return np.asarray(tone - 0.4 * joint + 0.05 * grain(x * 3, y, 5), dtype=np.float32)


def solid_texture(piece: Solid, points: Array) -> Array:
    """Factor on the piece's colour at points on it, (n, 1)."""
    x, y, z = points[:, 0], points[:, 1], points[:, 2]
    if piece.look == "weave":
        factor = 1 + 0.06 * grain(x * 14 + y * 9, z * 14, piece.seed) + 0.06 * grain(x, z, piece.seed + 1)
    elif piece.look == "folds":
        factor = 0.85 + 0.2 * np.sin(x * 70 + 0.5 * np.sin(z * 2))
    elif piece.look == "wood":
        factor = 1 + 0.1 * grain(x * 2 + y * 2, z * 9, piece.seed)
    elif piece.look == "print":
        factor = 0.85 + 0.35 * (np.sin(x * 18 + y * 3) * np.sin(y * 18 + z * 15) > 0.2)
    else:
        factor = np.ones_like(x)
    return np.asarray(factor, dtype=np.float32)[:, None]


def patch_colours(patch: Patch, u: Array, v: Array) -> Array:
    """What is on the rectangle at ``u, v`` in 0–1."""
    border = np.minimum(np.minimum(u, 1 - u) * patch.wide, np.minimum(v, 1 - v) * patch.tall)
    if patch.kind == "window":
        return _window(patch, u, v, border)
    if patch.kind == "door":
        return _door(patch, u, v, border)
    if patch.kind == "radiator":
        return _greys(0.72 + 0.22 * np.sin(u * patch.wide * 62))
    if patch.kind == "vent":
        return _greys(np.where(border < 0.02, 0.8, 0.45 + 0.3 * np.sign(np.sin(v * 38))))
    if patch.kind == "switch":
        return _greys(np.where(border < 0.012, 0.5, 0.9))
    return np.where((v < 0.3)[:, None], (0.15, 0.12, 0.08), (1.0, 0.85, 0.55)).astype(np.float32)


def _greys(values: NDArray[Any]) -> Array:
    return np.repeat(values[:, None], 3, axis=1).astype(np.float32)


def _window(patch: Patch, u: Array, v: Array, border: Array) -> Array:
    result = _view(patch.seed, u, v)
    bars = (border < 0.06) | (np.abs(u - 0.5) * patch.wide < 0.025)
    if patch.seed % 3:
        bars |= np.abs(v - 0.5) * patch.tall < 0.02
    result[bars] = 0.05 if patch.seed % 7 == 0 else 0.75
    result[np.abs(border - 0.06) < 0.008] = 0.3
    return result


def _view(seed: int, u: Array, v: Array) -> Array:
    """Sky over trees or houses, from dim to burnt out."""
    rng = np.random.default_rng(seed)
    skyline = rng.uniform(0.2, 0.6) + 0.08 * grain(u, u * 0, seed % 997)
    sky = np.array([0.7, 0.85, 1.0], np.float32) * rng.uniform(0.6, 1.2)
    ground = rng.uniform(0.05, 0.35, 3).astype(np.float32)
    detail = 1 + 0.6 * grain(3 * u, 3 * v, seed % 991)
    return np.where((v > skyline)[:, None], sky + 0.1 * v[:, None], ground * detail[:, None]).astype(np.float32)


def _door(patch: Patch, u: Array, v: Array, border: Array) -> Array:
    result = np.empty((len(u), 3), np.float32)
    result[:] = (0.32, 0.2, 0.12) if patch.seed % 3 == 0 else (0.7, 0.68, 0.64)
    panel = (np.abs(np.abs(u - 0.5) - 0.3) < 0.02) & (np.abs(v - 0.5) < 0.42)
    panel |= (np.abs(np.abs(np.abs(v - 0.5) - 0.22) - 0.2) < 0.008) & (np.abs(u - 0.5) < 0.3)
    result[panel] *= 0.55
    result[border < 0.06] = 0.8
    result[np.abs(border - 0.06) < 0.01] = 0.2
    result[(np.abs(u - 0.9) < 0.03) & (np.abs(v - 0.5) < 0.03)] = 0.5
    return result
