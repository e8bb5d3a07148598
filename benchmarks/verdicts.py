"""Whether verdicts hold: photos a little changed, read and planned again. A room is no other room for being photographed a little otherwise.

`python -m benchmarks.verdicts FOLDER` reads and plans every photo of a folder as it is, mirrored, cropped, turned, lighter, darker and
compressed, and tells what became of each: planned in full, planned with less, refused. The room type is the one that a file's name begins with.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from harness.gallery import SUFFIXES
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import plan_room
from realstaging.engines.local.layout.considered import Considered
from realstaging.engines.local.room.read import read_room
from realstaging.imaging.decode import decode
from realstaging.kit.errors import CannotStage

Pixels = NDArray[np.uint8]

LARGEST: Final = 1600
"""Pixels of the longer side: rooms are read at less."""
CROPPED: Final = 0.05
"""Share of each side that is cut off in all, half of it at each end."""
TURNED: Final = 3.0
"""Degrees."""
QUALITY: Final = 60
MOST_FLIPS: Final = 0.05
"""Share of changed photos whose verdict may differ from that of the photo as it is."""
ROOMS: Final[Mapping[str, RoomType]] = {
    "living": RoomType.LIVING_ROOM,
    "dining": RoomType.DINING_ROOM,
    "hallway": RoomType.ENTRYWAY,
    "terrace": RoomType.OUTDOOR,
    "kids": RoomType.KIDS_ROOM,
} | {str(room_type).partition("_")[0]: room_type for room_type in RoomType}
REFUSED: Final = "refused"


class Verdict(msgspec.Struct, frozen=True):
    """What became of one photo, changed in one way."""

    photo: str
    change: str
    step: str
    """How far the room's programme was reduced, or ``REFUSED``."""
    words: str = ""
    """Why it was refused."""


def mirrored(photo: Pixels) -> Pixels:
    """Left for right."""
    return np.ascontiguousarray(photo[:, ::-1])


def cropped(photo: Pixels) -> Pixels:
    """Without its borders."""
    height, width = photo.shape[:2]
    top, left = round(height * CROPPED / 2), round(width * CROPPED / 2)
    return np.ascontiguousarray(photo[top : height - top, left : width - left])


def turned(degrees: float) -> Callable[[Pixels], Pixels]:
    """About its middle, and as much closer that no corner stays empty."""

    def turn(photo: Pixels) -> Pixels:
        height, width = photo.shape[:2]
        angle = np.radians(abs(degrees))
        closer = np.cos(angle) + np.sin(angle) * max(width / height, height / width)
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, float(closer))
        return np.asarray(cv2.warpAffine(photo, matrix, (width, height), flags=cv2.INTER_AREA), np.uint8)

    return turn


def exposed(stops: float) -> Callable[[Pixels], Pixels]:
    """Lighter or darker, in linear light (gamma 2.2)."""
    curve = np.clip(255 * ((np.arange(256) / 255) ** 2.2 * 2.0**stops) ** (1 / 2.2), 0, 255).astype(np.uint8)
    return lambda photo: np.asarray(curve[photo], np.uint8)


def compressed(photo: Pixels) -> Pixels:
    """As a messenger sends it."""
    _, data = cv2.imencode(".jpg", photo[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return np.ascontiguousarray(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])


CHANGES: Final[Mapping[str, Callable[[Pixels], Pixels]]] = {
    "as it is": lambda photo: photo,
    "mirrored": mirrored,
    "cropped": cropped,
    "turned left": turned(TURNED),
    "turned right": turned(-TURNED),
    "lighter": exposed(1.0),
    "darker": exposed(-1.0),
    "compressed": compressed,
}


def photos(folder: Path) -> Iterator[tuple[str, Pixels, RoomType]]:
    """Every photo of a folder: its name, its pixels, reduced to ``LARGEST``, and its room type."""
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES):
        yield path.stem, reduced(decode(path)), room_of(path.stem)


def reduced(photo: Pixels) -> Pixels:
    """At most ``LARGEST`` pixels long."""
    height, width = photo.shape[:2]
    factor = min(1.0, LARGEST / max(height, width))
    size = round(width * factor), round(height * factor)
    return np.ascontiguousarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA)[..., :3])


def room_of(name: str) -> RoomType:
    """The room type that a file's name begins with; a living room where it names none."""
    return next((room for word, room in ROOMS.items() if name.lower().startswith(word)), RoomType.LIVING_ROOM)


def verdict(name: str, change: str, photo: Pixels, room_type: RoomType) -> Verdict:
    """Read and plan one photo, changed in one way."""
    changed, considered = CHANGES[change](photo), Considered()
    try:
        plan_room(read_room(changed), Brief(room_type, Style.MODERN), pieces(), changed, considered)
    except CannotStage as refused:
        return Verdict(name, change, REFUSED, refused.message)
    return Verdict(name, change, considered.step)


def flips(verdicts: Iterable[Verdict], *, refusals_only: bool = False) -> list[Verdict]:
    """Those that differ from the verdict on the photo as it is; ``refusals_only``: refused instead of planned, or the other way round."""
    verdicts = list(verdicts)
    as_they_are = {each.photo: each.step for each in verdicts if each.change == "as it is"}

    def differs(each: Verdict) -> bool:
        step = as_they_are[each.photo]
        return (step == REFUSED) != (each.step == REFUSED) if refusals_only else each.step != step

    return [each for each in verdicts if differs(each)]


def main(arguments: list[str]) -> int:
    """Exit code 1 where too many verdicts flip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", help="Only photos whose name holds this.", default="")
    asked = parser.parse_args(arguments)
    found: list[Verdict] = []
    with contextlib.suppress(BrokenPipeError):
        for name, photo, room_type in photos(asked.folder):
            if asked.only in name:
                found += [verdict(name, change, photo, room_type) for change in CHANGES]
                for each in found[-len(CHANGES) :]:
                    print(f"{each.photo:36} {each.change:14} {each.step} {each.words}", flush=True)
    changed = [each for each in found if each.change != "as it is"]
    share = len(flips(found)) / max(1, len(changed))
    refused = statistics.fmean(each.step == REFUSED for each in found) if found else 0.0
    print(
        f"{len(changed)} changed photos: {share:.1%} of the verdicts flip (at most {MOST_FLIPS:.0%}), "
        f"{len(flips(found, refusals_only=True)) / max(1, len(changed)):.1%} between planned and refused; {refused:.1%} refused in all"
    )
    return int(share > MOST_FLIPS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
