"""Towels, rolled and folded."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

Point = tuple[float, float, float]


def terry(colour: tuple[float, float, float]) -> Any:
    """Looped cotton."""
    return materials.fabric(colour, 220, 0.9)


def folded(builder: Builder, rng: random.Random, at: Point, size: tuple[float, float], colours: list[Any]) -> None:
    """A stack of folded towels on ``at``, each ``size`` (width, depth) metres, one per colour."""
    with builder.carried():
        z = at[2]
        for cloth in colours:
            turn = rng.uniform(-3, 3)
            for layer in range(2):
                builder.cushion(
                    (size[0], size[1] - 0.004 * layer, 0.04),
                    (at[0], at[1], z + 0.024 * layer),
                    cloth,
                    plump=0.2,
                    tilt=(0, 0, turn),
                    rng=rng,
                    cells=18,
                )
            z += 0.056


def rolled(builder: Builder, look: Look, rng: random.Random, foot: Point, top: Point, radius: float) -> None:
    """A rolled towel from ``foot`` to ``top``: a spiral of cloth."""
    with builder.carried():
        turns, rows = np.linspace(0, 2 * np.pi * 3.2, 110), np.linspace(0, 1, 9)
        a, b = np.array(foot), np.array(top)
        way = (b - a) / np.linalg.norm(b - a)
        side = np.cross(way, (0, 1, 0))
        side /= np.linalg.norm(side)
        other = np.cross(way, side)
        reach = radius * (0.25 + 0.75 * turns / turns[-1])
        plump = 1 - 0.1 * np.abs(2 * rows - 1) ** 6
        ring = np.cos(turns)[:, None] * side + np.sin(turns)[:, None] * other
        points = [a + (b - a) * share + ring * (reach * full)[:, None] for share, full in zip(rows, plump, strict=True)]
        builder.sheet(np.stack(points, axis=1), terry(rng.choice([look.light, look.light, look.second])), thin=True)


def folded_flat(
    builder: Builder, rng: random.Random, at: Point, size: tuple[float, float], cloth: Any, thick: float = 0.0125
) -> float:
    """One towel folded in four, its fold to the front (-Y), ``size`` (width, depth) metres; gives the height of its top."""
    gap, path = 0.0015, []
    wide, deep = size
    z, turn = at[2], np.linspace(0, np.pi, 9)[1:-1]
    outer = thick + gap / 2
    front, back = -deep / 2 + outer, deep / 2 - outer
    heights = [z, z + thick + gap]
    heights += [heights[1] + thick + 2 * gap, heights[1] + 2 * thick + 3 * gap]
    # Two lengths of cloth, one folded round the other: from the lower back edge to the front, and back above it.
    for low, high, reach in ((heights[0], heights[3], back), (heights[1], heights[2], back - 0.012)):
        radius = (high - low) / 2
        path = [(reach, low), (front + radius * 0.2, low)]
        path += [(front - radius * np.sin(a) * 0.9, low + radius * (1 - np.cos(a))) for a in turn]
        path += [(front + radius * 0.2, high), (reach - rng.uniform(0.0, 0.006), high)]
        _layer(builder, rng, np.array(path), at, wide, thick, cloth)
    return heights[3] + thick + 0.001


def _layer(
    builder: Builder, rng: random.Random, path: np.ndarray, at: Point, wide: float, thick: float, cloth: Any
) -> None:
    """Cloth along ``path`` (depth, height), soft at its edges; its middle lies ``thick`` / 2 above the path's heights."""
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    even = np.linspace(0, along[-1], 130)
    line = np.column_stack([np.interp(even, along, path[:, axis]) for axis in (0, 1)])
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    normal = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    u = np.linspace(-1, 1, 19)
    phase = rng.uniform(0, 6)
    sides = []
    for face in (1, -1):
        edge = np.sqrt(np.clip(1 - np.abs(u) ** 14, 0, 1))
        ends = np.sqrt(np.clip(1 - (np.abs(even / along[-1] * 2 - 1)) ** 60, 0, 1))
        half = thick / 2 * edge[None] * ends[:, None] * (1 + 0.06 * np.sin(9 * u[None] + 20 * even[:, None] + phase))
        spots = line[:, None] + face * normal[:, None] * half[..., None]
        x = np.broadcast_to(at[0] + wide / 2 * u, half.shape)
        sides.append(np.stack([x, at[1] + spots[..., 0], spots[..., 1] + thick / 2], axis=-1))
    builder.cloth(sides[0], sides[1], cloth)


def hung(
    builder: Builder,
    rng: random.Random,
    bar: tuple[float, float, float],
    wide: float,
    drops: tuple[float, float],
    cloth: Any,
    band: Any = None,
    lean: float = 0.0,
) -> None:
    """A towel over a level bar: ``bar`` is the middle of the bar's top (x, y, z), ``drops`` how far it hangs before (-Y) and
    behind; ``band`` is woven near its hems; ``lean`` metres by which what hangs before is pushed back per metre.
    """
    thick, radius = 0.009, 0.02
    turn = np.linspace(0, np.pi, 11)
    front = [(-radius + lean * d, -d) for d in np.linspace(drops[0], 0.012, 26)]
    over = [(-radius * np.cos(a), radius * np.sin(a) * 0.8) for a in turn]
    behind = [(radius + lean * d, -d) for d in np.linspace(0.012, drops[1], 22)]
    line = np.array([*front, *over, *behind])
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    normal = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    u = np.linspace(-1, 1, 41)
    hangs = np.clip(-line[:, 1] / 0.5, 0, 1)[:, None]
    waves = 0.011 * np.sin(u * 4.2 + rng.uniform(0, 6)) + 0.006 * np.sin(u * 9 + rng.uniform(0, 6))
    side = np.sign(line[:, 0])[:, None]
    push = side * hangs * (np.abs(waves)[None] * 1.2)
    x = bar[0] + wide / 2 * u[None] * (1 - 0.05 * hangs**0.5)
    faces = []
    for face in (1, -1):
        soft = np.sqrt(np.clip(1 - np.abs(u) ** 20, 0, 1))[None]
        spots = line[:, None] + face * normal[:, None] * (thick / 2 * soft)[..., None]
        z = bar[2] + spots[..., 1] + thick / 2 + 0.004 * hangs * np.sin(3 * u)[None]
        faces.append(np.stack([np.broadcast_to(x, z.shape), bar[1] + spots[..., 0] + push, z], axis=-1))
    builder.cloth(faces[0], faces[1], cloth)
    if band is not None:
        rows = slice(3, 6)
        out = np.array([0.0, -0.0012, 0.0])
        builder.sheet(np.minimum(faces[0], faces[1])[rows] * (1, 1, 1) + out, band)
