"""Everything a model is known to do to a house, each alone and at graded strength, and what it may do without harm.

Every room has every family; of a family's strengths each room has some, so that 24 rooms have all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

import numpy as np

from realstaging.synthetic.staged import rooms
from realstaging.synthetic.staged.drawing import Drawing, Furnished, Mask, Pixels
from realstaging.synthetic.staged.furniture import furnish, raised, unhung
from realstaging.synthetic.staged.pixels import bent, blurred, cast, generated, jpeg, resized, turned, warped, zoomed
from realstaging.synthetic.staged.rooms import Patch, Room
from realstaging.synthetic.staged.strangers import with_caption, with_person

T = TypeVar("T")
# What a change to the house must show, in pixels of the drawing, to be asked for at all: behind a sofa nobody can see it.
# Fixtures are small; of a window or a wall a sliver at the edge is not enough for a person either.
VISIBLE_FIXTURE, VISIBLE = 250, 1200
BLUE, GREEN, ROSE = (0.5, 0.62, 0.78), (0.6, 0.72, 0.6), (0.8, 0.66, 0.64)


class Case(NamedTuple):
    """``family`` groups what is reported together; ``faithful`` ones must pass."""

    family: str
    strength: str
    faithful: bool
    picture: Pixels
    changed: Mask | None = None
    """Where the house is another one, if only a part of it is."""


class House(NamedTuple):
    """A changed house, not yet drawn."""

    family: str
    strength: str
    scene: Room
    bare_walls: bool = False
    """Whether no picture is hung: none hangs across a window."""


def cases(scene: Room, drawing: Drawing) -> Iterator[Case]:
    """Every case of one room."""
    furnished = drawing.furnished()
    staged = drawing.staged(furnished)
    yield from _faithful(scene, drawing, staged)
    yield from framed(staged, scene.seed)
    yield from toned(staged, scene.seed)
    yield from _rebuilt(scene, drawing, furnished, staged)
    yield from _misplaced(scene, drawing)
    yield from _strangers(scene.seed, staged)


def _faithful(scene: Room, drawing: Drawing, staged: Pixels) -> Iterator[Case]:
    other = drawing.staged(
        drawing.furnished(furnish(scene.seed + 500, scene.width, scene.depth, scene.height)), noise=2
    )
    pictures = {
        "as drawn": staged,
        "JPEG 80": jpeg(staged, 80),
        "JPEG 60": jpeg(staged, 60),
        "blur": blurred(staged, 0.8),
        "half the pixels": resized(staged, 0.7),
        "simulated model": generated(staged),
        "other furniture": other,
        "other furniture, simulated model": generated(other),
    }
    for strength, picture in pictures.items():
        yield Case("faithful", strength, True, picture)


def framed(staged: Pixels, seed: int) -> Iterator[Case]:
    """The frame changed. ``seed`` chooses the strengths."""
    height, width = staged.shape[:2]
    diagonal = float(np.hypot(width, height))
    for share in _some((0.0025, 0.02, 0.005, 0.01), seed, 2):
        move = np.array([[1, 0, share * diagonal * 0.8], [0, 1, share * diagonal * 0.6], [0, 0, 1]])
        yield Case("shift", f"{share:.2%}", False, warped(staged, move))
    for share in _some((0.005, 0.02, 0.01, 0.08, 0.04), seed, 2):
        yield Case("zoom", f"{share:.1%}", False, zoomed(staged, 1 + share))
    for share in _some((0.07, 0.15), seed, 1):
        yield Case("crop", f"{share:.0%} of one side", False, staged[:, int(share * width) :].copy())
    for share in _some((0.05, 0.08), seed, 1):
        yield Case("aspect", f"{share:.0%}", False, resized(staged, 1 - share, 1.0))
    for degrees in _some((0.5, 1.0, 2.0), seed, 1):
        yield Case("rotate", f"{degrees}°", False, turned(staged, degrees))
    for share in _some((0.005, 0.01), seed, 1):
        yield Case("warp", f"{share:.1%} of the diagonal", False, bent(staged, share * diagonal))


def toned(staged: Pixels, seed: int) -> Iterator[Case]:
    """The photo's colours changed as a whole."""
    gains = {
        "8 % darker": (0.92, 0.92, 0.92),
        "15 % darker": (0.85, 0.85, 0.85),
        "12 % brighter": (1.12, 1.12, 1.12),
    }
    casts = {
        "warm": (1.06, 1.0, 0.9),
        "cool": (0.92, 1.0, 1.06),
        "green": (0.96, 1.03, 0.96),
        "slightly warm": (1.04, 1, 0.95),
    }
    for name in _some(tuple(gains), seed, 1):
        yield Case("tone", name, False, cast(staged, gains[name]))
    for name in _some(tuple(casts), seed, 1):
        yield Case("hue", name, False, cast(staged, casts[name]))
        yield Case("hue", f"{name}, simulated model", False, generated(cast(staged, casts[name])))


