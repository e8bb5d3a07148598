"""Pictures of the rooms by ray casting in numpy, with the exact mask of the furniture.

Whatever does not depend on the house's surfaces (rays, distances, the furniture and the light it takes) is computed once a
room, so that a room with one thing changed costs a fraction of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.synthetic.staged.furniture import Solid
from realstaging.synthetic.staged.rooms import Patch, Room
from realstaging.synthetic.staged.surfaces import boards, grain, patch_colours, solid_texture

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Array = NDArray[np.float32]

LENS_BLUR: Final = 0.7
GRAIN: Final = 1.2
LEFT, BACK, RIGHT, FLOOR, CEILING = range(5)


@dataclass(frozen=True)
class Furnished:
    """Furniture alone: its colours (linear), where it is, and the share of light that it leaves to the house."""

    colour: Array
    mask: Mask
    shade: Array


class Drawing:
    """One camera in one room. Pictures are uint8 sRGB (height, width, 3) of the room's size."""

    def __init__(self, scene: Room) -> None:
        self.scene = scene
        self._origin = np.array([scene.lens.eye[0], 0.15, scene.lens.eye[1]], np.float32)
        self._rays = _rays(scene)
        self._face, self._depth = _faces(scene, self._origin, self._rays)
        self._breast = np.zeros(self._depth.shape, np.bool_)
        if scene.breast:
            hit, distance, _ = _struck(scene.breast, self._origin, self._rays, self._depth)
            self._depth[hit], self._breast[hit] = distance, True
        self._points = self._origin + self._rays * self._depth[..., None]

    def empty(self, scene: Room | None = None, noise: int = 0) -> Pixels:
        """The photo. ``scene``: the same room with other surfaces; ``noise`` seeds the camera's grain."""
        return self._developed(self._house(scene or self.scene), noise)

    def staged(self, furnished: Furnished, scene: Room | None = None, noise: int = 1) -> Pixels:
        """The photo with furniture in it."""
        house = self._house(scene or self.scene) * furnished.shade[..., None]
        return self._developed(np.where(furnished.mask[..., None], furnished.colour, house), noise)

    def furnished(self, furniture: tuple[Solid, ...] | None = None) -> Furnished:
        """The room's own furniture, or other."""
        pieces = self.scene.furniture if furniture is None else furniture
        colour = np.zeros(self._rays.shape, np.float32)
        depth, mask = self._depth.copy(), np.zeros(self._depth.shape, np.bool_)
        light = self.scene.light
        for piece in pieces:
            hit, distance, normal = _struck(piece, self._origin, self._rays, depth)
            points = self._origin + self._rays[hit] * distance[:, None]
            lit = 0.35 + 0.35 * np.maximum(normal[:, 2], 0) + 0.3 * np.abs(normal[:, 1]) + 0.15 * np.abs(normal[:, 0])
            paint = np.array(piece.colour, np.float32) ** 2.2 * solid_texture(piece, points)
            colour[hit] = paint * (lit * (light.base + light.windows))[:, None] * np.array(light.cast, np.float32)
            depth[hit], mask[hit] = distance, True
        return Furnished(colour, mask, _contact(pieces, self._points))

    def _house(self, scene: Room) -> Array:
        """Linear colours of the bare room."""
        points, colour = self._points, np.empty(self._rays.shape, np.float32)
        self._fill(colour, FLOOR, scene.floor, boards(scene, points))
        self._fill(colour, CEILING, scene.ceiling, grain(points[..., 0], points[..., 1], 11) * 0.01)
        for wall in (LEFT, BACK, RIGHT):
            along = points[..., 0] if wall == BACK else points[..., 1]
            self._fill(colour, wall, scene.walls[wall], grain(along, points[..., 2], 23 + wall) * 0.015)
        if self._breast.any():
            colour[self._breast] = np.array(scene.walls[BACK], np.float32) ** 2.2 * 0.93
        if scene.skirting:
            low = (self._face < FLOOR) & (points[..., 2] < scene.skirting)
            colour[low] = 0.8
            colour[low & (points[..., 2] > scene.skirting - 0.012)] = 0.42
        # The light stays as it was: a model that takes a window away does not make the room darker.
        colour *= _light(self.scene, points)[..., None]
        if scene.light.sun:
            colour *= 1 + 0.9 * _sunlit(scene, self._face, points)[..., None]
        colour *= np.array(scene.light.cast, np.float32)
        for patch in scene.patches:
            self._hang(patch, scene, colour)
        return colour

    def _fill(self, colour: Array, face: int, base: tuple[float, float, float], texture: Array) -> None:
        where = self._face == face
        colour[where] = np.array(base, np.float32) ** 2.2 * (1 + texture[where][:, None])

    def _hang(self, patch: Patch, scene: Room, colour: Array) -> None:
        along = self._points[..., 0] + scene.width / 2 if patch.wall == BACK else self._points[..., 1]
        u, v = (along - patch.u) / patch.wide, (self._points[..., 2] - patch.z) / patch.tall
        on = (self._face == patch.wall) & ~self._breast & (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)
        if on.any():
            colour[on] = patch_colours(patch, u[on], v[on])

    def _developed(self, linear: Array, noise: int) -> Pixels:
        width, height = self.scene.size
        x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
        seen = linear * (1 - self.scene.light.vignette * (x**2 + y**2) / 2)[..., None]
        encoded = np.clip(cv2.GaussianBlur(seen, (0, 0), LENS_BLUR), 0, 1) ** np.float32(1 / 2.2) * 255
        rng = np.random.default_rng(noise + 7919 * self.scene.seed)
        encoded = encoded + GRAIN * rng.standard_normal(encoded.shape, dtype=np.float32)
        return np.asarray(np.clip(encoded + 0.5, 0, 255)).astype(np.uint8)


