"""Rooms whose truth is known: a numpy ray-caster of furnished and empty rooms, with any one thing of the house changed.

World as in the engine: metres, X right, Y into the room, Z up. A room is a box with surfaces carrying rectangles (windows with
views, doors, fixtures, skirting); furniture is made of upright boxes and flat rugs. Same seed, same room.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Colour = tuple[float, float, float]
Array = NDArray[np.float32]

SIZE: Final = (768, 512)
LENS_BLUR: Final = 0.7


@dataclass(frozen=True)
class Patch:
    """A rectangle on a wall: ``wall`` 0 left, 1 back, 2 right; ``u`` along it and ``z`` up, both in metres from its near/left foot."""

    kind: str
    wall: int
    u: float
    z: float
    wide: float
    tall: float
    seed: int


@dataclass(frozen=True)
class Block:
    """An upright box, centre ``x, y``, from ``low`` to ``high``."""

    x: float
    y: float
    wide: float
    deep: float
    low: float
    high: float
    colour: Colour
    seed: int


@dataclass(frozen=True)
class Room:
    seed: int
    width: float
    depth: float
    height: float
    eye: tuple[float, float]
    focal: float
    yaw: float
    walls: tuple[Colour, Colour, Colour]
    ceiling: Colour
    floor: Colour
    floor_texture: int
    skirting: bool
    patches: tuple[Patch, ...]
    furniture: tuple[Block, ...]


def room(seed: int) -> Room:
    """An ordinary room, furnished; windows and doors on three walls, at least one fixture."""
    rng = np.random.default_rng(seed)
    width, depth, height = (float(rng.uniform(*span)) for span in ((3.6, 6.0), (4.0, 6.5), (2.4, 3.0)))
    shade = rng.uniform(0.62, 0.9)
    tint = np.array([shade, shade, shade]) + rng.normal(0, 0.025, 3)
    wall = (float(tint[0]), float(tint[1]), float(tint[2]))
    wood = int(rng.integers(3))
    floor = ((0.45, 0.30, 0.18), (0.62, 0.55, 0.45), (0.36, 0.34, 0.33))[wood]
    return Room(
        seed=seed,
        width=width,
        depth=depth,
        height=height,
        eye=(float(rng.uniform(-0.5, 0.5)), float(rng.uniform(1.2, 1.6))),
        focal=float(rng.uniform(0.5, 0.65)),
        yaw=float(rng.uniform(-0.35, 0.35)),
        walls=(wall, wall, wall),
        ceiling=(0.88, 0.88, 0.87),
        floor=floor,
        floor_texture=wood,
        skirting=True,
        patches=_patches(rng, width, depth, height),
        furniture=_furniture(rng, width, depth),
    )


def _patches(rng: np.random.Generator, width: float, depth: float, height: float) -> tuple[Patch, ...]:
    top = min(height - 0.25, 2.2)
    back = [
        Patch("window", 1, width * 0.12, 0.9, width * 0.24, top - 0.9, int(rng.integers(1_000_000))),
        Patch("window", 1, width * 0.58, 0.9, width * 0.26, top - 0.9, int(rng.integers(1_000_000))),
    ]
    door = Patch("door", 2 * int(rng.integers(2)), depth * 0.62, 0.0, 0.9, 2.05, int(rng.integers(1_000_000)))
    other = 2 if door.wall == 0 else 0
    side = Patch("window", other, depth * 0.6, 0.9, depth * 0.22, top - 0.9, int(rng.integers(1_000_000)))
    heater = Patch("radiator", 1, width * 0.60, 0.15, width * 0.2, 0.55, int(rng.integers(1_000_000)))
    switch = Patch("vent", 1, width * 0.42, height - 0.45, width * 0.1, 0.22, int(rng.integers(1_000_000)))
    lamp = Patch("sconce", 1, width * 0.45, 1.6, 0.14, 0.35, int(rng.integers(1_000_000)))
    return (*back, door, side, heater, switch, lamp)


def _furniture(rng: np.random.Generator, width: float, depth: float) -> tuple[Block, ...]:
    def colour() -> Colour:
        a, b, c = rng.uniform(0.12, 0.75, 3)
        return float(a), float(b), float(c)

    x = float(rng.uniform(-0.15, 0.15)) * width
    y = depth * float(rng.uniform(0.55, 0.65))
    sofa, wood = colour(), colour()
    blocks = [
        Block(x, y, 2.6, 1.9, 0.0, 0.015, colour(), 1),
        Block(x, y + 0.9, 1.9, 0.8, 0.08, 0.45, sofa, 2),
        Block(x, y + 1.25, 1.9, 0.2, 0.45, 0.85, sofa, 3),
        Block(x - 0.9, y + 0.9, 0.18, 0.8, 0.45, 0.62, sofa, 4),
        Block(x + 0.9, y + 0.9, 0.18, 0.8, 0.45, 0.62, sofa, 5),
        Block(x, y - 0.1, 1.0, 0.55, 0.34, 0.4, wood, 6),
    ]
    blocks += [
        Block(x + dx, y - 0.1 + dy, 0.06, 0.06, 0.0, 0.34, wood, 7) for dx in (-0.42, 0.42) for dy in (-0.2, 0.2)
    ]
    side = 2 * int(rng.integers(2)) - 1
    blocks.append(
        Block(side * (width / 2 - 0.25), depth * 0.45, 0.45, 1.3, 0.0, float(rng.uniform(0.5, 0.9)), colour(), 8)
    )
    blocks.append(Block(-side * (width / 2 - 0.02), depth * 0.5, 0.03, 0.8, 1.3, 1.9, colour(), 9))
    return tuple(blocks)


def render(scene: Room, *, furnished: bool, noise: int = 0) -> tuple[Pixels, NDArray[np.bool_]]:
    """The photo (uint8 sRGB, SIZE) and where furniture is. ``noise`` seeds the camera's grain."""
    rays = _rays(scene, *SIZE)
    origin = np.array([scene.eye[0], 0.15, scene.eye[1]], np.float32)
    colour, points, depth = _house(scene, origin, rays)
    mask = np.zeros(depth.shape, np.bool_)
    if furnished:
        colour *= _contact(scene, points)[..., None]
        for block in scene.furniture:
            _put(block, origin, rays, colour, depth, mask)
    rng = np.random.default_rng(noise + 7919 * scene.seed)
    linear = cv2.GaussianBlur(colour, (0, 0), LENS_BLUR)
    encoded = np.clip(linear, 0, 1) ** (1 / 2.2) * 255 + rng.normal(0, 1.2, (SIZE[1], SIZE[0], 3))
    return np.clip(encoded + 0.5, 0, 255).astype(np.uint8), mask


