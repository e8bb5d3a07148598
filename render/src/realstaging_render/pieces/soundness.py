"""Whether a piece is sound as a mesh: no holes, no faces inside out, no spikes, nothing that coincides or is no number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree

AZIMUTHS = (20.0, 65.0, 110.0, 155.0, 200.0, 245.0, 290.0, 335.0)
ELEVATIONS = (4.0, 24.0, 55.0)
"""Degrees that a piece is looked at from: photographers' eyes, and a little above and below."""
RAYS = 34
A_FEW_RAYS = 15
"""Rays along the longer side of each view: to be sure, and at a glance."""
SEEN = 5
"""Rays that must agree."""
BESIDE = 0.0025
"""Metres beside a ray that sees an inside, where others must see it too: between two points of a sharp seam one slips through."""
COINCIDENT = 2e-5
"""Metres within which two faces are rendered as one, in black."""
GRAZING = 0.05
"""Cosine between ray and face below which it says nothing."""
FACING = 0.3
"""The same, from which a face is seen."""
SHARP = 0.93
"""Mean of the directions to a point's neighbours, from which it is a spike: all of them within some 22 degrees."""
LONG = 0.006
"""Metres a spike sticks out at least."""
SMALLEST = 1e-12
"""Square metres of a face below which it is degenerate."""


def faults(parts: list[Any], rays: int = RAYS) -> list[str]:
    """What is wrong with the parts (mesh objects) of a piece, in words; empty where nothing is. ``rays``: how closely it is looked at.

    A part marked ``thin`` (leaves, cloth, strands) has no inside, so that its back may be seen.
    """
    meshes = [_mesh_of(part) for part in parts]
    found = []
    for number, (points, faces, areas) in enumerate(meshes):
        where = f"part {number} ({parts[number].data.materials[0].name})"
        if not np.isfinite(points).all():
            found.append(f"{where}: points that are no numbers")
            continue
        if bad := int((areas < SMALLEST).sum()):
            found.append(f"{where}: {bad} degenerate faces")
        if not parts[number]["thin"] and (count := _spikes(points, faces)):
            found.append(f"{where}: {count} spikes")
    if found:
        return found
    return [*found, *_seen_from_outside(parts, meshes, rays)]


def _mesh_of(part: Any) -> tuple[np.ndarray, list[tuple[int, ...]], np.ndarray]:
    """Points in the piece's frame, faces as tuples of points, their areas."""
    data = part.data
    points = np.empty(len(data.vertices) * 3, np.float32)
    data.vertices.foreach_get("co", points)
    turn = np.array(part.matrix_world)
    placed = points.reshape(-1, 3) @ turn[:3, :3].T + turn[:3, 3]
    areas = np.empty(len(data.polygons), np.float32)
    data.polygons.foreach_get("area", areas)
    return placed, [tuple(face.vertices) for face in data.polygons], areas


def _spikes(points: np.ndarray, faces: list[tuple[int, ...]]) -> int:
    """How many points have all their neighbours in one narrow cone, a finger's breadth away."""
    edges = {(min(a, b), max(a, b)) for face in faces for a, b in zip(face, (*face[1:], face[0]), strict=True)}
    pairs = np.array(sorted(edges))
    ways = points[pairs[:, 1]] - points[pairs[:, 0]]
    far = np.linalg.norm(ways, axis=1, keepdims=True)
    unit = ways / np.maximum(far, 1e-12)
    total, count = np.zeros_like(points), np.zeros(len(points))
    near = np.full(len(points), np.inf)
    for ends, sign in ((pairs[:, 0], 1), (pairs[:, 1], -1)):
        np.add.at(total, ends, sign * unit)
        np.add.at(count, ends, 1)
        np.minimum.at(near, ends, far[:, 0])
    mean = np.linalg.norm(total, axis=1) / np.maximum(count, 1)
    return int(((mean > SHARP) & (count > 2) & (near > LONG)).sum())


def _seen_from_outside(
    parts: list[Any], meshes: list[tuple[np.ndarray, list[tuple[int, ...]], np.ndarray]], rays: int
) -> Iterator[str]:
    """Holes (the inside of a part is seen) and faces that coincide."""
    every, owner, start = [], [], 0
    for number, (points, faces, _) in enumerate(meshes):
        every += [tuple(start + v for v in face) for face in faces]
        owner += [number] * len(faces)
        start += len(points)
    points = np.vstack([points for points, _, _ in meshes])
    tree = BVHTree.FromPolygons(points.tolist(), every, epsilon=0.0)
    inside, double = np.zeros(len(parts), int), np.zeros(len(parts), int)
    for way, eye in _rays(points, rays):
        spot, normal, face, _ = tree.ray_cast(eye, way)
        if face is None:
            continue
        part = owner[face]
        if normal.dot(way) > GRAZING and not parts[part]["thin"] and _sees_inside(tree, eye, way):
            inside[part] += 1
        if _two_faces(tree, owner, spot, face, way) and _coincide(tree, owner, eye, way):
            double[part] += 1
    for number, part in enumerate(parts):
        name = part.data.materials[0].name
        if inside[number] >= SEEN:
            yield f"part {number} ({name}): its inside is seen ({inside[number]} rays)"
        if double[number] >= SEEN:
            yield f"part {number} ({name}): coincides with another ({double[number]} rays)"


def _sees_inside(tree: BVHTree, eye: Vector, way: Vector) -> bool:
    """Whether rays beside this one hit the back of a face as well."""
    side = way.cross((0.3, 0.5, 0.8)).normalized() * BESIDE
    above = way.cross(side)
    hits = (tree.ray_cast(eye + off, way)[1] for off in (side, above, -side, -above))
    return all(normal is not None and normal.dot(way) > GRAZING for normal in hits)


def _two_faces(tree: BVHTree, owner: list[int], spot: Vector, face: int, way: Vector) -> bool:
    """Whether a face of another part lies where a ray meets one, and faces the ray as well."""
    near = tree.find_nearest_range(spot, COINCIDENT)
    return any(owner[other] != owner[face] and normal.dot(way) < -FACING for _, normal, other, _ in near)


def _coincide(tree: BVHTree, owner: list[int], eye: Vector, way: Vector) -> bool:
    """Whether rays beside this one meet two faces in one place as well: along a line two surfaces may well cross."""
    side = way.cross((0.3, 0.5, 0.8)).normalized() * BESIDE
    above = way.cross(side)
    hits = (tree.ray_cast(eye + off, way) for off in (side, above, -side, -above))
    return all(face is not None and _two_faces(tree, owner, spot, face, way) for spot, _, face, _ in hits)


def _rays(points: np.ndarray, rays: int) -> Iterator[tuple[Vector, Vector]]:
    """Parallel rays onto the piece from every side but below: direction, start."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle, reach = (low + high) / 2, float(np.linalg.norm(high - low)) / 2
    for elevation in ELEVATIONS:
        for azimuth in AZIMUTHS:
            up, turn = math.radians(elevation), math.radians(azimuth)
            ahead = -np.array([math.cos(up) * math.cos(turn), math.cos(up) * math.sin(turn), math.sin(up)])
            side = np.array([-math.sin(turn), math.cos(turn), 0.0])
            above = np.cross(side, ahead)
            seen = (points - middle) @ np.column_stack([side, above])
            left, right = seen.min(axis=0), seen.max(axis=0)
            pitch = float((right - left).max()) / rays
            for u in np.arange(left[0] + pitch * 0.37, right[0], pitch):
                for v in np.arange(left[1] + pitch * 0.41, right[1], pitch):
                    yield Vector(ahead), Vector(middle - ahead * (reach + 0.1) + side * u + above * v)
