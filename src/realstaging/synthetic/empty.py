"""Empty rooms of every shape, light, lens and decoration, drawn by ray casting: a picture, and its camera, box and openings."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.synthetic.geometry import (
    WALL_OF_FACE,
    Box,
    Camera,
    Face,
    Floats,
    Kind,
    Opening,
    Pixels,
    Truth,
    encoded,
    met,
    rotation,
)

Colour = NDArray[np.float32]
OVERSAMPLING = 2


@dataclass(frozen=True)
class DrawnRoom(Truth):
    """A picture (H, W, 3 sRGB) and the truth about it."""

    pixels: Pixels


@dataclass(frozen=True)
class Block:
    """A solid thing on the floor, metres."""

    x0: float
    x1: float
    y0: float
    y1: float
    height: float
    colour: tuple[float, float, float]


@dataclass(frozen=True)
class Finish:
    """How a room is decorated. Colours are linear reflectances."""

    wall: Colour
    floor: Colour
    ceiling: Colour
    skirting: float
    board: float
    """Width of boards or tiles, metres."""
    tiles: bool
    diagonal: bool
    noise: float
    exposure: float


def draw_room(seed: int, blocks: tuple[Block, ...] = ()) -> DrawnRoom:
    """The room of a seed: shape, light, lens, tilt, decoration and openings vary."""
    random = np.random.default_rng(seed)
    width, height = [(768, 512), (768, 576), (576, 768), (800, 450)][int(random.choice(4, p=[0.5, 0.2, 0.12, 0.18]))]
    box, camera = _viewpoint(random, width, height)
    openings = _openings(random, box, camera, width)
    finish = _finish(random)
    truth = Truth(camera, box, openings)
    return DrawnRoom(camera, box, openings, _picture(truth, finish, (width, height), blocks, random))


def _viewpoint(random: np.random.Generator, width: int, height: int) -> tuple[Box, Camera]:
    """A camera in a corner or at the middle of one end, looking into the room."""
    eye = float(random.uniform(1.15, 1.6))
    focal = float(random.uniform(0.42, 0.75)) * max(width, height)
    ceiling = float(random.uniform(2.4, 2.8))
    tilted = random.random() < 0.4
    pitch = math.radians(float(random.uniform(-9, 4))) if tilted else 0.0
    roll = math.radians(float(random.normal(0, 0.5))) if tilted else 0.0
    row = height / 2 - 0.5 + (0 if tilted else float(random.uniform(-0.06, 0.06)) * height)
    wide, deep = float(random.uniform(2.8, 5.5)), float(random.uniform(3.0, 6.5))
    if random.random() < 0.45:
        side = float(random.uniform(0.35, 0.65)) * wide
        yaw = math.radians(float(random.uniform(-9, 9)))
    else:
        side = float(random.uniform(0.12, 0.25)) * wide
        yaw = math.radians(float(random.uniform(18, 40)))
        if random.random() < 0.5:
            side, yaw = wide - side, -yaw
    box = Box(-side, wide - side, -float(random.uniform(0.3, 1.0)), deep, ceiling)
    return box, Camera(rotation(yaw, pitch, roll), eye, focal, width / 2 - 0.5, row)


def _openings(random: np.random.Generator, box: Box, camera: Camera, width: int) -> tuple[Opening, ...]:
    """Windows and doors where the picture shows them whole and large enough for a person to notice."""
    openings: list[Opening] = []
    for wall in ("X-", "X+", "Y+"):
        for _ in range(int(random.integers(0, 3))):
            kind = Kind(str(random.choice(["window", "door", "doorway"], p=[0.5, 0.3, 0.2])))
            span = float(random.uniform(0.8, 1.8) if kind == "window" else random.uniform(0.75, 0.95))
            low = float(random.uniform(0.5, 1.0)) if kind == "window" else 0.0
            high = low + float(random.uniform(1.0, 1.4)) if kind == "window" else float(random.uniform(2.0, 2.1))
            room = box.wall_length(wall) - span - 0.5
            if room <= 0:
                continue
            t0 = 0.25 + float(random.uniform(0, room))
            opening = Opening(wall, t0, t0 + span, low, min(high, box.ceiling - 0.15), kind, 1.0)
            apart = all(o.wall != wall or t0 > o.t1 + 0.25 or t0 + span < o.t0 - 0.25 for o in openings)
            if apart and _noticeable(opening, box, camera, width):
                openings.append(opening)
    return tuple(openings)


def _noticeable(opening: Opening, box: Box, camera: Camera, width: int) -> bool:
    t = np.array([opening.t0, opening.t1, opening.t1, opening.t0])
    z = np.array([opening.z0, opening.z0, opening.z1, opening.z1])
    pixels = camera.project(box.wall_point(opening.wall, t, z))
    if not np.isfinite(pixels).all():
        return False
    inside = (pixels[:, 0] > 4) & (pixels[:, 0] < width - 5)
    return bool(inside.all()) and abs(pixels[1, 0] - pixels[0, 0]) > 0.035 * width and bool(pixels[2:, 1].max() > 0)


def _finish(random: np.random.Generator) -> Finish:
    grey = random.uniform(0.55, 0.85)
    tint = 1 + random.uniform(-0.08, 0.08, 3)
    wood = np.array([0.42, 0.25, 0.13]) * random.uniform(0.35, 1.25)
    floor = wood if random.random() < 0.7 else np.full(3, random.uniform(0.15, 0.5)) * tint
    tiles = bool(random.random() < 0.25)
    return Finish(
        np.asarray(grey * tint, np.float32),
        np.asarray(floor, np.float32),
        np.full(3, 0.85, np.float32),
        float(random.uniform(0.07, 0.16)),
        float(random.uniform(0.3, 0.5) if tiles else random.uniform(0.06, 0.18)),
        tiles,
        tiles and bool(random.random() < 0.4),
        float(random.uniform(0.5, 3.0)),
        float(random.uniform(0.75, 1.1)),
    )


def _picture(
    truth: Truth, finish: Finish, size: tuple[int, int], blocks: tuple[Block, ...], random: np.random.Generator
) -> Pixels:
    """Shaded faces, boards or tiles, skirting, openings, blocks; then exposure, blur and noise."""
    width, height = (OVERSAMPLING * side for side in size)
    large = truth.camera.rescaled(OVERSAMPLING)
    rays = large.rays(width, height).reshape(-1, 3)
    seen = met(truth.box, large, rays)
    colour = np.zeros((len(rays), 3), np.float32)
    for face in Face:
        hit = seen.face == face
        points = seen.point[hit]
        colour[hit] = _face_colour(face, points, truth, finish, random) * _light(points, truth)[:, None]
    for block in blocks:
        _stand(block, colour, seen.reach, rays, large)
    linear = colour.reshape(height, width, 3) * finish.exposure
    reduced = cv2.resize(linear, size, interpolation=cv2.INTER_AREA)
    srgb = encoded(np.asarray(cv2.GaussianBlur(reduced, (0, 0), 0.6), np.float32))
    return np.asarray(np.clip(srgb * 255 + random.normal(0, finish.noise, srgb.shape), 0, 255), np.uint8)


def _light(points: Floats, truth: Truth) -> Colour:
    """Soft light that falls off from the windows and darkens in corners."""
    box = truth.box
    light = np.full(len(points), 0.62)
    for opening in truth.openings:
        if opening.kind is Kind.WINDOW:
            middle = np.array([(opening.t0 + opening.t1) / 2]), np.array([(opening.z0 + opening.z1) / 2])
            away = np.linalg.norm(points - box.wall_point(opening.wall, *middle)[0], axis=1)
            light += 0.5 / (1 + away**2)
    sides = [
        points[:, 0] - box.x_min,
        box.x_max - points[:, 0],
        box.y_max - points[:, 1],
        points[:, 2],
        box.ceiling - points[:, 2],
    ]
    closeness = np.sort(np.abs(np.stack(sides)), axis=0)[1]
    return np.asarray(light * (1 - 0.22 * np.exp(-closeness / 0.35)), np.float32)


def _face_colour(face: Face, points: Floats, truth: Truth, finish: Finish, random: np.random.Generator) -> Colour:
    if face is Face.FLOOR:
        return _floor_colour(points, finish)
    if face is Face.CEILING:
        return np.tile(finish.ceiling, (len(points), 1))
    wall = WALL_OF_FACE[face]
    t = points[:, 1] - truth.box.y_min if wall[0] == "X" else points[:, 0] - truth.box.x_min
    z = points[:, 2]
    # Walls at right angles catch the light differently.
    colour = np.tile(finish.wall * {"X-": 1.0, "X+": 0.9, "Y-": 0.85, "Y+": 0.82}[wall], (len(points), 1)).astype(
        np.float32
    )
    colour[z < finish.skirting] = 0.85
    for opening in truth.openings:
        if opening.wall == wall:
            _paint_opening(opening, t, z, colour, random)
    return colour


def _floor_colour(points: Floats, finish: Finish) -> Colour:
    u, v = points[:, 0], points[:, 1]
    if finish.diagonal:
        u, v = (u + v) / math.sqrt(2), (v - u) / math.sqrt(2)
    board, length = np.floor(u / finish.board), finish.board if finish.tiles else 1.2
    along = v / length + (0 if finish.tiles else 0.37 * board)
    piece = np.floor(along)
    shade = 0.88 + 0.24 * _hash(board * 57.3 + piece * 131.7) * (0.4 if finish.tiles else 1.0)
    gap = 0.006 if finish.tiles else 0.002
    joint = (np.mod(u, finish.board) < gap) | (np.mod(along, 1) * length < gap)
    grain = 0.04 * (_hash(np.floor(u * 300) + 7 * board) - 0.5)
    return np.asarray(finish.floor * ((shade + grain) * np.where(joint, 0.55, 1.0))[:, None], np.float32)


def _paint_opening(opening: Opening, t: Floats, z: Floats, colour: Colour, random: np.random.Generator) -> None:
    casing = 0.08
    around = (
        (t > opening.t0 - casing) & (t < opening.t1 + casing) & (z > opening.z0 - casing) & (z < opening.z1 + casing)
    )
    inner = (t > opening.t0) & (t < opening.t1) & (z > opening.z0) & (z < opening.z1)
    colour[around] = 0.88 if opening.kind is not Kind.WINDOW else 0.8
    across, up = t[inner] - opening.t0, z[inner] - opening.z0
    span, tall = opening.t1 - opening.t0, opening.z1 - opening.z0
    if opening.kind is Kind.WINDOW:
        view = np.where((up > 0.35 * tall)[:, None], [1.3, 1.5, 1.7], [0.5, 0.65, 0.4]).astype(np.float32)
        view[(np.abs(across - span / 2) < 0.03) | (np.abs(up - tall / 2) < 0.02)] = 0.7
        colour[inner] = view
    elif opening.kind is Kind.DOOR:
        leaf = np.full((len(across), 3), 0.8, np.float32) * (0.75 + 0.2 * random.random())
        edge = np.minimum(
            np.minimum(across, span - across) - 0.13,
            np.minimum(np.mod(up, tall / 2), tall / 2 - np.mod(up, tall / 2)) - 0.15,
        )
        leaf[np.abs(edge) < 0.015] *= 0.6
        leaf[(across < 0.012) | (across > span - 0.012) | (tall - up < 0.012)] = 0.08
        leaf[(np.abs(across - 0.07) < 0.03) & (np.abs(up - 1.0) < 0.03)] = 0.1
        colour[inner] = leaf
    else:
        beyond = np.float32(random.uniform(0.08, 0.4))
        colour[inner] = beyond * np.where((up < 0.45)[:, None], [0.6, 0.42, 0.28], [1.0, 0.97, 0.92])


def _stand(block: Block, colour: Colour, reach: Floats, rays: Floats, camera: Camera) -> None:
    low, high = np.array([block.x0, block.y0, 0.0]), np.array([block.x1, block.y1, block.height])
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - camera.position) / rays, (high - camera.position) / rays
    entry, leave = np.minimum(one, other), np.maximum(one, other)
    first = entry.max(axis=1)
    hit = (first > 0) & (first < leave.min(axis=1)) & (first < reach)
    side = np.array([0.5, 0.35, 0.65])[entry[hit].argmax(axis=1)]
    colour[hit] = np.array(block.colour, np.float32) * side[:, None]


def _hash(values: Floats) -> Floats:
    return np.asarray(np.mod(np.sin(values * 12.9898) * 43758.5453, 1.0))