def without(scene: Room, kind: str, which: int = 0) -> Room:
    """The room with one rectangle of that kind gone."""
    chosen = [patch for patch in scene.patches if patch.kind == kind][which]
    return replace(scene, patches=tuple(patch for patch in scene.patches if patch is not chosen))


def changed(scene: Room, kind: str, which: int = 0, **values: Any) -> Room:
    """The room with one rectangle of that kind given other values."""
    chosen = [patch for patch in scene.patches if patch.kind == kind][which]
    return replace(scene, patches=tuple(replace(p, **values) if p is chosen else p for p in scene.patches))


def _rays(scene: Room, width: int, height: int) -> Array:
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    x = (columns - width / 2) / (scene.focal * width)
    z = (height * 0.48 - rows) / (scene.focal * width)
    turn, lean = np.float32(np.cos(scene.yaw)), np.float32(np.sin(scene.yaw))
    return np.stack([turn * x + lean, turn - lean * x, z], axis=-1).astype(np.float32)


def _house(scene: Room, origin: Array, rays: Array) -> tuple[Array, Array, Array]:
    """Colour, hit point and distance at each pixel of the bare room."""
    low = np.array([-scene.width / 2, -1.0, 0.0], np.float32)
    high = np.array([scene.width / 2, scene.depth, scene.height], np.float32)
    safe = np.where(np.abs(rays) < 1e-6, 1e-6, rays)
    exits = np.maximum((low - origin) / safe, (high - origin) / safe)
    axis, depth = exits.argmin(axis=2), exits.min(axis=2)
    points = (origin + rays * depth[..., None]).astype(np.float32)
    colour = np.empty(rays.shape, np.float32)
    down = rays[..., 2] < 0
    _fill(colour, (axis == 2) & down, points, scene.floor, _planks(scene, points))
    _fill(colour, (axis == 2) & ~down, points, scene.ceiling, _grain(points[..., 0], points[..., 1], 11) * 0.01)
    light = 0.55 + 0.5 * np.exp(-((scene.depth - points[..., 1]) ** 2) / 6) + 0.06 * points[..., 2]
    for wall, on in enumerate(
        ((axis == 0) & (rays[..., 0] < 0), (axis == 1) & (rays[..., 1] > 0), (axis == 0) & (rays[..., 0] > 0))
    ):
        along = points[..., 0] + scene.width / 2 if wall == 1 else points[..., 1]
        _fill(colour, on, points, scene.walls[wall], _grain(along, points[..., 2], 23 + wall) * 0.02)
        if scene.skirting:
            colour[on & (points[..., 2] < 0.11)] = 0.85
            colour[on & (np.abs(points[..., 2] - 0.11) < 0.008)] = 0.4
    colour *= light[..., None]
    for patch in scene.patches:
        _hang(patch, scene, axis, rays, points, colour)
    return colour, points, depth


