"""The reading of a room, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.brief import Corrections
from realstaging.engines.local.room.boxfit import UP, FittedBox, ceiling_support, fit_box, support
from realstaging.engines.local.room.confidence import NO_WALLS, Features, confidence, decline_unreadable, warnings
from realstaging.engines.local.room.corrections import keep_clear_polygons, move_corners
from realstaging.engines.local.room.floor import floor_likelihood, relearnt_floor
from realstaging.engines.local.room.frame import Frame, axes_of, find_frames
from realstaging.engines.local.room.furnished import measure
from realstaging.engines.local.room.lamps import find_lamps
from realstaging.engines.local.room.occluders import Occluders, bare_floor, find_occluders, footprints
from realstaging.engines.local.room.openings import find_openings
from realstaging.engines.local.room.outline import close_behind, floor_outline, label_faces, metric_box
from realstaging.engines.local.room.picture import Image32, Picture, working_picture
from realstaging.engines.local.room.reading import Box, Camera, Face, Opening, RoomReading
from realstaging.engines.local.room.registers import find_registers
from realstaging.engines.local.room.scale import Scale, ceiling_cue, door_cues, estimate_scale, heads_of_doors
from realstaging.engines.local.room.segments import Segments, find_segments, receding_weight
from realstaging.engines.local.room.slopes import find_slopes
from realstaging.engines.local.room.surfaces import read_surfaces, white_point
from realstaging.engines.local.room.walls import view_walls
from realstaging.kit.errors import CannotStage


@dataclass(frozen=True)
class _Shape:
    """Frame and box in units of the camera's height, with what they were found from."""

    frame: Frame
    box: FittedBox
    axes: NDArray[np.int_]
    floor: Image32


@dataclass(frozen=True)
class _Walls:
    """What is needed to look at the walls at a scale."""

    picture: Picture
    segments: Segments
    shape: _Shape
    unit: Camera
    labels: NDArray[np.uint8]
    floor: Image32

    def at(self, metres: float) -> tuple[Camera, Box, Occluders, tuple[Opening, ...]]:
        """Camera, box, occluders and openings for a camera this many metres above the floor."""
        distances = close_behind(self.unit, self.shape.box.distances, metres, self.picture.width, self.picture.height)
        camera, box = replace(self.unit, height=metres), metric_box(distances, metres)
        lines = self.segments, self.shape.axes, self.floor
        occluders = find_occluders(self.picture, camera, box, self.labels, *lines)
        return (
            camera,
            box,
            occluders,
            find_openings(view_walls(self.picture, camera, box, self.labels, *lines, occluders.hiding)),
        )


def read_room(pixels: NDArray[np.uint8], corrections: Corrections | None = None) -> RoomReading:
    """Read a photo, (H, W, 3) sRGB, upright. The same pixels always give the same reading.

    Raises CannotStage, with a reason a person understands, when the reading cannot be trusted.
    """
    height, width = pixels.shape[:2]
    picture = working_picture(pixels)
    segments = find_segments(picture)
    shape = _find_shape(picture, segments)
    corrected = corrections is not None and len(corrections.floor_corners) > 0
    if corrections is not None and corrected:
        points = np.array(corrections.floor_corners, float)
        frame, fitted = move_corners(shape.frame, shape.box, points, picture.width, picture.height)
        shape = replace(shape, frame=frame, box=fitted)
    unit = shape.frame.camera(picture.width, picture.height)
    distances = shape.box.distances
    labels = label_faces(unit, distances, picture.width, picture.height)
    floor = relearnt_floor(picture, unit, labels == Face.FLOOR)
    room = _Walls(picture, segments, shape, unit, labels, floor)
    scale = _scale(room, corrections)
    metres = scale.camera_height
    camera, box, found, openings = room.at(metres)
    floor_mask = bare_floor(labels, found)
    ground = labels == Face.FLOOR
    features = Features(
        lines_explained=float(segments.weight[shape.axes >= 0].sum()),
        receding=receding_weight(segments, shape.axes),
        floor_agreement=_agreement(labels, floor),
        edge_support=support(picture, unit, segments, shape.axes, distances),
        floor_share=float(floor_mask.mean()),
        ground_share=float((ground & ~found.near_walls).mean()),
        occupied=float((found.things & ground).sum() / max(1, ground.sum())),
        furnishing=measure(picture, labels, found.near_walls, segments, shape.axes, floor),
        unsure=float((found.unsure & ground).sum() / max(1, ground.sum())),
    )
    if not corrected:
        decline_unreadable(features)
    sure = 1.0 if corrected else confidence(features)
    whole = camera.rescaled(1 / picture.scale)
    return RoomReading(
        width=width,
        height=height,
        camera=whole,
        box=box,
        floor_polygon=floor_outline(whole, box, width, height),
        labels=labels,
        floor_mask=floor_mask,
        occluders=found.hiding,
        working_scale=picture.scale,
        surfaces=read_surfaces(picture, camera, box, labels, found.hiding),
        white_point=white_point(picture, labels),
        scale_confidence=scale.confidence,
        confidence=sure,
        openings=openings,
        keep_clear=(
            *keep_clear_polygons(corrections, whole, box, width, height),
            *footprints(camera, box, labels, found.hiding),
        ),
        registers=find_registers(picture.lab, camera, box, ground & ~found.hiding),
        slopes=find_slopes(camera, box, segments, shape.axes),
        lamps=find_lamps(picture.lab, camera, box, labels),
        warnings=warnings(sure, scale.confidence, features, openings),
    )


def _find_shape(picture: Picture, segments: Segments) -> _Shape:
    """The frame and box that explain lines and floor best together."""
    shapes = [_fit(picture, segments, frame) for frame in find_frames(segments, picture.width, picture.height)]
    if not shapes:
        raise CannotStage(NO_WALLS)
    return max(shapes, key=lambda shape: shape.box.score + 3 * shape.frame.score)


def _fit(picture: Picture, segments: Segments, frame: Frame) -> _Shape:
    camera = frame.camera(picture.width, picture.height)
    axes = axes_of(segments, camera)
    floor = floor_likelihood(picture, camera)
    return _Shape(frame, fit_box(picture, camera, segments, axes, floor), axes, floor)


def _agreement(labels: NDArray[np.uint8], floor: Image32) -> float:
    """Share of pixels where box and floor model agree, below the horizon, from -1 to 1."""
    below = floor > floor.min()
    agree = (labels == Face.FLOOR) == (floor > 0)
    return float(2 * agree[below].mean() - 1) if below.any() else -1.0


def _scale(room: _Walls, corrections: Corrections | None) -> Scale:
    """From what a person said, or else from the ceiling and the doors, which a first look at ordinary scale finds."""
    if corrections is not None and corrections.metres_per_unit is not None:
        return Scale(corrections.metres_per_unit, 1.0)
    ceiling = 1 + float(room.shape.box.distances[UP])
    if corrections is not None and corrections.ceiling_height is not None:
        return Scale(corrections.ceiling_height / ceiling, 1.0)
    lines = room.picture, room.unit, room.segments, room.shape.axes, room.shape.box.distances
    seen = ceiling_support(*lines)
    cues = [ceiling_cue(ceiling, seen)]
    first = estimate_scale(cues).camera_height
    _, _, _, openings = room.at(first)
    return estimate_scale(cues + door_cues(heads_of_doors(openings, first), ceiling, seen))
