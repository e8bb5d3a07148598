"""What happens to a picture's pixels: moved, bent, toned, compressed. All take and give uint8 sRGB (height, width, 3)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def generated(picture: Pixels, zoom: float = 0.0) -> Pixels:
    """What a diffusion model does to all pixels alike: another size and back, a little tone, JPEG."""
    result = zoomed(picture, 1 + zoom) if zoom else picture
    result = np.clip(result * np.array([1.02, 1.0, 0.985]) + 1, 0, 255).astype(np.uint8)
    return jpeg(resized(result, 0.82), 88)


def warped(picture: Pixels, matrix: NDArray[np.float64]) -> Pixels:
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT))


def zoomed(picture: Pixels, scale: float) -> Pixels:
    height, width = picture.shape[:2]
    return warped(
        picture, np.array([[scale, 0, (1 - scale) * width / 2], [0, scale, (1 - scale) * height / 2], [0, 0, 1]])
    )


def turned(picture: Pixels, degrees: float) -> Pixels:
    middle = (picture.shape[1] / 2, picture.shape[0] / 2)
    return warped(picture, np.vstack([cv2.getRotationMatrix2D(middle, degrees, 1), [0, 0, 1]]))


def bent(picture: Pixels, way: float) -> Pixels:
    """Moved sideways in waves, by at most ``way`` pixels."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bump = np.sin(2 * np.pi * x / width * 1.5) * np.sin(2 * np.pi * y / height * 1.5)
    moved = (x + way * bump).astype(np.float32)
    return np.asarray(cv2.remap(picture, moved, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT))


def cast(picture: Pixels, gains: tuple[float, float, float]) -> Pixels:
    """Each channel times its gain."""
    return np.asarray(np.clip(picture * np.array(gains) + 0.5, 0, 255), dtype=np.uint8)


def resized(picture: Pixels, across: float, down: float | None = None) -> Pixels:
    down = across if down is None else down
    return np.asarray(cv2.resize(picture, None, fx=across, fy=down, interpolation=cv2.INTER_AREA))


def blurred(picture: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma))


def jpeg(picture: Pixels, quality: int) -> Pixels:
    _, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return np.ascontiguousarray(decoded[..., ::-1], dtype=np.uint8)