def _fill(colour: Array, where: NDArray[np.bool_], _points: Array, base: Colour, texture: Array) -> None:
    colour[where] = np.array(base, np.float32) ** 2.2 * (1 + texture[where][:, None])


def _planks(scene: Room, points: Array) -> Array:
    """Boards or tiles with joints, and the grain of each."""
    size = (0.14, 0.6, 0.9)[scene.floor_texture]
    row = np.floor(points[..., 0] / size)
    column = np.floor((points[..., 1] + 0.37 * row) / (size * (6 if size < 0.5 else 1)))
    tone = np.sin(row * 127.1 + column * 311.7) * 43758.5453
    tone = (tone - np.floor(tone) - 0.5) * 0.35
    joint = (np.abs(points[..., 0] / size - row) < 0.03) * -0.35
    return np.asarray(tone + joint + 0.06 * _grain(points[..., 0] * 3, points[..., 1], 5), dtype=np.float32)


def _grain(u: Array, v: Array, seed: int) -> Array:
    """Smooth irregularity in about ±1, by a sum of incommensurate waves."""
    rng = np.random.default_rng(seed)
    total = np.zeros_like(u)
    for _ in range(5):
        a, b, phase = rng.uniform(2, 26), rng.uniform(2, 26), rng.uniform(0, 6.28)
        total += np.sin(a * u + b * v + phase)
    return np.asarray(total / 3, dtype=np.float32)


def _hang(patch: Patch, scene: Room, axis: NDArray[np.intp], rays: Array, points: Array, colour: Array) -> None:
    side = (rays[..., 0] < 0, rays[..., 1] > 0, rays[..., 0] > 0)[patch.wall]
    along = points[..., 0] + scene.width / 2 if patch.wall == 1 else points[..., 1]
    u, v = (along - patch.u) / patch.wide, (points[..., 2] - patch.z) / patch.tall
    on = (axis == (1 if patch.wall == 1 else 0)) & side & (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)
    if on.any():
        colour[on] = _surface(patch, u[on], v[on])