def _rays(scene: Room) -> Array:
    (width, height), lens = scene.size, scene.lens
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    unit = lens.focal * max(width, height)
    x, z = (columns - width / 2) / unit, (height * 0.48 - rows) / unit
    bent = 1 + lens.barrel * (x**2 + z**2) * (2 * lens.focal) ** 2
    x, z = x * bent, z * bent
    up, ahead = z * np.cos(lens.pitch) + np.sin(lens.pitch), np.cos(lens.pitch) - z * np.sin(lens.pitch)
    turn, lean = np.cos(lens.yaw), np.sin(lens.yaw)
    rays = np.stack([turn * x + lean * ahead, turn * ahead - lean * x, up], axis=-1)
    return np.asarray(np.where(np.abs(rays) < 1e-6, 1e-6, rays), dtype=np.float32)


def _faces(scene: Room, origin: Array, rays: Array) -> tuple[NDArray[np.int8], Array]:
    """Which face of the box each pixel shows, and how far it is."""
    low = np.array([-scene.width / 2, -1.0, 0.0], np.float32)
    high = np.array([scene.width / 2, scene.depth, scene.height], np.float32)
    exits = np.maximum((low - origin) / rays, (high - origin) / rays)
    axis = exits.argmin(axis=2)
    side = np.where(rays[..., 0] < 0, LEFT, RIGHT)
    level = np.where(rays[..., 2] < 0, FLOOR, CEILING)
    face = np.where(axis == 0, side, np.where(axis == 1, BACK, level)).astype(np.int8)
    return face, exits.min(axis=2)


def _struck(piece: Solid, origin: Array, rays: Array, depth: Array) -> tuple[Mask, Array, Array]:
    """Where rays meet the piece before anything else, at what distance, and the surface's normals there."""
    way: Array = (np.array([piece.x, piece.y, (piece.low + piece.high) / 2]) - origin).astype(np.float32)
    half: Array = np.array([piece.wide / 2, piece.deep / 2, (piece.high - piece.low) / 2], np.float32)
    hit = _towards(way, half, rays)
    met = _ellipsoid if piece.shape == "ball" else _box
    distance, normal = met(half, -way, rays[hit])
    first = np.isfinite(distance) & (distance > 0) & (distance < depth[hit])
    hit[hit] = first
    return hit, distance[first], normal[first]


