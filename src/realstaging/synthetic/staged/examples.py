"""Pairs of pictures for teaching the network: drawn rooms of which anything may change, with what changed at each pixel.

Rooms, furniture and changes are more varied than those that anything is measured on, and photographed worse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import IntEnum
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.synthetic.staged.corruptions import other_pixels
from realstaging.synthetic.staged.drawing import Drawing, Furnished, Pixels
from realstaging.synthetic.staged.furniture import Colour, Solid, box, furnish, pictures, unhung
from realstaging.synthetic.staged.pixels import blurred, jpeg
from realstaging.synthetic.staged.rooms import FLOORS, Patch, Room, room

# Long sides (pixels) that rooms are drawn at; and how many furnishings of each room with how many houses.
DRAWN: Final = (512, 720)
FURNISHINGS, HOUSES = 3, 4
# Share of the pairs whose house is unchanged, and the most changes of another.
FAITHFUL, MOST_CHANGES = 0.3, 3
# Thickness (metres) of a bookcase's boards.
BOARD: Final = 0.025

Truth = NDArray[np.uint8]


class Change(IntEnum):
    """What became of a pixel, numbered as the network of `fidelity/` tells it."""

    NOTHING = 0
    FURNITURE = 1
    PAINT = 2
    FIXTURE = 3


class Example(NamedTuple):
    """Two uint8 sRGB pictures and the `Change` at each pixel, all of one size."""

    original: Pixels
    staged: Pixels
    truth: Truth


def examples(seed: int) -> Iterator[Example]:
    """Of one room. Same seed, same pairs."""
    rng = np.random.default_rng(seed + 900_001)
    scene = _photographed(room(seed), rng)
    drawing = Drawing(scene)
    original = drawing.empty()
    weave = _weave(original.shape[:2], rng)
    for _ in range(FURNISHINGS):
        furnished = drawing.furnished(_furnishing(scene, rng))
        for _ in range(HOUSES):
            staged, truth = _staged(drawing, furnished, rng)
            woven = np.where(truth[..., None] == Change.FURNITURE, staged, _times(staged, weave))
            yield _developed(_times(original, weave), np.asarray(woven, np.uint8), truth, rng)


def _photographed(scene: Room, rng: np.random.Generator) -> Room:
    """Smaller, and now and then with other doors and windows than rooms have."""
    scale = rng.uniform(*DRAWN) / max(scene.size)
    scene = replace(scene, size=(round(scene.size[0] * scale), round(scene.size[1] * scale)))
    if rng.random() < 0.3:
        scene = replace(scene, patches=(*scene.patches, _patch(scene, "window", rng)))
    if rng.random() < 0.2:
        scene = replace(scene, walls=(_paint(rng), _paint(rng), _paint(rng)))
    return scene


def _staged(drawing: Drawing, furnished: Furnished, rng: np.random.Generator) -> tuple[Pixels, Truth]:
    scene, noise = drawing.scene, int(rng.integers(1, 1000))
    truth = np.where(furnished.mask, Change.FURNITURE, Change.NOTHING).astype(np.uint8)
    sound = drawing.staged(furnished, scene, noise)
    if rng.random() < FAITHFUL:
        return sound, truth
    painted = _painted(scene, rng) if rng.random() < 0.4 else scene
    rebuilt = painted
    for _ in range(int(rng.integers(0 if painted is not scene else 1, MOST_CHANGES + 1))):
        rebuilt = _rebuilt(rebuilt, rng)
    in_paint = drawing.staged(furnished, painted, noise) if painted is not scene else sound
    picture = drawing.staged(furnished, rebuilt, noise) if rebuilt is not painted else in_paint
    bare = truth == Change.NOTHING
    truth[other_pixels(sound, in_paint) & bare] = Change.PAINT
    truth[other_pixels(in_paint, picture) & bare] = Change.FIXTURE
    return picture, truth


def _painted(scene: Room, rng: np.random.Generator) -> Room:
    which = rng.random()
    if which < 0.3:
        return _floored(scene, rng)
    if which < 0.4:
        return replace(scene, ceiling=_paint(rng))
    paint, walls = _other_paint(scene.walls[0], rng), [*scene.walls]
    for wall in range(3) if which > 0.85 else (int(rng.integers(3)),):
        walls[wall] = paint
    return replace(scene, walls=(walls[0], walls[1], walls[2]))


def _floored(scene: Room, rng: np.random.Generator) -> Room:
    floor, kind = FLOORS[int(rng.integers(len(FLOORS)))]
    if rng.random() < 0.5:
        return replace(scene, floor=_other_paint(scene.floor, rng))
    return replace(scene, floor=floor, floor_kind=kind)


def _rebuilt(scene: Room, rng: np.random.Generator) -> Room:
    """One opening or fixture more, less, elsewhere or of another look."""
    patches = list(scene.patches)
    which = int(rng.integers(len(patches)))
    # Windows and doors more often than switches.
    if rng.random() < 0.6:
        large = [n for n, patch in enumerate(patches) if patch.kind in {"window", "door"}]
        which = large[int(rng.integers(len(large)))] if large else which
    chosen, how = patches[which], rng.random()
    if how < 0.3:
        patches.pop(which)
    elif how < 0.5:
        patches[which] = replace(chosen, seed=chosen.seed + int(rng.integers(1, 9999)))
    elif how < 0.7:
        way = float(rng.uniform(0.15, 0.8)) * (1 if rng.random() < 0.5 else -1)
        patches[which] = replace(chosen, u=chosen.u + way)
    elif how < 0.75:
        patches[which] = replace(chosen, wide=chosen.wide * float(rng.uniform(0.6, 1.5)))
    elif how < 0.8:
        return replace(scene, skirting=0.0 if rng.random() < 0.7 else scene.skirting * 0.5)
    else:
        kind = str(rng.choice(["window", "window", "window", "door", "radiator", "vent", "sconce"]))
        patches.append(_patch(scene, kind, rng))
    return replace(scene, patches=tuple(patches)) if patches else scene


def _patch(scene: Room, kind: str, rng: np.random.Generator) -> Patch:
    """One of that kind, anywhere on the three walls."""
    wall = int(rng.integers(3))
    long = scene.width if wall == 1 else scene.depth
    spans = {
        "window": ((0.6, 1.8), (0.8, 1.6), (0.5, 1.1)),
        "door": ((0.75, 1.0), (1.95, 2.1), (0.0, 0.01)),
        "radiator": ((0.6, 1.4), (0.3, 0.6), (0.1, 0.15)),
        "vent": ((0.25, 0.5), (0.15, 0.25), (2.0, 2.1)),
        "sconce": ((0.1, 0.2), (0.25, 0.4), (1.5, 1.7)),
    }[kind]
    wide, tall, low = (float(rng.uniform(*span)) for span in spans)
    along = float(rng.uniform(0.02, 0.95)) * max(0.1, long - wide)
    if wall != 1:
        along = max(along, 0.25 * long)
    tall = min(tall, scene.height - low - 0.15)
    return Patch(kind, wall, along, low, wide, tall, int(rng.integers(1_000_000)))


def _furnishing(scene: Room, rng: np.random.Generator) -> tuple[Solid, ...]:
    """Furniture of any room, pictures, and things that look like windows and are none."""
    seed = int(rng.integers(1_000_000))
    pieces = furnish(seed, scene.width, scene.depth, scene.height)
    if rng.random() < 0.6:
        pieces = unhung(pieces) + pictures(seed, scene.width, scene.depth)
    if rng.random() < 0.5:
        pieces += _windowlike(scene, rng)
    if rng.random() < 0.15:
        pieces += furnish(seed + 1, scene.width * 0.9, scene.depth * 0.8, scene.height)
    if rng.random() < 0.1:
        pieces = pieces[: int(rng.integers(1, len(pieces)))]
    return pieces


def _windowlike(scene: Room, rng: np.random.Generator) -> tuple[Solid, ...]:
    """A bookcase with bays, a mirror, a television, a screen or curtains, at some wall."""
    wall = int(rng.integers(3))
    long = scene.width if wall == 1 else scene.depth
    place = _Place(scene, wall, float(rng.uniform(0.12, 0.88) if wall == 1 else rng.uniform(0.3, 0.85)) * long)
    makers = (_bookcase, _bookcase, _mirror, _mirror, _television, _screen, _curtains)
    return makers[int(rng.integers(len(makers)))](place, rng)


class _Place(NamedTuple):
    """At a wall of a room, so many metres along it."""

    scene: Room
    wall: int
    along: float

    def board(
        self,
        aside: float,
        wide: float,
        deep: float,
        heights: tuple[float, float],
        colour: Colour,
        look: str = "plain",
    ) -> Solid:
        """A box whose back is at the wall, ``aside`` metres from here."""
        along, (low, high) = self.along + aside, heights
        if self.wall == 1:
            middle = self.scene.depth - deep / 2
            return box(along - self.scene.width / 2, middle, wide, deep, low, high, colour, 90, look)
        x = (self.wall - 1) * (self.scene.width / 2 - deep / 2)
        return box(x, along, deep, wide, low, high, colour, 90, look)


def _bookcase(place: _Place, rng: np.random.Generator) -> tuple[Solid, ...]:
    hue = _any_colour(rng)
    wide, tall, deep = (float(rng.uniform(*span)) for span in ((0.6, 1.8), (0.9, 2.2), (0.22, 0.4)))
    bays, rows = int(rng.integers(1, 4)), int(rng.integers(2, 6))
    back = place.board(0, wide, 0.02, (0.0, tall), hue if rng.random() < 0.5 else (0.92, 0.92, 0.9))
    sides = [place.board((bay / bays - 0.5) * (wide - BOARD), BOARD, deep, (0.0, tall), hue) for bay in range(bays + 1)]
    lows = [row / rows * (tall - BOARD) for row in range(rows + 1)]
    shelves = [place.board(0, wide, deep, (low, low + BOARD), hue) for low in lows]
    books = [
        _book(place, wide, deep * 0.7, low + BOARD, tall / rows - BOARD, rng)
        for low in lows[:-1]
        for _ in range(int(rng.integers(0, 4)))
    ]
    return (back, *sides, *shelves, *books)


def _book(place: _Place, wide: float, deep: float, low: float, most: float, rng: np.random.Generator) -> Solid:
    high = low + float(rng.uniform(0.3, 0.9)) * most
    aside, thick = float(rng.uniform(-0.45, 0.45)) * wide, float(rng.uniform(0.03, 0.2))
    return place.board(aside, thick, deep, (low, high), _any_colour(rng))


def _curtains(place: _Place, rng: np.random.Generator) -> tuple[Solid, ...]:
    cloth, top, apart = _any_colour(rng), min(place.scene.height - 0.1, 2.6), float(rng.uniform(0.5, 1.2))
    return tuple(
        place.board(way * apart, float(rng.uniform(0.25, 0.7)), 0.1, (0.02, top), cloth, "folds") for way in (-1, 1)
    )


def _screen(place: _Place, rng: np.random.Generator) -> tuple[Solid, ...]:
    hue, panel = _any_colour(rng), float(rng.uniform(0.4, 1.5)) / 3
    return tuple(place.board(way * panel, panel * 0.97, 0.05, (0.0, 1.8), hue, "weave") for way in (-1, 0, 1))


def _television(place: _Place, rng: np.random.Generator) -> tuple[Solid, ...]:
    wide, middle = float(rng.uniform(0.4, 1.5)), float(rng.uniform(1.2, 1.7))
    tall = wide * 0.56
    return (place.board(0, wide, 0.06, (middle - tall / 2, middle + tall / 2), (0.03, 0.03, 0.04)),)


def _mirror(place: _Place, rng: np.random.Generator) -> tuple[Solid, ...]:
    """Its glass is of one look, or of folds or a weave, as what it reflects is."""
    wide, tall, middle = (float(rng.uniform(*span)) for span in ((0.4, 1.5), (0.5, 1.4), (1.2, 1.7)))
    low, glass = max(0.05, middle - tall / 2), float(rng.uniform(0.4, 0.95))
    high, inset = low + tall, float(rng.uniform(0.02, 0.06))
    frame = ((0.1, 0.1, 0.1), (0.95, 0.95, 0.95), (0.6, 0.45, 0.2))[int(rng.integers(3))]
    shine = (glass, glass, min(1.0, glass * float(rng.uniform(0.95, 1.05))))
    return (
        place.board(0, wide, 0.05, (low, high), frame),
        place.board(
            0, wide - 2 * inset, 0.06, (low + inset, high - inset), shine, str(rng.choice(["plain", "weave", "folds"]))
        ),
    )


def _other_paint(paint: Colour, rng: np.random.Generator) -> Colour:
    """Anything from nearly the same to any colour."""
    if rng.random() < 0.5:
        gains = rng.uniform(0.7, 1.15) * rng.uniform(0.85, 1.1, 3)
        red, green, blue = (float(value) for value in np.clip(np.array(paint) * gains, 0.05, 0.97))
        return red, green, blue
    return _paint(rng)


def _paint(rng: np.random.Generator) -> Colour:
    shade = float(rng.uniform(0.3, 0.95))
    red, green, blue = (float(value) for value in np.clip(shade * rng.uniform(0.75, 1.1, 3), 0.05, 0.97))
    return red, green, blue


def _any_colour(rng: np.random.Generator) -> Colour:
    red, green, blue = (float(value) for value in rng.uniform(0.05, 0.95) * rng.uniform(0.7, 1.0, 3))
    return red, green, blue


def _weave(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float32]:
    """What the house's surfaces are multiplied by, before and after alike: nothing, blotches, or courses as bricks have."""
    kind = rng.random()
    plane = np.ones(shape, np.float32)
    if kind < 0.5:
        return plane
    noise = rng.standard_normal(shape).astype(np.float32)
    if kind < 0.8:
        sigma = float(rng.uniform(1, 12))
        noise = cv2.GaussianBlur(noise, (0, 0), sigma) * sigma * 2
        return np.asarray(np.clip(1 + float(rng.uniform(0.02, 0.12)) * noise, 0.5, 1.5), np.float32)
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    course = float(rng.uniform(7, 20))
    row = np.floor((y + float(rng.uniform(-0.2, 0.2)) * x) / course)
    along = x / (2.5 * course) + 0.5 * (row % 2)
    joint = ((y + 0.0 * x) / course % 1 < 0.15) | (along % 1 < 0.06)
    tone = np.sin(row * 127.1 + np.floor(along) * 311.7) * 43758.5
    plane += float(rng.uniform(0.05, 0.25)) * ((tone % 1) - 0.5) - float(rng.uniform(0, 0.3)) * joint
    upper = cv2.GaussianBlur((y < shape[0] * rng.uniform(0.4, 1.0)).astype(np.float32), (0, 0), 1.0)
    return np.asarray(1 + (plane - 1) * upper, np.float32)


