"""A photo fitted to what a model takes, and the model's answer cut back to the photo's frame.

A model that knows only a few aspect ratios would crop the room; so the photo is set on a larger canvas of such a ratio, its
edges mirrored outwards (a plain border would tempt the model to paint a wall there), and the answer is cut back.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from realstaging.engines.replicate.models import Size

if TYPE_CHECKING:  # only the process that computes loads what that takes (tests/architecture/test_loaded.py)
    from PIL import Image

_LARGEST_SIDE = 4096
_BLOCK = 16


class Frame(msgspec.Struct, frozen=True):
    """The picture sent (``width`` × ``height`` pixels) and where the photo lies in it (``left``, ``top``, sizes in pixels)."""

    width: int
    height: int
    left: int
    top: int
    inner_width: int
    inner_height: int
    ratio: str = "match_input_image"

    @property
    def padded(self) -> bool:
        return (self.inner_width, self.inner_height) != (self.width, self.height)


def frame_for(width: int, height: int, size: Size) -> Frame:
    """How a photo of this size is sent: never enlarged, no more pixels than the model answers with, in a ratio it knows."""
    ratio, canvas = _nearest(width / height, size.ratios) if not size.matches_input else ("match_input_image", None)
    canvas = canvas or width / height
    full_width, full_height = max(width, height * canvas), max(height, width / canvas)
    scale = min(1.0, (size.megapixels * 1e6 / (full_width * full_height)) ** 0.5, _LARGEST_SIDE / max(width, height))
    inner_width, inner_height = max(1, round(width * scale)), max(1, round(height * scale))
    if size.matches_input:
        return Frame(inner_width, inner_height, 0, 0, inner_width, inner_height)
    outer_width = max(inner_width, _whole(full_width * scale))
    outer_height = max(inner_height, _whole(full_height * scale))
    left, top = (outer_width - inner_width) // 2, (outer_height - inner_height) // 2
    return Frame(outer_width, outer_height, left, top, inner_width, inner_height, ratio)


def size_of(photo: Path) -> tuple[int, int]:
    """Width and height of the upright photo, from the file's head. BadPhoto where it is none."""
    from realstaging.imaging.decode import inspect  # noqa: PLC0415 - as above

    seen = inspect(photo)
    return seen.width, seen.height


def prepare(photo: Path, size: Size, most_bytes: int | None = None) -> tuple[bytes, Frame]:
    """The photo file as the JPEG that is sent: upright, sRGB, no metadata. Computes: call it in a process.

    With ``most_bytes`` the quality is lowered until it fits, or is as low as is still of use.
    """
    from PIL import Image  # noqa: PLC0415 - as above

    from realstaging.imaging.decode import decode  # noqa: PLC0415

    picture = Image.fromarray(decode(photo))
    frame = frame_for(picture.width, picture.height, size)
    picture = picture.resize((frame.inner_width, frame.inner_height), Image.Resampling.LANCZOS)
    if frame.padded:
        picture = _mirrored(picture, frame)
    for quality in (92, 85, 75, 60):
        encoded = io.BytesIO()
        picture.save(encoded, "JPEG", quality=quality, subsampling=0)
        if most_bytes is None or encoded.tell() <= most_bytes:
            break
    return encoded.getvalue(), frame


def cut_back(answer: Image.Image, frame: Frame, result: Path) -> None:
    """Write the photo's part of a model's answer (any size, about the frame's ratio) as PNG. Computes."""
    picture = answer.convert("RGB")
    if frame.padded:
        across, down = picture.width / frame.width, picture.height / frame.height
        box = (
            round(frame.left * across),
            round(frame.top * down),
            round((frame.left + frame.inner_width) * across),
            round((frame.top + frame.inner_height) * down),
        )
        picture = picture.crop(box)
    picture.save(result, "PNG", compress_level=0)


def _mirrored(picture: Image.Image, frame: Frame) -> Image.Image:
    import numpy as np  # noqa: PLC0415 - as above
    from PIL import Image  # noqa: PLC0415

    right, bottom = frame.width - frame.left - frame.inner_width, frame.height - frame.top - frame.inner_height
    pixels = np.pad(np.asarray(picture), ((frame.top, bottom), (frame.left, right), (0, 0)), mode="symmetric")
    return Image.fromarray(pixels)


def _nearest(ratio: float, known: tuple[str, ...]) -> tuple[str, float]:
    """The known ratio that needs the least padding."""
    values = {name: int(name.partition(":")[0]) / int(name.partition(":")[2]) for name in known}
    return min(values.items(), key=lambda one: max(one[1] / ratio, ratio / one[1]))


def _whole(length: float) -> int:
    """Models work in blocks."""
    return -(-round(length) // _BLOCK) * _BLOCK
