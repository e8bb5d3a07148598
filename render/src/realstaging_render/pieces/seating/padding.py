"""Stuffing and sewing: padded blocks, backs that come round the sides, buttons, welts, channels, skirts."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from mathutils import Euler

from realstaging_render.pieces.bending import tube
from realstaging_render.shapes import Builder, Point


def pad(
    builder: Builder,
    size: Point,
    at: Point,
    material: Any,
    *,
    corner: float = 0.05,
    front: float | None = None,
    edge: float = 0.035,
    crown: float = 0.015,
    bulge: float = 0.004,
    tilt: Point = (0, 0, 0),
    welt: Any = None,
    rng: random.Random | None = None,
) -> None:
    """A stuffed block. ``corner`` is its radius seen from above (``front`` that of its front corners), ``edge`` that of its rims, ``crown`` how far its faces rise,
    ``bulge`` its sides; with ``welt`` piping is sewn along both rims. ``at`` is the middle of its underside, ``tilt`` in
    degrees about its middle.
    """
    wide, deep, tall = size
    crown = min(crown, tall / 4)
    edge = min(edge, tall / 2 - crown - 0.002)
    most = min(wide, deep) / 2
    outline = _rounded(wide / 2, deep / 2, min(corner, most), min(corner if front is None else front, most))
    turn = np.linspace(0, math.pi / 2, 6)
    rise = [(edge * (1 - math.sin(a)), tall / 2 - edge * (1 - math.cos(a)), 0.0) for a in turn]
    # Rows from the middle of the top to the rim: how far drawn in, the height, how near the middle.
    top = [(0.0, tall / 2, s) for s in (1.0, 0.8, 0.55, 0.3, 0.12)]
    rows = []
    phase = [(rng or random.Random(0)).uniform(0, 6) for _ in range(4)]
    for inset, height, share in top + rise:
        ring = outline * (1 - inset / np.array([wide, deep]) * 2)
        if share:
            ring = ring * (1 - edge * 2 / np.array([wide, deep])) * (1 - share)
        domed = np.clip(1 - np.abs(ring / (wide / 2 - edge, deep / 2 - edge)) ** 3, 0, 1).prod(axis=1) if share else 0.0
        rows.append((ring, height - crown + crown * domed))
    sides = [(outline, z) for z in np.linspace(1, -1, 5)[1:-1] * (tall / 2 - crown - edge)]
    rows += sides + [(ring, -height) for ring, height in rows[::-1]]
    points = np.stack([np.column_stack([ring, np.broadcast_to(height, len(ring))]) for ring, height in rows])
    out = 1 + bulge / max(wide, deep) * 2 * np.cos(np.clip(points[..., 2] / tall * 2, -1, 1) * math.pi / 2)
    points[..., :2] *= out[..., None]
    wave = np.sin(points[..., 0] * 9 + phase[0]) * np.sin(points[..., 1] * 8 + phase[1])
    inside = np.clip(1 - np.abs(points[..., :2] / (wide / 2, deep / 2)) ** 3, 0, 1).prod(axis=-1)
    points[..., 2] += crown * 0.3 * wave * inside * np.sign(points[..., 2])
    turned = np.array(Euler(np.radians(tilt)).to_matrix())
    middle = np.array([at[0], at[1], at[2] + tall / 2])
    builder.sheet(points @ turned.T + middle, material)
    if welt is not None:
        for sign in (-1, 1):
            height = sign * (tall / 2 - crown - edge * 0.3)
            ring = outline * (1 - edge * 0.2 / np.array([wide, deep]) * 2)
            line = np.column_stack([ring, np.full(len(ring), height)])
            tube(builder, line @ turned.T + middle, 0.0045, welt, sides=6, steps=1)


def _rounded(x: float, y: float, back: float, front: float) -> np.ndarray:
    """A closed rectangle with round corners of two radii, counter-clockwise, (n, 2)."""
    arcs = []
    for number, (side, end) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        radius = back if end == 1 else front
        turn = np.linspace(number, number + 1, 9) * math.pi / 2
        arcs.append(
            np.array([side * (x - radius), end * (y - radius)]) + radius * np.column_stack([np.cos(turn), np.sin(turn)])
        )
    parts = []
    for arc, after in zip(arcs, [*arcs[1:], arcs[0]], strict=True):
        parts += [arc, arc[-1] + (after[0] - arc[-1]) * np.linspace(0, 1, 9)[1:-1, None]]
    return np.vstack([*parts, arcs[0][:1]])


def round_three_sides(width: float, depth: float, radius: float, step: float = 0.016) -> np.ndarray:
    """The line from the front of the left arm round the back to the front of the right one, points ``step`` apart, (n, 2)."""
    x, y = width / 2, depth / 2
    radius = min(radius, x - 1e-3, depth - 1e-3)
    turn = np.linspace(0, math.pi / 2, 40)
    left = np.column_stack([-x + radius - radius * np.cos(turn), y - radius + radius * np.sin(turn)])
    right = np.column_stack([-left[::-1, 0], left[::-1, 1]])
    line = np.vstack([[(-x, -y)], left, right, [(x, -y)]])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    even = np.linspace(0, along[-1], round(along[-1] / step))
    return np.column_stack([np.interp(even, along, line[:, axis]) for axis in (0, 1)])


def surround(
    builder: Builder,
    line: np.ndarray,
    profile: Callable[[float], Sequence[tuple[float, float]]],
    material: Any,
    dent: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
    soft: float = 0.02,
    points: int = 72,
) -> None:
    """Padding along ``line`` (seen from above, its outside to the left): ``profile(share)`` is its section as (outwards,
    height), from the foot of its inside over the top to the foot of its outside; share 0 is the middle, 1 the ends.
    ``dent(along, up)`` draws the cloth in, metres, at metres along the line and up the section. Ends are ``soft`` rounded.
    """
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    outwards = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    rows = []
    for spot, out, metres in zip(line, outwards, along, strict=True):
        share = abs(2 * metres / along[-1] - 1)
        section, up = _even(_closed(np.asarray(profile(share), float)), points)
        if dent is not None:
            section = section - _left_of(section) * np.asarray(dent(np.full(points, metres), up))[..., None]
        near = min(metres, along[-1] - metres)
        if near < soft:
            section = _drawn(section, _heart(section), soft * (1 - math.sqrt(1 - (1 - near / soft) ** 2)))
        rows.append(_placed(spot, out, section))
        if metres in (0.0, along[-1]):
            # A part of its own: a face that shares points with what is round is shaded as if it were round, too.
            end = np.stack([rows[-1], _placed(spot, out, (section + section[::-1]) / 2)])
            builder.sheet(end, material, thin=True)
    builder.sheet(np.stack(rows), material)


def _closed(section: np.ndarray) -> np.ndarray:
    """A section closed below, where its profile is not: seen from the front, what is open shows its inside."""
    inner, outer = section[0], section[-1]
    if np.linalg.norm(outer - inner) < 1e-3:
        return section
    foot = np.array([[(inner[0] + outer[0]) / 2, min(inner[1], outer[1])]])
    return np.vstack([foot, section, foot])


def _heart(section: np.ndarray) -> np.ndarray:
    """What a section is drawn towards: the middle between its inside and its outside, up to half its thickness below its top."""
    middle = (section + section[::-1]) / 2
    count, half = len(section), len(section) // 2
    thick = float(np.median(np.linalg.norm(section - section[::-1], axis=1)))
    step = float(np.linalg.norm(np.diff(section, axis=0), axis=1).mean())
    last = max(0, half - 1 - round(0.75 * thick / max(step, 1e-6)))
    middle[last : count - last] = middle[last]
    return middle


def _drawn(section: np.ndarray, heart: np.ndarray, by: float) -> np.ndarray:
    """A section drawn in by ``by`` metres, never past its heart: else its sides would change places and show holes."""
    away = section - heart
    far = np.linalg.norm(away, axis=1, keepdims=True)
    return np.asarray(heart + away * np.clip(1 - by / np.maximum(far, 1e-9), 0.06, 1.0))


def _placed(spot: np.ndarray, out: np.ndarray, section: np.ndarray) -> np.ndarray:
    return np.column_stack([spot + section[:, :1] * out, section[:, 1]])


def _even(section: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(section, axis=0).T))])
    even = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(even, along, section[:, axis]) for axis in (0, 1)]), even


def _left_of(section: np.ndarray) -> np.ndarray:
    ahead = np.gradient(section, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    return np.column_stack([-ahead[:, 1], ahead[:, 0]])


def buttoned(
    pitch: float, low: float, high: float, deep: float = 0.022
) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Deep buttoning in lozenges ``pitch`` wide, between ``low`` and ``high`` metres up the section."""

    def dent(along: np.ndarray, up: np.ndarray) -> np.ndarray:
        u, v = along / pitch, (up - low) / (pitch * 1.1)
        folds = np.abs(np.sin(math.pi * (u + v)) * np.sin(math.pi * (u - v))) ** 0.42
        fade = np.clip((up - low) / 0.04, 0, 1) * np.clip((high - up) / 0.04, 0, 1)
        return np.asarray(deep * (1 - folds) * fade)

    return dent


def channelled(
    pitch: float, low: float, high: float, deep: float = 0.016
) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Upright rolls ``pitch`` wide, between ``low`` and ``high`` metres up the section."""

    def dent(along: np.ndarray, up: np.ndarray) -> np.ndarray:
        fade = np.clip((up - low) / 0.03, 0, 1) * np.clip((high - up) / 0.05, 0, 1)
        return np.asarray(deep * (1 - np.abs(np.sin(math.pi * along / pitch)) ** 0.6) * fade)

    return dent
