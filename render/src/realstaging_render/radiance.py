"""The photo's light as numbers: what each face of the room sends out, and what of it the floor reflects. No Blender here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FACES = ("floor", "ceiling", "x_min", "x_max", "y_min", "y_max")
MOST_TILES = 40
"""Tiles along the longer side of a face: enough for a soft mirror image, few enough to sample well."""


@dataclass(frozen=True)
class Face:
    """One face as a grid: corner points (h+1, w+1, 3) metres, radiance at the corners, and of the tiles (h, w, 3) between."""

    name: str
    corners: Floats
    corner_radiance: Floats
    tile_radiance: Floats

    @property
    def centres(self) -> Floats:
        """Middles of the tiles (h, w, 3), metres."""
        c = self.corners
        return (c[:-1, :-1] + c[1:, :-1] + c[:-1, 1:] + c[1:, 1:]) / 4

    @property
    def tile_area(self) -> float:
        """Square metres of one tile; all are alike."""
        c = self.corners
        return float(np.linalg.norm(c[1, 0] - c[0, 0]) * np.linalg.norm(c[0, 1] - c[0, 0]))

    @property
    def octaves(self) -> NDArray[np.int64]:
        """Brightness class of each tile (h, w): the power of two below its radiance, from -6 up."""
        brightest = np.maximum(self.tile_radiance.max(axis=-1), 2.0**-6)
        return np.floor(np.log2(brightest)).astype(np.int64)


def face_grid(name: str, box: dict[str, float], texture: Floats, outward: float = 0.0) -> Face:
    """A face's texture (h, w, 3) laid on the box, moved ``outward`` metres out of the room.

    Rows run from the top of a wall, or from far to near; columns along +X, on X walls along +Y.
    """
    texture = _at_most(np.asarray(texture, float), MOST_TILES)
    height, width = texture.shape[:2]
    along, down = np.linspace(0, 1, width + 1)[None, :], np.linspace(0, 1, height + 1)[:, None]
    x = box["x_min"] + along * (box["x_max"] - box["x_min"])
    up = box["ceiling"] * (1 - down)
    if name in {"floor", "ceiling"}:
        z = -outward if name == "floor" else box["ceiling"] + outward
        parts = (x, box["y_max"] + down * (box["y_min"] - box["y_max"]), np.array(z))
    elif name in {"y_min", "y_max"}:
        parts = (x, np.array(box[name] + (outward if name == "y_max" else -outward)), up)
    else:
        y = box["y_min"] + along * (box["y_max"] - box["y_min"])
        parts = (np.array(box[name] + (outward if name == "x_max" else -outward)), y, up)
    corners = np.stack(np.broadcast_arrays(*(np.broadcast_to(p, (height + 1, width + 1)) for p in parts)), axis=-1)
    return Face(name, corners, _at_corners(texture), texture)


def floor_reflectance(floor: Face, others: list[Face]) -> tuple[Floats, Floats]:
    """Albedo of the floor at its corners (h+1, w+1, 3), and the radiance it must send out by itself to match the photo.

    A diffuse floor under irradiance E sends out albedo * E / pi, so the albedo is pi * L / E; where the photo shows more
    than a bright floor could reflect (a sun patch), the rest is emitted. So a shadow on the floor dims what it sends back.
    """
    irradiance = sum(_irradiance(floor.corners, face) for face in others)
    needed = np.pi * floor.corner_radiance / np.maximum(irradiance, 1e-4)
    albedo = np.clip(needed, 0.02, 0.9)
    return albedo, np.maximum(floor.corner_radiance - albedo * irradiance / np.pi, 0)


def _irradiance(points: Floats, face: Face) -> Floats:
    """Irradiance (..., 3) at upward-facing points (..., 3) from a face: the sum of L cos cos' A / r^2 over its tiles."""
    normal = _normal(face)
    centres, radiance = face.centres.reshape(-1, 3), face.tile_radiance.reshape(-1, 3)
    to = centres - points[..., None, :]
    square = np.maximum(
        (to**2).sum(-1), 4 * face.tile_area / np.pi
    )  # no tile looks larger than it is from its own edge
    cosines = np.clip(to[..., 2], 0, None) * np.clip(-(to @ normal), 0, None) / square
    return np.asarray((cosines / square * face.tile_area) @ radiance)


def _normal(face: Face) -> Floats:
    """Unit normal of a face, into the room."""
    return np.array(
        {
            "floor": (0, 0, 1),
            "ceiling": (0, 0, -1),
            "x_min": (1, 0, 0),
            "x_max": (-1, 0, 0),
            "y_min": (0, 1, 0),
            "y_max": (0, -1, 0),
        }[face.name],
        float,
    )


def _at_most(texture: Floats, side: int) -> Floats:
    """The texture averaged down to at most ``side`` tiles each way."""
    for axis in (0, 1):
        if texture.shape[axis] > side:
            blocks = np.array_split(texture, side, axis=axis)
            texture = np.stack([block.mean(axis=axis) for block in blocks], axis=axis)
    return texture


def _at_corners(tiles: Floats) -> Floats:
    """Values at the corners (h+1, w+1, 3) of tiles (h, w, 3): the mean of the tiles that meet there."""
    padded = np.pad(tiles, ((1, 1), (1, 1), (0, 0)), mode="edge")
    return (padded[:-1, :-1] + padded[1:, :-1] + padded[:-1, 1:] + padded[1:, 1:]) / 4
