"""Rooms whose truth is known: what they are made of, drawn at random, and the same room with one thing of the house changed.

World as in the engine: metres, X right, Y into the room, Z up. A room is a box, some with a chimney breast, whose walls carry
rectangles (windows with views, doors, fixtures). Same seed, same room. ``drawing`` makes pictures of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from realstaging.synthetic.staged.furniture import Colour, Solid, box, furnish

SIZES: Final = ((768, 512), (768, 576), (576, 768), (800, 450))
"""Width and height in pixels: the shapes that cameras, phones and portals have."""
PAINTS: Final = ((1.0, 1.0, 1.0), (1.0, 0.97, 0.9), (0.93, 0.97, 1.0), (1.0, 0.92, 0.82), (0.9, 0.96, 0.88))
FLOORS: Final[tuple[tuple[Colour, str], ...]] = (
    ((0.45, 0.30, 0.18), "boards"),
    ((0.62, 0.50, 0.36), "boards"),
    ((0.28, 0.20, 0.15), "boards"),
    ((0.62, 0.60, 0.57), "tiles"),
    ((0.40, 0.39, 0.38), "tiles"),
    ((0.58, 0.55, 0.50), "carpet"),
)


@dataclass(frozen=True)
class Patch:
    """A rectangle on a wall: ``wall`` 0 left, 1 back, 2 right; ``u`` along it and ``z`` up, metres from its near or left foot."""

    kind: str
    wall: int
    u: float
    z: float
    wide: float
    tall: float
    seed: int


@dataclass(frozen=True)
class Lens:
    """``focal`` in widths of the picture, angles in radians, ``barrel`` as the radial term at the unit of half a width."""

    focal: float
    yaw: float
    pitch: float
    barrel: float
    eye: tuple[float, float]


@dataclass(frozen=True)
class Light:
    """``windows``: how much falls in by the windows, ``base`` all over, ``cast`` its colour, ``vignette`` loss in the corners."""

    base: float
    windows: float
    cast: Colour
    vignette: float
    sun: bool


@dataclass(frozen=True)
class Room:
    seed: int
    size: tuple[int, int]
    width: float
    depth: float
    height: float
    lens: Lens
    light: Light
    walls: tuple[Colour, Colour, Colour]
    ceiling: Colour
    floor: Colour
    floor_kind: str
    skirting: float
    """Height, 0 for none."""
    patches: tuple[Patch, ...]
    breast: Solid | None
    furniture: tuple[Solid, ...]


def room(seed: int) -> Room:
    """An ordinary room, furnished: one to four windows, a door, fixtures, any light and lens of listing photos."""
    rng = np.random.default_rng(seed)
    width, depth, height = (float(rng.uniform(*span)) for span in ((3.4, 6.2), (3.8, 6.8), (2.4, 3.1)))
    shade, paint = float(rng.uniform(0.6, 0.93)), PAINTS[int(rng.choice(5, p=(0.45, 0.2, 0.15, 0.1, 0.1)))]
    wall = (shade * paint[0], shade * paint[1], shade * paint[2])
    accent = wall if rng.random() < 0.75 else _colour(rng)
    floor, kind = FLOORS[int(rng.integers(len(FLOORS)))]
    patches = _patches(rng, width, depth, height)
    breast = box(float(rng.uniform(-0.1, 0.1)) * width, depth - 0.2, 1.3, 0.4, 0.0, height, wall, 77)
    return Room(
        seed=seed,
        size=SIZES[int(rng.choice(4, p=(0.5, 0.2, 0.15, 0.15)))],
        width=width,
        depth=depth,
        height=height,
        lens=_lens(rng),
        light=_light(rng),
        walls=(wall, accent, wall),
        ceiling=(0.9, 0.9, 0.89),
        floor=floor,
        floor_kind=kind,
        skirting=float(rng.uniform(0.08, 0.15)),
        patches=patches,
        breast=breast if _between(patches) and rng.random() < 0.3 else None,
        furniture=furnish(seed, width, depth, height),
    )


def _lens(rng: np.random.Generator) -> Lens:
    return Lens(
        focal=float(rng.uniform(0.45, 0.72)),
        yaw=float(rng.uniform(-0.45, 0.45)),
        pitch=float(rng.normal(0, 0.04)) if rng.random() < 0.4 else 0.0,
        barrel=float(rng.uniform(-0.03, 0.01)),
        eye=(float(rng.uniform(-0.7, 0.7)), float(rng.uniform(1.1, 1.65))),
    )


def _light(rng: np.random.Generator) -> Light:
    warm = float(rng.normal(0, 0.05))
    return Light(
        base=float(rng.uniform(0.4, 0.75)),
        windows=float(rng.uniform(0.2, 0.8)),
        cast=(1 + warm, 1.0, 1 - warm),
        vignette=float(rng.uniform(0, 0.25)),
        sun=bool(rng.random() < 0.3),
    )


def _patches(rng: np.random.Generator, width: float, depth: float, height: float) -> tuple[Patch, ...]:
    """Back wall: one or two windows, radiator, vent, sconce. Sides: a door on one, often a window on the other."""

    def patch(kind: str, wall: int, u: float, z: float, wide: float, tall: float) -> Patch:
        return Patch(kind, wall, u, z, wide, tall, int(rng.integers(1_000_000)))

    top = min(height - 0.2, float(rng.uniform(2.0, 2.35)))
    sill = float(rng.choice([0.05, 0.5, 0.85, 0.95]))
    left, right = float(rng.uniform(0.20, 0.29)), float(rng.uniform(0.18, 0.27))
    result = [patch("window", 1, width * 0.08, sill, width * left, top - sill)]
    if rng.random() < 0.6:
        result.append(patch("window", 1, width * 0.65, sill, width * right, top - sill))
    door_wall = 2 * int(rng.integers(2))
    door = depth * float(rng.uniform(0.55, 0.72))
    result.append(patch("door", door_wall, door, 0.0, 0.85, 2.03))
    result.append(patch("switch", door_wall, door - 0.25, 1.05, 0.09, 0.09))
    if rng.random() < 0.6:
        result.append(patch("window", 2 - door_wall, depth * 0.6, 0.85, depth * 0.22, top - 0.85))
    if sill > 0.4:
        result.append(patch("radiator", 1, width * 0.10, 0.12, width * 0.2, min(0.55, sill - 0.2)))
    result.append(patch("vent", 1, width * 0.40, height - 0.42, width * 0.1, 0.2))
    result.append(patch("sconce", 1, width * 0.42, 1.6, 0.14, 0.35))
    return tuple(result)


def _between(patches: tuple[Patch, ...]) -> bool:
    """Whether the middle of the back wall is free of windows."""
    return sum(patch.kind == "window" and patch.wall == 1 for patch in patches) == 1


def _colour(rng: np.random.Generator) -> Colour:
    a, b, c = rng.uniform(0.35, 0.8, 3)
    return float(a), float(b), float(c)


def has(scene: Room, kind: str) -> bool:
    return any(patch.kind == kind for patch in scene.patches)


def without(scene: Room, kind: str, which: int = 0) -> Room:
    """The room with one rectangle of that kind gone."""
    chosen = [patch for patch in scene.patches if patch.kind == kind][which]
    return replace(scene, patches=tuple(patch for patch in scene.patches if patch is not chosen))


def changed(scene: Room, kind: str, which: int = 0, **values: Any) -> Room:
    """The room with one rectangle of that kind given other values."""
    chosen = [patch for patch in scene.patches if patch.kind == kind][which]
    return replace(scene, patches=tuple(replace(p, **values) if p is chosen else p for p in scene.patches))
