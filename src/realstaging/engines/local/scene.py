"""What the renderer is told: a camera, a room box, pieces and light. Plain values, sent as JSON.

World and units are those of ``room.reading``: metres, X right, Y into the room, Z up, pixel centres at whole numbers.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from realstaging.engines.local.planned import Placed
from realstaging.engines.local.room.reading import Box, Camera

Row = tuple[float, float, float]
Crop = tuple[int, int, int, int]


class SceneCamera(msgspec.Struct, frozen=True):
    """A pinhole camera at (0, 0, ``height``) metres with its whole picture of ``width`` x ``height_px`` pixels."""

    rotation: tuple[Row, Row, Row]
    """Rows: right, down, forward."""
    height: float
    focal: float
    cx: float
    cy: float
    width: int
    height_px: int

    @classmethod
    def of(cls, camera: Camera, width: int, height_px: int) -> SceneCamera:
        """The camera of a room reading, for its picture of ``width`` x ``height_px`` pixels."""
        right, down, forward = (_row(values) for values in camera.rotation.tolist())
        return cls((right, down, forward), camera.height, camera.focal, camera.cx, camera.cy, width, height_px)


class SceneBox(msgspec.Struct, frozen=True):
    """The room as a box on z = 0, metres."""

    x_min: float
    x_max: float
    y_min: float
    y_max: float
    ceiling: float

    @classmethod
    def of(cls, box: Box) -> SceneBox:
        """The box of a room reading."""
        return cls(box.x_min, box.x_max, box.y_min, box.y_max, box.ceiling)


class Scene(msgspec.Struct, frozen=True):
    """One rendering."""

    camera: SceneCamera
    box: SceneBox
    crop: Crop
    """The part of the picture to render: x0, y0, x1, y1 in whole pixels, x1 and y1 excluded."""
    pieces: tuple[Placed, ...]
    light: Path
    """NPZ of linear sRGB radiance (1 = the photo's white) that leaves each face: ``floor``, ``ceiling``, ``x_min``,
    ``x_max``, ``y_min``, ``y_max``, each (h, w, 3) float32. Rows run from the top of a wall, from far (y_max) to near on
    floor and ceiling; columns run along +X on floor, ceiling and Y walls, along +Y on X walls. Besides, ``floor_albedo``
    (3,) and ``floor_roughness`` ()."""
    samples: int = 20
    """Rays per pixel at most; the denoiser does the rest."""
    most_pixels: int = 4_200_000
    """Pixels of furniture at most: a larger crop is rendered smaller, and enlarged by whoever composites."""
    shade_side: int = 320
    """Pixels along the longer side of the shade."""
    seed: int = 0


def _row(values: list[float]) -> Row:
    right, down, forward = values
    return (right, down, forward)
