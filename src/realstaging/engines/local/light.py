"""The photo's own light: what each face of the room sends out, as small pictures of linear radiance."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.reading import Box, Face, Floats, RoomReading

Floats32 = NDArray[np.float32]

TEXELS: Final = 64
FACE_NAMES: Final = {
    Face.FLOOR: "floor",
    Face.CEILING: "ceiling",
    Face.X_MIN: "x_min",
    Face.X_MAX: "x_max",
    Face.Y_MIN: "y_min",
    Face.Y_MAX: "y_max",
}
LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722])
"""Of linear sRGB (IEC 61966-2-1)."""
CLIPPED: Final = 0.86
"""Radiance from which a photo no longer tells how bright a window or lamp was."""
WINDOW_BOOST: Final = 5.0
"""How much brighter than the photo's white a clipped window is taken to be: interiors are exposed 2-3 stops over the view."""
PAINT_ALBEDO: Final = 0.8
"""Reflectance of white wall paint, the one known thing in most rooms."""
FLOOR_ROUGHNESS: Final = 0.32


def to_linear(pixels: NDArray[np.uint8]) -> Floats32:
    """Linear sRGB (0-1) of sRGB bytes (IEC 61966-2-1)."""
    return np.asarray(_LINEAR_OF_BYTE[pixels], np.float32)


def to_srgb(linear: Floats32) -> Floats32:
    """Display values (0-1) of linear ones, clipped to 0-1 (IEC 61966-2-1)."""
    inside = np.clip(linear, 0.0, 1.0)
    return np.asarray(
        np.where(inside <= 0.0031308, inside * 12.92, 1.055 * np.power(inside, 1 / 2.4) - 0.055), np.float32
    )


def write_light(pixels: NDArray[np.uint8], reading: RoomReading, target: Path) -> None:
    """Write the NPZ that ``Scene.light`` describes, for a photo (h, w, 3)."""
    scale = reading.working_scale
    rows, columns = reading.labels.shape
    small = np.asarray(cv2.resize(pixels, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)
    linear = np.asarray(cv2.GaussianBlur(to_linear(small), (0, 0), 1.5), np.float32)
    usual = _usual(linear, reading)
    light: dict[str, Any] = {name: face_light(linear, reading, face, scale, usual) for face, name in FACE_NAMES.items()}
    light["floor_albedo"] = floor_albedo(linear, reading).astype(np.float32)
    light["floor_roughness"] = np.float32(FLOOR_ROUGHNESS)
    np.savez(target, **light)


def face_light(linear: Floats32, reading: RoomReading, face: Face, scale: float, usual: Floats) -> Floats32:
    """Radiance (TEXELS, TEXELS, 3) that leaves a face; where the photo does not show it, what the face usually sends."""
    points = face_points(reading.box, face)
    pixels = reading.project(points) * scale
    rows, columns = reading.labels.shape
    with np.errstate(invalid="ignore"):
        inside = (pixels >= 0).all(axis=-1) & (pixels[..., 0] < columns - 0.5) & (pixels[..., 1] < rows - 0.5)
    x, y = np.nan_to_num(np.where(inside[..., None], pixels, 0)).astype(int).transpose(2, 0, 1)
    seen = inside & (reading.labels[y, x] == face) & ~reading.occluders[y, x]
    base = np.median(linear[y, x][seen], axis=0) if seen.sum() > 20 else usual
    light = np.where(seen[..., None], linear[y, x], base)
    if face is not Face.FLOOR:
        light = light * _boost(light, float(base @ LUMINANCE))[..., None]
    return np.asarray(light, np.float32)


def face_points(box: Box, face: Face) -> Floats:
    """World points (TEXELS, TEXELS, 3) of a face's texels, rows and columns as ``Scene.light`` has them."""
    share = (np.arange(TEXELS) + 0.5) / TEXELS
    along, down = np.meshgrid(share, share)
    x = box.x_min + along * (box.x_max - box.x_min)
    up = box.ceiling * (1 - down)
    if face in {Face.FLOOR, Face.CEILING}:
        y = box.y_max + down * (box.y_min - box.y_max)
        return np.stack([x, y, np.full_like(x, 0.0 if face is Face.FLOOR else box.ceiling)], axis=-1)
    if face in {Face.Y_MIN, Face.Y_MAX}:
        return np.stack([x, np.full_like(x, box.y_min if face is Face.Y_MIN else box.y_max), up], axis=-1)
    y = box.y_min + along * (box.y_max - box.y_min)
    return np.stack([np.full_like(y, box.x_min if face is Face.X_MIN else box.x_max), y, up], axis=-1)


def floor_albedo(linear: Floats32, reading: RoomReading) -> Floats:
    """Reflectance of the floor, judged against the brightest walls as white paint."""
    floor = linear[reading.floor_mask]
    walls = linear[reading.labels >= Face.X_MIN]
    if len(floor) < 50 or len(walls) < 50:
        return np.full(3, 0.3)
    white = max(float(np.percentile(walls @ LUMINANCE, 60)), 0.2)
    return np.clip(np.median(floor, axis=0) / white * PAINT_ALBEDO, 0.03, 0.85)


def _usual(linear: Floats32, reading: RoomReading) -> Floats:
    walls = linear[reading.labels >= Face.X_MIN]
    return np.asarray(np.median(walls, axis=0) if len(walls) else np.full(3, 0.5), float)


def _boost(light: Floats, usual: float) -> Floats:
    """Factor (1 to WINDOW_BOOST) for what is clipped and clearly brighter than its face: windows and lamps."""
    start = max(CLIPPED, usual * 1.12)
    return np.asarray(1 + (WINDOW_BOOST - 1) * np.clip((light @ LUMINANCE - start) / 0.1, 0, 1))


def _linear_of_byte() -> Floats32:
    value = np.arange(256) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LINEAR_OF_BYTE: Final = _linear_of_byte()
