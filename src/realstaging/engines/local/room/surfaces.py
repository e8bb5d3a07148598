"""What each face looks like and the colour of the light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.picture import Picture
from realstaging.engines.local.room.reading import Box, Camera, Face, Mask, Surface

GRID = 48


def read_surfaces(
    picture: Picture, camera: Camera, box: Box, labels: NDArray[np.uint8], hidden: Mask
) -> dict[Face, Surface]:
    """The median light of the part of each face that the photo shows; faces it does not show take that of the others."""
    shown = {face: picture.linear[(labels == face) & ~hidden] for face in Face}
    walls = [colours for face, colours in shown.items() if face != Face.FLOOR and len(colours)]
    others = np.median(np.concatenate(walls), axis=0) if walls else np.full(3, 0.5)
    return {
        face: Surface(
            _rgb(np.median(colours, axis=0) if len(colours) > 50 else others), _seen(face, camera, box, picture)
        )
        for face, colours in shown.items()
    }


def white_point(picture: Picture, labels: NDArray[np.uint8]) -> tuple[float, float, float]:
    """The light's colour: that of the brightest paint, which in most rooms is the ceiling's or a door's white.

    Clipped pixels are left out: they are white whatever the light.
    """
    paint = picture.linear[(labels != Face.FLOOR) & (picture.linear.max(axis=2) < 0.98)]
    if len(paint) < 100:
        return (1.0, 1.0, 1.0)
    luminance = paint @ np.array([0.2126, 0.7152, 0.0722])
    low, high = np.percentile(luminance, (80, 97))
    bright = np.median(paint[(luminance >= low) & (luminance <= high)], axis=0)
    # Coloured paint says little of the light: believe only half of a strong tint.
    bright = bright / max(float(bright.max()), 1e-6)
    return _rgb(bright if float(bright.min()) > 0.75 else (1 + bright) / 2)


def _seen(face: Face, camera: Camera, box: Box, picture: Picture) -> float:
    u, v = np.meshgrid((np.arange(GRID) + 0.5) / GRID, (np.arange(GRID) + 0.5) / GRID)
    x, y = box.x_min + u * (box.x_max - box.x_min), box.y_min + v * (box.y_max - box.y_min)
    z = v * box.ceiling
    across = box.y_min + u * (box.y_max - box.y_min)
    points = {
        Face.FLOOR: (x, y, 0 * u),
        Face.CEILING: (x, y, 0 * u + box.ceiling),
        Face.X_MIN: (0 * u + box.x_min, across, z),
        Face.X_MAX: (0 * u + box.x_max, across, z),
        Face.Y_MIN: (x, 0 * u + box.y_min, z),
        Face.Y_MAX: (x, 0 * u + box.y_max, z),
    }[face]
    pixels = camera.project(np.stack(points, axis=-1))
    with np.errstate(invalid="ignore"):
        inside = (pixels >= 0).all(axis=-1) & (pixels[..., 0] < picture.width) & (pixels[..., 1] < picture.height)
    return float(inside.mean())


def _rgb(colour: NDArray[np.floating]) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in colour)
    return red, green, blue
