"""Furniture raises every measure that tells a furnished room from an empty one."""

from __future__ import annotations

import cv2
import numpy as np

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import plan_room
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.room.floor import relearnt_floor
from realstaging.engines.local.room.frame import axes_of
from realstaging.engines.local.room.furnished import Furnishing, measure
from realstaging.engines.local.room.picture import working_picture
from realstaging.engines.local.room.reading import Box, Face
from realstaging.engines.local.room.segments import find_segments
from tests.engines.local.rooms import picture, reading

ROOM = reading(Box(-2.6, 2.6, -1.0, 5.5, 2.6))
LARGER = 3
CATALOG = {piece.name: piece for piece in pieces()}


def measured(photo: np.ndarray) -> Furnishing:
    seen = working_picture(photo)
    room = ROOM.rescaled(seen.width / ROOM.width)
    labels = cv2.resize(ROOM.labels, (seen.width, seen.height), interpolation=cv2.INTER_NEAREST)
    segments = find_segments(seen)
    floor = relearnt_floor(seen, room.camera, labels == Face.FLOOR)
    axes = axes_of(segments, room.camera)
    return measure(seen, labels, np.zeros(labels.shape, bool), segments, axes, floor)


def furnished(photo: np.ndarray) -> np.ndarray:
    """The photo with a living room in it: blocks with a pattern, a plaid and cushions askew on them."""
    room, rng = ROOM.rescaled(LARGER), np.random.default_rng(3)
    done = photo.copy()
    placed = plan_room(ROOM, Brief(RoomType.LIVING_ROOM, Style.MODERN), pieces()).pieces
    for spot in sorted(placed, key=lambda spot: (CATALOG[spot.piece].height > 0.05, -np.hypot(spot.x, spot.y))):
        piece = CATALOG[spot.piece]
        plan = Footprint(spot.x, spot.y, piece.width, piece.depth, spot.rotation).points()
        corners = np.concatenate([np.column_stack([plan, np.full(4, spot.z + z)]) for z in (0.0, piece.height)])
        outline = cv2.convexHull(np.rint(np.nan_to_num(room.project(corners))).astype(np.int32))
        cv2.fillConvexPoly(done, outline, rng.integers(20, 235, 3).tolist())
        inside = cv2.fillConvexPoly(np.zeros(done.shape[:2], np.uint8), outline, 1) > 0
        pattern = done.copy()
        for _ in range(14):
            x, y = outline[:, 0].mean(axis=0) + rng.normal(0, 40, 2)
            square = cv2.boxPoints(((float(x), float(y)), (26.0, 18.0), float(rng.uniform(15, 75))))
            cv2.fillConvexPoly(pattern, np.rint(square).astype(np.int32), rng.integers(20, 235, 3).tolist())
        done[inside] = pattern[inside]
    return done


def test_furniture_raises_every_measure_and_an_empty_room_has_none():
    empty = cv2.resize(picture(ROOM), None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_NEAREST)
    before, after = measured(empty), measured(furnished(empty))
    assert not before.seems
    assert after.askew > before.askew + 0.1
    assert after.unlike > before.unlike + 0.1
    assert after.busy > before.busy
    assert after.hidden > before.hidden + 0.05
