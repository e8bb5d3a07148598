"""Everything a model is known to do to a house, each alone and at graded strength, and what it may do without harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.fidelity import rooms
from benchmarks.fidelity.rooms import Patch, Pixels, Room

# What a change to the house must show, in pixels of the render, to be asked for at all: behind a sofa nobody can see it.
VISIBLE = 250


class Case(NamedTuple):
    """``family`` groups what is reported together; ``faithful`` ones must pass."""

    family: str
    strength: str
    faithful: bool
    picture: Pixels


def cases(scene: Room, staged: Pixels) -> Iterator[Case]:
    """Every case of one room. ``staged`` is its faithful staging."""
    yield from _faithful(scene, staged)
    yield from _framed(staged)
    yield from _toned(staged)
    for name, strength, altered in _rebuilt(scene):
        picture, _ = rooms.render(altered, furnished=True, noise=1)
        if int((np.abs(picture.astype(int) - staged).max(2) > 12).sum()) > VISIBLE:
            yield Case(name, strength, False, picture)
            if name in {"repaint", "window removed", "view"}:
                yield Case(name, f"{strength}, simulated model", False, generated(picture))


def generated(picture: Pixels, zoom: float = 0.0) -> Pixels:
    """What a diffusion model does to all pixels alike: another size and back, a little tone, JPEG."""
    height, width = picture.shape[:2]
    result = _warped(picture, _zoom(1 + zoom, width, height)) if zoom else picture
    result = np.clip(result * np.array([1.02, 1.0, 0.985]) + 1, 0, 255).astype(np.uint8)
    return _jpeg(_resized(result, 0.82), 88)


def _faithful(scene: Room, staged: Pixels) -> Iterator[Case]:
    yield Case("faithful", "as rendered", True, staged)
    yield Case("faithful", "JPEG 80", True, _jpeg(staged, 80))
    yield Case("faithful", "blur", True, np.asarray(cv2.GaussianBlur(staged, (0, 0), 0.8)))
    yield Case("faithful", "three quarters of the size", True, _resized(staged, 0.75))
    yield Case("faithful", "simulated model", True, generated(staged))
    other = replace(scene, furniture=rooms.room(scene.seed + 500).furniture)
    yield Case("faithful", "other furniture", True, rooms.render(other, furnished=True, noise=2)[0])


def _framed(staged: Pixels) -> Iterator[Case]:
    height, width = staged.shape[:2]
    diagonal = float(np.hypot(width, height))
    for share in (0.0025, 0.005, 0.02):
        move = np.array([[1, 0, share * diagonal], [0, 1, 0], [0, 0, 1]])
        yield Case("shift", f"{share:.2%}", False, _warped(staged, move))
    for share in (0.005, 0.02, 0.08):
        yield Case("zoom", f"{share:.1%}", False, _warped(staged, _zoom(1 + share, width, height)))
    cut = int(0.07 * width)
    yield Case("crop", "7 % of one side", False, staged[:, cut:].copy())
    yield Case("aspect", "5 %", False, np.asarray(cv2.resize(staged, (int(width * 0.95), height))))
    for degrees in (0.5, 1.0):
        turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1), [0, 0, 1]])
        yield Case("rotate", f"{degrees}°", False, _warped(staged, turn))
    yield Case("warp", "1 % of the diagonal", False, _bent(staged, 0.01 * diagonal))
    yield Case("zoom", "2 %, simulated model", False, generated(staged, 0.02))


def _toned(staged: Pixels) -> Iterator[Case]:
    yield Case("tone", "warm", False, _scaled(staged, (1.06, 1.0, 0.9)))
    yield Case("tone", "15 % darker", False, _scaled(staged, (0.85, 0.85, 0.85)))
    yield Case("tone", "cool, simulated model", False, generated(_scaled(staged, (0.92, 1.0, 1.06))))


def _rebuilt(scene: Room) -> Iterator[tuple[str, str, Room]]:
    blue, grey, green = (0.5, 0.62, 0.78), (0.5, 0.5, 0.5), (0.6, 0.72, 0.6)
    for wall, name in enumerate(("left", "back", "right")):
        walls = [*scene.walls]
        walls[wall] = blue
        yield "repaint", f"{name} wall blue", replace(scene, walls=(walls[0], walls[1], walls[2]))
    yield "repaint", "all walls green", replace(scene, walls=(green, green, green))
    yield "repaint", "floor grey", replace(scene, floor=grey)
    yield "window removed", "one", rooms.without(scene, "window", 0)
    yield "window moved", "0.4 m", _moved(scene)
    yield "window added", "one", _added(scene)
    yield "view", "replaced", rooms.changed(scene, "window", 0, seed=scene.seed + 4242)
    yield "door removed", "one", rooms.without(scene, "door")
    yield "fixture removed", "vent", rooms.without(scene, "vent")
    yield "fixture removed", "sconce", rooms.without(scene, "sconce")
    yield "fixture removed", "radiator", rooms.without(scene, "radiator")
    yield "skirting lost", "all", replace(scene, skirting=False)


def _moved(scene: Room) -> Room:
    window = next(patch for patch in scene.patches if patch.kind == "window")
    return rooms.changed(scene, "window", 0, u=window.u + 0.4)


def _added(scene: Room) -> Room:
    wall = 0 if next(patch for patch in scene.patches if patch.kind == "door").wall == 2 else 2
    return replace(scene, patches=(*scene.patches, Patch("window", wall, scene.depth * 0.3, 1.0, 0.9, 1.1, scene.seed)))


def _warped(picture: Pixels, matrix: NDArray[np.float64]) -> Pixels:
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT))


def _zoom(scale: float, width: int, height: int) -> NDArray[np.float64]:
    return np.array([[scale, 0, (1 - scale) * width / 2], [0, scale, (1 - scale) * height / 2], [0, 0, 1]])


def _bent(picture: Pixels, way: float) -> Pixels:
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bump = np.sin(2 * np.pi * x / width * 1.5) * np.sin(2 * np.pi * y / height * 1.5)
    moved = (x + way * bump).astype(np.float32)
    return np.asarray(cv2.remap(picture, moved, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT))


def _scaled(picture: Pixels, gains: tuple[float, float, float]) -> Pixels:
    return np.asarray(np.clip(picture * np.array(gains) + 0.5, 0, 255), dtype=np.uint8)


def _resized(picture: Pixels, scale: float) -> Pixels:
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def _jpeg(picture: Pixels, quality: int) -> Pixels:
    _, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return np.ascontiguousarray(decoded[..., ::-1], dtype=np.uint8)