def _towards(way: Array, half: Array, rays: Array) -> Mask:
    """Rays that pass the ball around the piece: few are left to be met exactly."""
    away, reach = float(np.linalg.norm(way)), float(np.linalg.norm(half))
    if away <= reach:
        return np.ones(rays.shape[:2], np.bool_)
    along = rays @ way
    return np.asarray((along > 0) & (along**2 > (away**2 - reach**2) * (rays**2).sum(2)))


def _box(half: Array, start: Array, rays: Array) -> tuple[Array, Array]:
    """Distance and normal at each of (n, 3) rays from ``start`` (the box at the origin); infinite where it is missed."""
    one, other = (-half - start) / rays, (half - start) / rays
    entries = np.minimum(one, other)
    enters = entries.max(axis=1)
    normal = np.zeros(rays.shape, np.float32)
    normal[np.arange(len(normal)), entries.argmax(axis=1)] = 1
    return np.asarray(np.where(enters < np.maximum(one, other).min(axis=1), enters, np.inf), dtype=np.float32), normal


def _ellipsoid(half: Array, start: Array, rays: Array) -> tuple[Array, Array]:
    way, place = rays / half, start / half
    a, b, c = (way**2).sum(1), way @ place, float(place @ place) - 1
    inside = b**2 - a * c
    distance = np.where(inside > 0, (-b - np.sqrt(np.maximum(inside, 0))) / a, np.inf)
    normal = (place + way * np.where(inside > 0, distance, 0)[:, None]) / half
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    return np.asarray(distance, dtype=np.float32), np.asarray(normal, dtype=np.float32)


def _light(scene: Room, points: Array) -> Array:
    """Even light, more towards windows, less where faces meet."""
    light = np.full(points.shape[:2], scene.light.base, np.float32)
    windows = [patch for patch in scene.patches if patch.kind == "window"] or [scene.patches[0]]
    for patch in windows:
        along, up = patch.u + patch.wide / 2, patch.z + patch.tall / 2
        x = along - scene.width / 2 if patch.wall == BACK else (patch.wall - 1) * scene.width / 2
        place = np.array([x, scene.depth if patch.wall == BACK else along, up], np.float32)
        light += scene.light.windows / len(windows) * 2 / (1 + 0.6 * ((points - place) ** 2).sum(2))
    gaps = [points[..., 0] + scene.width / 2, scene.width / 2 - points[..., 0], scene.depth - points[..., 1]]
    gaps += [points[..., 2], scene.height - points[..., 2]]
    second = np.partition(np.stack(gaps), 1, axis=0)[1]
    return np.asarray(light * (1 - 0.25 * np.exp(-np.abs(second) / 0.35)), dtype=np.float32)


def _sunlit(scene: Room, face: NDArray[np.int8], points: Array) -> Array:
    """A patch of sun on the floor, as a window throws it."""
    x, y = points[..., 0] - 0.12 * scene.width, points[..., 1] - 0.45 * scene.depth
    across, along = np.abs(x + 0.45 * y), np.abs(y)
    lit = (face == FLOOR) & (across < 0.45) & (along < 0.6) & (np.abs(across - 0.22) > 0.025)
    return np.asarray(cv2.GaussianBlur(lit.astype(np.float32), (0, 0), 1.5))


def _contact(pieces: tuple[Solid, ...], points: Array) -> Array:
    """How much light furniture leaves on the surfaces near it: darkest where it touches, and a soft shadow further out."""
    shade = np.ones(points.shape[:2], np.float32)
    for piece in pieces:
        away = np.maximum(np.abs(points[..., 0] - piece.x) - piece.wide / 2, 0) ** 2
        away += np.maximum(np.abs(points[..., 1] - piece.y) - piece.deep / 2, 0) ** 2
        away += np.maximum(np.maximum(piece.low - points[..., 2], points[..., 2] - piece.high), 0) ** 2
        bulk = min(1.0, piece.wide * (piece.high - piece.low) * 4)
        distance = np.sqrt(away)
        shade *= 1 - bulk * (0.3 * np.exp(-distance / 0.08) + 0.12 * np.exp(-distance / 0.4))
    return shade
