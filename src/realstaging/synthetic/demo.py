"""An empty room, drawn by casting one ray per pixel: a photo for demonstrations that belongs to nobody.

A box with a wooden floor, a window to the left, a door to the right and soft light: direct light of the window by a small
number of samples of its area, everything else by a constant and by the darkness of corners.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.synthetic.geometry import Box, Camera, Floats, Kind, Opening, Pixels, Truth, encoded, rotation

# Metres: X to the right, Y into the room, Z up; the camera stands in the middle of the near edge.
LEFT, RIGHT, BACK, CEILING = -2.4, 2.4, 5.0, 2.6
NEAR: Final = -0.6
EYE: Final = np.array([0.25, 0.0, 1.35])
WINDOW: Final = (2.5, 4.2, 0.85, 2.25)
DOOR: Final = (3.75, 4.6, 2.05)
SAMPLES: Final = 12
FOCAL: Final = 0.62
"""Focal length in widths of the picture."""
LEFTWARDS: Final = np.radians(4.0)
"""How far the camera looks to the left of straight ahead."""


def truth(width: int = 1600, height: int = 1067) -> Truth:
    """Camera, box and openings of the picture, in the world whose origin is below the camera."""
    x, y, eye = EYE
    middle = (width / 2 - 0.5, height / 2 - 0.5)
    camera = Camera(rotation(-LEFTWARDS, 0.0), eye, FOCAL * width, *middle)
    box = Box(LEFT - x, RIGHT - x, NEAR - y, BACK - y, CEILING)
    near, far, low, high = WINDOW
    start, end, top = DOOR
    window = Opening("X-", near - NEAR, far - NEAR, low, high, Kind.WINDOW)
    return Truth(camera, box, (window, Opening("X+", start - NEAR, end - NEAR, 0.0, top, Kind.DOOR)))


def draw(width: int = 1600, height: int = 1067, seed: int = 7) -> Pixels:
    """The picture, uint8 (height, width, 3), sRGB. The same seed gives the same room."""
    rng = np.random.default_rng(seed)
    points, normals, faces = _cast(_rays(width, height))
    albedo = _paint(points, faces, rng)
    light = _sky(points, normals) * np.array([1.0, 0.99, 0.97]) * 2.6 + _room_light(points, normals)
    picture = albedo * light
    window = _in_window(points) & (faces == 0)
    picture[window] = _view(points[window])
    picture += rng.normal(0, 0.004, picture.shape)
    return np.asarray(encoded(picture) * 255 + 0.5, dtype=np.uint8)


def _rays(width: int, height: int) -> Floats:
    focal, turn = FOCAL * width, LEFTWARDS
    x, y = np.meshgrid(np.arange(width) - width / 2 + 0.5, np.arange(height) - height / 2 + 0.5)
    right, ahead = np.array([np.cos(turn), np.sin(turn), 0]), np.array([-np.sin(turn), np.cos(turn), 0])
    directions = (x[..., None] * right + y[..., None] * np.array([0, 0, -1.0])) / focal + ahead
    return np.asarray(directions / np.linalg.norm(directions, axis=-1, keepdims=True))


def _cast(rays: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Where rays meet the box: points, inward normals, and faces 0 left, 1 right, 2 back, 3 floor, 4 ceiling."""
    planes = [(0, LEFT, 1.0), (0, RIGHT, -1.0), (1, BACK, -1.0), (2, 0.0, 1.0), (2, CEILING, -1.0)]
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.stack([(place - EYE[axis]) / rays[..., axis] for axis, place, _ in planes], axis=-1)
    reach = np.where(reach > 1e-6, reach, np.inf)
    faces = np.argmin(reach, axis=-1)
    points = EYE + rays * np.take_along_axis(reach, faces[..., None], axis=-1)
    normals = np.zeros((len(planes), 3))
    for number, (axis, _, sign) in enumerate(planes):
        normals[number, axis] = sign
    return points, normals[faces], faces