def _times(picture: Pixels, plane: NDArray[np.float32]) -> Pixels:
    return np.asarray(np.clip(picture * plane[..., None], 0, 255), np.uint8)


def _developed(original: Pixels, staged: Pixels, truth: Truth, rng: np.random.Generator) -> Example:
    """One camera's tone for both, and what models and compression do to the second."""
    gamma, contrast, gains = rng.uniform(0.75, 1.3), rng.uniform(0.8, 1.15), rng.uniform(0.93, 1.07, 3)

    def toned(picture: Pixels) -> Pixels:
        linear = np.clip(((picture / 255.0) ** gamma - 0.5) * contrast + 0.5, 0, 1) * gains
        return np.asarray(np.clip(linear * 255 + 0.5, 0, 255), np.uint8)

    original, staged = toned(original), toned(staged)
    if rng.random() < 0.3:
        staged = np.asarray(np.clip(staged * rng.uniform(0.97, 1.03, 3) + rng.uniform(-3, 3), 0, 255), np.uint8)
    if rng.random() < 0.5:
        move = np.array([[1, 0, rng.uniform(-0.8, 0.8)], [0, 1, rng.uniform(-0.8, 0.8)]], np.float32)
        size = (staged.shape[1], staged.shape[0])
        moved = cv2.warpAffine(staged, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        staged = np.asarray(moved, np.uint8)
    if rng.random() < 0.6:
        staged = blurred(staged, float(rng.uniform(0.3, 1.0)))
    if rng.random() < 0.3:
        original = blurred(original, float(rng.uniform(0.3, 0.8)))
    if rng.random() < 0.6:
        staged = jpeg(staged, int(rng.integers(55, 96)))
    return Example(original, staged, truth)