def _rebuilt(scene: Room, drawing: Drawing, furnished: Furnished, staged: Pixels) -> Iterator[Case]:
    bare = drawing.furnished(unhung(scene.furniture))
    for number, house in enumerate(_houses(scene)):
        things = bare if house.bare_walls else furnished
        picture = drawing.staged(things, house.scene)
        sound = drawing.staged(bare) if house.bare_walls else staged
        changed = other_pixels(sound, picture)
        if int(changed.sum()) <= (VISIBLE_FIXTURE if "fixture" in house.family else VISIBLE):
            continue
        yield Case(house.family, house.strength, False, picture, changed)
        if (number + scene.seed) % 3 == 0:
            yield Case(house.family, f"{house.strength}, simulated model", False, generated(picture), changed)
    everything = _everything(scene)
    yield Case("all together", "zoom 2 %", False, generated(drawing.staged(furnished, everything), 0.02))


def other_pixels(sound: Pixels, picture: Pixels) -> Mask:
    """Where two pictures differ by more than noise and compression make."""
    return np.asarray(np.abs(picture.astype(int) - sound).max(axis=2) > 12)


def _houses(scene: Room) -> Iterator[House]:
    seed = scene.seed
    red, green, blue = scene.walls[0]
    paint = (BLUE, GREEN, ROSE, (0.8 * red, 0.8 * green, 0.8 * blue))[seed % 4]
    how = ("blue", "green", "rose", "20 % darker")[seed % 4]
    for wall, name in enumerate(("left", "back", "right")):
        walls = [*scene.walls]
        walls[wall] = paint
        yield House("one wall", f"{name}, {how}", replace(scene, walls=(walls[0], walls[1], walls[2])))
    yield House("all walls", how, replace(scene, walls=(paint, paint, paint)))
    grey = 0.5 if sum(scene.floor) < 1.35 else 0.25
    yield House("floor", "grey", replace(scene, floor=(grey, grey, grey)))
    yield House("window removed", "one", rooms.without(scene, "window", 0))
    yield House("window moved", "0.4 m", rooms.changed(scene, "window", 0, u=_window(scene).u + 0.4))
    yield House("window added", "one", _added(scene), bare_walls=True)
    yield House("view replaced", "one", rooms.changed(scene, "window", 0, seed=seed + 4242))
    yield House("door removed", "one", rooms.without(scene, "door"))
    for kind in ("vent", "sconce", "radiator", "switch"):
        if rooms.has(scene, kind):
            yield House("fixture removed", kind, rooms.without(scene, kind))
    yield House("skirting lost", "all", replace(scene, skirting=0.0))


def _everything(scene: Room) -> Room:
    walls = (GREEN, scene.walls[1], scene.walls[2])
    return rooms.without(replace(scene, walls=walls, skirting=0.0), "window", 0)


def _misplaced(scene: Room, drawing: Drawing) -> Iterator[Case]:
    """Stagings wrong in themselves, one kind a room."""
    if scene.seed % 2:
        yield Case("nothing changed", "simulated model", False, generated(drawing.empty(noise=3)))
    else:
        floating = drawing.furnished(raised(scene.furniture[1:6], 0.5))
        yield Case("floating", "0.5 m", False, drawing.staged(floating))


def _strangers(seed: int, staged: Pixels) -> Iterator[Case]:
    """Somebody in the room, and letters across it."""
    for tall in _some((0.5, 0.65), seed, 1):
        yield Case("person", f"{tall:.0%} of the height", False, with_person(staged, 0.3 + 0.1 * (seed % 5), tall))
    for high in _some((0.025, 0.04), seed, 1):
        yield Case("text", f"letters {high:.1%} of the height", False, with_caption(staged, high))


def _window(scene: Room) -> Patch:
    return next(patch for patch in scene.patches if patch.kind == "window")


def _added(scene: Room) -> Room:
    """One more window on the wall that has no door, nearer than any other."""
    wall = 2 - next(patch for patch in scene.patches if patch.kind == "door").wall
    return replace(
        scene, patches=(*scene.patches, Patch("window", wall, scene.depth * 0.36, 1.0, 0.9, 1.1, scene.seed + 99))
    )


def _some(values: tuple[T, ...], seed: int, count: int) -> list[T]:
    return [values[(seed * count + number) % len(values)] for number in range(count)]