def _paint(points: Floats, faces: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    wall = np.array([0.76, 0.74, 0.70])
    colours = np.array([wall, wall, wall * 0.97, [0.4, 0.3, 0.2], [0.86, 0.86, 0.85]])
    albedo = colours[faces]
    floor = faces == 3
    albedo[floor] = _planks(points[floor], rng)
    upright = faces < 3
    along = np.where(faces == 2, points[..., 0], points[..., 1])
    skirting = upright & (points[..., 2] < 0.11)
    albedo[skirting] = 0.88
    albedo[upright & (np.abs(points[..., 2] - 0.112) < 0.004)] = 0.5
    start, end, top = DOOR
    door = (faces == 1) & (along > start) & (along < end) & (points[..., 2] < top)
    frame = (faces == 1) & (along > start - 0.08) & (along < end + 0.08) & (points[..., 2] < top + 0.08) & ~door
    albedo[frame] = 0.9
    albedo[door] = 0.84
    albedo[door & _panel_edge(along - start, points[..., 2])] = 0.62
    near, far, low, high = WINDOW
    y, z = points[..., 1], points[..., 2]
    casing = (faces == 0) & (y > near - 0.09) & (y < far + 0.09) & (z > low - 0.09) & (z < high + 0.09)
    albedo[casing & ~_in_window(points)] = 0.9
    return albedo


def _planks(points: Floats, rng: np.random.Generator) -> Floats:
    """Oak boards of 14 cm, each with a tone, a grain and a joint of its own."""
    row = np.floor((points[:, 0] - LEFT) / 0.14).astype(int)
    shift = rng.uniform(0, 1.8, 64)[row % 64]
    board = np.floor((points[:, 1] + shift) / 1.8).astype(int)
    tone = rng.normal(1.0, 0.09, 4096)[(row * 37 + board * 101) % 4096]
    phase = rng.uniform(0, 9, 4096)[(row * 53 + board * 17) % 4096]
    across = (points[:, 0] - LEFT) / 0.14 - row
    grain = np.sin(across * 34 + phase + 1.7 * np.sin(points[:, 1] * 2.3 + phase)) * 0.05
    grain += np.sin(across * 91 + phase * 3 + 0.6 * np.sin(points[:, 1] * 5.1)) * 0.025
    joint = (np.minimum(across, 1 - across) < 0.018) | (np.abs((points[:, 1] + shift) % 1.8) < 0.006)
    colour = np.array([0.43, 0.29, 0.175]) * (tone + grain)[:, None]
    return np.asarray(np.where(joint[:, None], colour * 0.45, colour))


def _panel_edge(along: Floats, z: Floats) -> NDArray[np.bool_]:
    edge = np.zeros(along.shape, bool)
    for left, right, low, high in ((0.13, 0.72, 0.2, 0.95), (0.13, 0.72, 1.1, 1.9)):
        inside = (along > left) & (along < right) & (z > low) & (z < high)
        inner = (along > left + 0.015) & (along < right - 0.015) & (z > low + 0.015) & (z < high - 0.015)
        edge |= inside & ~inner
    return edge


def _in_window(points: Floats) -> NDArray[np.bool_]:
    near, far, low, high = WINDOW
    y, z = points[..., 1], points[..., 2]
    inside = (y > near) & (y < far) & (z > low) & (z < high)
    bar = (np.abs(y - (near + far) / 2) < 0.025) | (np.abs(z - (low + high) * 0.53) < 0.02)
    return np.asarray(inside & ~bar)


def _view(points: Floats) -> Floats:
    """Bright sky over soft green, as a camera exposed for the room sees it."""
    up = np.clip((points[:, 2] - 0.9) / 1.2, 0, 1)[:, None]
    return np.asarray(np.array([0.75, 0.86, 0.72]) * (1 - up) + np.array([1.0, 1.05, 1.1]) * up)


def _sky(points: Floats, normals: Floats) -> Floats:
    """Light of the window, by points spread over it: each lights as the cosines at both ends and the distance say."""
    near, far, low, high = WINDOW
    light = np.zeros(points.shape[:-1])
    for y in np.linspace(near, far, SAMPLES // 3 * 2 + 1)[1::2]:
        for z in np.linspace(low, high, 7)[1::2]:
            towards = np.array([LEFT, y, z]) - points
            square = np.sum(towards**2, axis=-1)
            direction = towards / np.sqrt(square)[..., None]
            here = np.clip(np.sum(direction * normals, axis=-1), 0, None)
            light += here * np.clip(-direction[..., 0], 0, None) / np.maximum(square, 0.05)
    return np.asarray((light / 12 * (far - near) * (high - low) / np.pi)[..., None])


def _room_light(points: Floats, normals: Floats) -> Floats:
    """What the room's own surfaces give back: nearly even, darker where surfaces meet, brighter upwards."""
    distances = [
        points[..., 0] - LEFT,
        RIGHT - points[..., 0],
        BACK - points[..., 1],
        points[..., 2],
        CEILING - points[..., 2],
    ]
    open_share = np.ones(points.shape[:-1])
    for number, distance in enumerate(distances):
        own = np.abs(normals[..., (0, 0, 1, 2, 2)[number]]) > 0.5
        open_share *= np.where(own, 1.0, 1 - 0.32 * np.exp(-np.clip(distance, 0, None) / 0.35))
    base = 0.60 + 0.07 * normals[..., 2] * -1
    return np.asarray((base * open_share)[..., None] * np.array([1.0, 0.985, 0.96]))
