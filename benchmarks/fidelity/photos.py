"""Stagings of real photos that are known to be faithful, and the same with one thing of the house changed.

A folder holds PHOTO.original.png and any number of PHOTO.NAME.staged.png, as the local engine makes them: what it does not stage it
leaves byte-identical, so that where the furniture is, is known. Where walls and windows are is what the engine's room reading says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.read import read_room
from realstaging.engines.local.room.reading import Face, Opening, OpeningKind, RoomReading
from realstaging.fidelity.picture import lab
from realstaging.fidelity.picture import resized as resized_to
from realstaging.imaging.decode import decode
from realstaging.synthetic.staged.corruptions import Case, framed, other_pixels, toned
from realstaging.synthetic.staged.drawing import Mask, Pixels
from realstaging.synthetic.staged.pixels import blurred, generated, jpeg, resized

# Photos are taken at most so large (pixels of the long side): the gate looks at 1,024.
LONG_SIDE: Final = 1100
# Pixels that a change must show to be asked for.
VISIBLE: Final = 1200
PAINTS: Final = ((0.62, 0.78, 0.98), (0.75, 0.9, 0.75), (1.0, 0.82, 0.8), (0.8, 0.8, 0.8))
STAINS: Final = ((0.7, 0.7, 0.7), (0.6, 0.72, 0.95))
DOORS: Final = (OpeningKind.DOOR, OpeningKind.DOORWAY, OpeningKind.CLOSET)
# ΔE (lightness counted PALE times) within which a pixel of a wall has the wall's paint, and a floor's that of the floor.
PAINTED, STAINED, PALE = 7.0, 60.0, 0.6
# Share of the picture that a surface or an opening must show without furniture.
LEAST_SURFACE, LEAST_OPENING = 0.03, 0.004
# A rectified window: its sides in pixels.
TILE: Final = (200, 240)
# How far (metres) a window is moved, and how large an added one is: width, and from which height to which.
MOVED: Final = 0.4
WIDE, LOW, HIGH = 1.0, 0.9, 2.0

Corners = NDArray[np.float32]


class Pair(NamedTuple):
    photo: str
    number: int
    original: Path
    staged: Path

    def pictures(self) -> tuple[Pixels, Pixels]:
        """Both, of the same size."""
        original, staged = decode(self.original), decode(self.staged)
        scale = min(1.0, LONG_SIDE / max(original.shape))
        size = (round(original.shape[1] * scale), round(original.shape[0] * scale))
        return resized_to(original, size), resized_to(staged, size)


def pairs(folder: Path) -> list[Pair]:
    """Every staging of the folder with its photo."""
    staged = sorted(folder.glob("*.staged.png"))
    photos = [path.name.split(".")[0] for path in staged]
    return [
        Pair(photo, number, folder / f"{photo}.original.png", path)
        for number, (photo, path) in enumerate(zip(photos, staged, strict=True))
    ]


def cases(original: Pixels, staged: Pixels, number: int) -> Iterator[Case]:
    """What keeps the house, what moves the frame or the tone, and every change of the house that the photo shows."""
    yield from faithful(staged)
    yield from framed(staged, number)
    yield from toned(staged, number)
    for count, (family, what, picture) in enumerate(_changed(_Photo(original, staged, number))):
        changed = other_pixels(staged, picture)
        if int(changed.sum()) >= VISIBLE:
            yield Case(family, what, False, picture, changed)
            if (count + number) % 3 == 0:
                yield Case(family, f"{what}, simulated model", False, generated(picture), changed)


def faithful(staged: Pixels) -> Iterator[Case]:
    pictures = {
        "as made": staged,
        "JPEG 80": jpeg(staged, 80),
        "JPEG 60": jpeg(staged, 60),
        "blur": blurred(staged, 0.8),
        "half the pixels": resized(staged, 0.7),
        "simulated model": generated(staged),
    }
    for strength, picture in pictures.items():
        yield Case("faithful", strength, True, picture)


class _Photo:
    """A staged photo with what its room reading says. ``free``: where there is no furniture."""

    def __init__(self, original: Pixels, staged: Pixels, number: int) -> None:
        self.original, self.staged, self.number = original, staged, number
        self.reading: RoomReading = read_room(original)
        self.free = ~_furniture(original, staged)
        size = (original.shape[1], original.shape[0])
        self.faces: NDArray[np.uint8] = np.asarray(
            cv2.resize(self.reading.labels, size, interpolation=cv2.INTER_NEAREST)
        ).astype(np.uint8)
        self.windows = self.seen(OpeningKind.WINDOW)
        self.openings: Mask = np.zeros(self.free.shape, np.bool_)
        for opening in self.reading.openings:
            self.openings |= self.inside(self.corners(opening, 0.08))

    def seen(self, *kinds: OpeningKind) -> list[Opening]:
        """The first two of these openings that lie before the camera."""
        of_kind = [opening for opening in self.reading.openings if opening.kind in kinds]
        return [opening for opening in of_kind if self.corners(opening) is not None][:2]

    def corners(self, opening: Opening, wider: float = 0.0) -> Corners | None:
        """Upper left, upper right, lower right and lower left in pixels, as seen from the room; none where some lie behind the camera."""
        across, up = (opening.t1 - opening.t0) * wider, (opening.z1 - opening.z0) * wider
        along = np.array([opening.t0 - across, opening.t1 + across] * 2)[[0, 1, 3, 2]]
        height = np.array([opening.z1 + up, opening.z1 + up, opening.z0 - up, opening.z0 - up])
        points = self.reading.box.wall_point(opening.wall, along, np.maximum(height, 0))
        if (self.reading.camera.depth(points) < 0.2).any():
            return None
        return np.asarray(self.reading.project(points), np.float32)

    def inside(self, corners: Corners | None) -> Mask:
        filled = np.zeros(self.free.shape, np.uint8)
        if corners is not None:
            cv2.fillConvexPoly(filled, np.round(corners).astype(np.int32), 1)
        return filled > 0

    def surface(self, face: Face) -> Mask:
        """A wall, the ceiling or the floor as one would paint it: all of its colour, up to frames and fixtures."""
        here = self.faces == face
        for opening in self.reading.openings:
            if opening.kind is not OpeningKind.RADIATOR and face is not Face.FLOOR:
                here &= ~self.inside(self.corners(opening, -0.04))
        if not here.any():
            return np.asarray(here)
        colours = lab(blurred(self.original, 1.0))
        usual = np.median(colours[here], axis=0)
        near = here & (_apart(colours, usual) < (STAINED if face is Face.FLOOR else 2 * PAINTED))
        if face is not Face.FLOOR:
            near = here & (_apart(colours, _spread_out(colours, near)) < PAINTED)
        whole = cv2.morphologyEx(near.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5)))
        _, labels, statistics, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
        large = statistics[:, cv2.CC_STAT_AREA] > LEAST_OPENING * whole.size
        large[0] = False
        return np.asarray(large[labels])

    def without(self, opening: Opening) -> Pixels:
        """The opening, and its frame, given the colour of the wall around it."""
        hole = self.inside(self.corners(opening, 0.07)) & self.free
        wall = (
            self.free
            & ~self.openings
            & (self.faces == Face.Y_MAX if opening.wall == "Y+" else self.faces > Face.CEILING)
        )
        plain = _spread_out(self.staged.astype(np.float32), wall) + np.random.default_rng(0).normal(
            0, 1.2, self.staged.shape
        )
        result = self.staged.copy()
        result[hole] = np.clip(plain, 0, 255).astype(np.uint8)[hole]
        return result

    def tile(self, opening: Opening, wider: float) -> Pixels | None:
        """The opening seen straight on."""
        corners = self.corners(opening, wider)
        if corners is None:
            return None
        upright = cv2.getPerspectiveTransform(corners, _upright())
        return np.asarray(cv2.warpPerspective(self.original, upright, TILE, borderMode=cv2.BORDER_REPLICATE), np.uint8)

    def pasted(self, picture: Pixels, tile: Pixels, corners: Corners, where: Mask) -> Pixels:
        """The tile hung at those corners, behind the furniture."""
        size = (picture.shape[1], picture.shape[0])
        turned = cv2.warpPerspective(
            tile, cv2.getPerspectiveTransform(_upright(), corners), size, borderMode=cv2.BORDER_REPLICATE
        )
        result, chosen = picture.copy(), self.inside(corners) & where
        result[chosen] = turned[chosen]
        return result


def _changed(photo: _Photo) -> Iterator[tuple[str, str, Pixels]]:
    """Family, what, and the picture."""
    yield from _painted(photo)
    for kind, openings in (("window", photo.windows), ("door", photo.seen(*DOORS))):
        for opening in openings:
            if (photo.inside(photo.corners(opening)) & photo.free).mean() > LEAST_OPENING:
                yield f"{kind} removed", opening.wall, photo.without(opening)
    for window in photo.windows:
        yield from _other_window(photo, window)
    yield "detail removed", "busiest", _inpainted(photo)


def _painted(photo: _Photo) -> Iterator[tuple[str, str, Pixels]]:
    for face in Face:
        where = photo.surface(face) & photo.free
        if where.mean() < LEAST_SURFACE:
            continue
        gains = STAINS[photo.number % 2] if face is Face.FLOOR else PAINTS[photo.number % 4]
        share = cv2.GaussianBlur(where.astype(np.float32), (0, 0), 0.6)[..., None]
        painted = photo.staged * (1 - share) + np.clip(photo.staged * np.array(gains), 0, 255) * share
        family = "wall painted" if face > Face.CEILING else f"{face.name.lower()} painted"
        yield family, face.name.lower(), painted.astype(np.uint8)


def _other_window(photo: _Photo, window: Opening) -> Iterator[tuple[str, str, Pixels]]:
    """Its view mirrored between the same white frames; the window elsewhere on its wall; one more of it on a free wall."""
    corners, view, whole = photo.corners(window, -0.04), photo.tile(window, -0.04), photo.tile(window, 0.03)
    if corners is None or view is None or whole is None:
        return
    colours = lab(photo.original)
    white = (colours[..., 0] > 86) & (np.hypot(colours[..., 1], colours[..., 2]) < 5)
    yield "view replaced", "mirrored", photo.pasted(photo.staged, view[:, ::-1], corners, photo.free & ~white)
    way = MOVED if window.t1 + MOVED < photo.reading.box.wall_length(window.wall) else -MOVED
    elsewhere = photo.corners(replace(window, t0=window.t0 + way, t1=window.t1 + way), 0.03)
    if elsewhere is not None:
        yield "window moved", f"{MOVED} m", photo.pasted(photo.without(window), whole, elsewhere, photo.free)
    free_place = _free_place(photo, window)
    if free_place is not None:
        yield "window added", "one", photo.pasted(photo.staged, whole, free_place, photo.free)


def _free_place(photo: _Photo, window: Opening) -> Corners | None:
    """Where one more window shows best: mostly before no furniture and over no other opening."""
    free = photo.free & ~photo.openings
    best: tuple[float, Corners] | None = None
    for wall in ("Y+", "X-", "X+"):
        for start in np.linspace(0.3, max(0.3, photo.reading.box.wall_length(wall) - WIDE - 0.4), 8):
            place = replace(window, wall=wall, t0=float(start), t1=float(start) + WIDE, z0=LOW, z1=HIGH)
            corners = photo.corners(place)
            inside = photo.inside(corners)
            if corners is None or inside.mean() < 0.012 or (free & inside).sum() < 0.6 * inside.sum():
                continue
            shown = float((free & inside).mean())
            if best is None or shown > best[0]:
                best = (shown, corners)
    return best[1] if best else None


def _inpainted(photo: _Photo) -> Pixels:
    """What has the most edges in a tenth of the picture's width, and no furniture, painted over by what is around it."""
    height, width = photo.free.shape
    side = width // 10
    edges = cv2.Canny(cv2.cvtColor(photo.original, cv2.COLOR_RGB2GRAY), 60, 120) > 0
    count = cv2.blur(edges.astype(np.float32), (side, side))
    touched = cv2.blur((photo.original != photo.staged).any(axis=2).astype(np.float32), (side, side))
    count[(touched > 0.02) | (np.arange(height) > 0.7 * height)[:, None]] = 0
    count[:side], count[height - side :], count[:, :side], count[:, width - side :] = 0, 0, 0, 0
    y, x = np.unravel_index(int(np.argmax(count)), count.shape)
    hole = np.zeros((height, width), np.uint8)
    hole[y - side // 2 : y + side // 2, x - side // 2 : x + side // 2] = 255
    return np.asarray(cv2.inpaint(photo.staged, hole, 5, cv2.INPAINT_TELEA), dtype=np.uint8)


def _furniture(original: Pixels, staged: Pixels) -> Mask:
    """What changed and is no shadow: shadows take the same share of all three colours, and take it gradually."""
    changed = np.abs(original.astype(int) - staged).max(axis=2) > 3
    share = cv2.GaussianBlur((staged.astype(np.float32) + 4) / (original.astype(np.float32) + 4), (0, 0), 1.2)
    mean = share.mean(axis=2)
    slope = np.hypot(cv2.Sobel(mean, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(mean, cv2.CV_32F, 0, 1) / 8)
    shadow = (np.ptp(share, axis=2) < 0.035) & (mean > 0.5) & (mean < 1.02) & (slope < 0.012)
    shadow = cv2.morphologyEx(shadow.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5))) > 0
    things = cv2.morphologyEx((changed & ~shadow).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2)))
    things = cv2.morphologyEx(things, cv2.MORPH_CLOSE, np.ones((5, 5)))
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(1 - things, connectivity=4)
    for hole in range(1, count):
        inside = labels == hole
        if statistics[hole, cv2.CC_STAT_AREA] < 0.015 * things.size and changed[inside].mean() > 0.3:
            things[inside] = 1
    return things > 0


def _spread_out(plane: NDArray[np.float32], where: Mask) -> NDArray[np.float32]:
    """The colours of ``where``, carried on smoothly to all other pixels; far from any, their median."""
    weight = where.astype(np.float32)
    carried = cv2.GaussianBlur(plane * weight[..., None], (0, 0), 32)
    reached = cv2.GaussianBlur(weight, (0, 0), 32)[..., None]
    usual = np.median(plane[where], axis=0) if where.any() else np.full(3, 200, np.float32)
    return np.asarray(np.where(reached > 2e-3, carried / np.maximum(reached, 1e-3), usual), np.float32)


def _apart(colours: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.linalg.norm((colours - other) * np.array([PALE, 1, 1], np.float32), axis=2), np.float32)


def _upright() -> Corners:
    across, down = TILE
    return np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32)