def _surface(patch: Patch, u: Array, v: Array) -> Array:
    """What is on the rectangle, linear, at ``u, v`` in 0–1."""
    border = np.minimum(np.minimum(u, 1 - u) * patch.wide, np.minimum(v, 1 - v) * patch.tall)
    result = np.empty((len(u), 3), np.float32)
    if patch.kind == "window":
        result[:] = _view(patch.seed, u, v)
        bars = (border < 0.06) | (np.abs(u - 0.5) * patch.wide < 0.025) | (np.abs(v - 0.5) * patch.tall < 0.02)
        result[bars] = 0.75
        result[np.abs(border - 0.06) < 0.008] = 0.3
    elif patch.kind == "door":
        result[:] = (0.32, 0.2, 0.12) if patch.seed % 2 else (0.7, 0.68, 0.64)
        panel = (np.abs(np.abs(u - 0.5) - 0.3) < 0.02) & (np.abs(v - 0.5) < 0.42)
        panel |= (np.abs(np.abs(np.abs(v - 0.5) - 0.22) - 0.2) < 0.008) & (np.abs(u - 0.5) < 0.3)
        result[panel] *= 0.55
        result[border < 0.06] = 0.8
        result[np.abs(border - 0.06) < 0.01] = 0.2
        result[(np.abs(u - 0.9) < 0.03) & (np.abs(v - 0.5) < 0.03)] = 0.5
    elif patch.kind == "radiator":
        result[:] = (0.72 + 0.22 * np.sin(u * patch.wide * 62))[:, None]
    elif patch.kind == "vent":
        result[:] = (0.45 + 0.3 * np.sign(np.sin(v * 38)))[:, None]
        result[border < 0.02] = 0.8
    else:
        result[:] = (1.0, 0.85, 0.55)
        result[v < 0.3] = (0.15, 0.12, 0.08)
    return result


def _view(seed: int, u: Array, v: Array) -> Array:
    """Sky over trees or houses."""
    rng = np.random.default_rng(seed)
    skyline = rng.uniform(0.25, 0.6) + 0.08 * _grain(u, u * 0, seed % 997)
    sky = np.array([0.7, 0.85, 1.0], np.float32) * rng.uniform(0.75, 1.0)
    ground = rng.uniform(0.05, 0.35, 3).astype(np.float32)
    detail = 1 + 0.6 * _grain(3 * u, 3 * v, seed % 991)
    return np.where((v > skyline)[:, None], sky + 0.1 * v[:, None], ground * detail[:, None]).astype(np.float32)


def _contact(scene: Room, points: Array) -> Array:
    """How much light furniture leaves on the surfaces near it."""
    shade = np.ones(points.shape[:2], np.float32)
    for block in scene.furniture:
        away = [np.maximum(np.abs(points[..., 0] - block.x) - block.wide / 2, 0)]
        away += [np.maximum(np.abs(points[..., 1] - block.y) - block.deep / 2, 0)]
        away += [np.maximum(np.maximum(block.low - points[..., 2], points[..., 2] - block.high), 0)]
        distance = np.sqrt(sum(part**2 for part in away))
        shade *= 1 - (0.35 if block.high > 0.1 else 0.05) * np.exp(-distance / 0.12)
    return shade


def _put(block: Block, origin: Array, rays: Array, colour: Array, depth: Array, mask: NDArray[np.bool_]) -> None:
    low = np.array([block.x - block.wide / 2, block.y - block.deep / 2, block.low], np.float32)
    high = np.array([block.x + block.wide / 2, block.y + block.deep / 2, block.high], np.float32)
    safe = np.where(np.abs(rays) < 1e-6, 1e-6, rays)
    one, other = (low - origin) / safe, (high - origin) / safe
    entries = np.minimum(one, other)
    enters, leaves = entries.max(axis=2), np.maximum(one, other).min(axis=2)
    hit = (enters < leaves) & (enters > 0) & (enters < depth)
    if not hit.any():
        return
    points = origin + rays[hit] * enters[hit][:, None]
    facing = entries[hit].argmax(axis=1)
    brightness = np.array([0.55, 0.7, 1.0], np.float32)[facing]
    texture = 1 + 0.12 * _grain(points[:, 0] * 2 + points[:, 2], points[:, 1] * 2, block.seed)
    if block.high < 0.1:
        texture += 0.5 * (np.sin(points[:, 0] * 18) * np.sin(points[:, 1] * 18) > 0.3)
    colour[hit] = np.array(block.colour, np.float32) ** 2.2 * (brightness * texture)[:, None]
    depth[hit] = enters[hit]
    mask |= hit
