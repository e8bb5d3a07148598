"""Shapes that furniture is made of. Sizes in metres; ``at`` is the middle of a shape's underside."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import bmesh
import bpy
import numpy as np
from mathutils import Euler, Matrix, Vector

Point = tuple[float, float, float]

WELD = 1.5e-4
"""Metres between points that are one: where a surface closes upon itself it is sewn, so that light finds no seam."""
SMALLEST = 1e-11
"""Square metres of a face that is none."""
FLAT = 5e-5
"""What an open surface faces outwards, by its size, below which it is flat: a disc with its rounding 1e-5, a snake plant's leaf 3e-4."""
LEANING = 0.3
"""Cosine between a bar and the upright below which it lies rather than stands."""
GOLDEN = 0.618034
"""Multiples of it, without their whole part, stay apart from each other for the longest."""


class Builder:
    """Collects the parts of one piece."""

    def __init__(self, name: str) -> None:
        self.collection = bpy.data.collections.new(name)
        self._carried = False

    @contextmanager
    def carried(self) -> Iterator[None]:
        """What is added meanwhile stands on the piece: not counted in its size."""
        before, self._carried = self._carried, True
        yield
        self._carried = before

    def box(
        self, size: Point, at: Point, material: bpy.types.Material, bevel: float = 0.008, tilt: Point = (0, 0, 0)
    ) -> None:
        """A block with rounded edges; ``tilt`` in degrees about its middle."""
        mesh = bmesh.new()
        bmesh.ops.create_cube(mesh, size=1.0)
        bmesh.ops.scale(mesh, vec=[side + self._allowance() for side in size], verts=mesh.verts)
        width = min(bevel, min(size) * 0.45)
        bmesh.ops.bevel(mesh, geom=mesh.edges[:], offset=width, segments=3, profile=0.5, affect="EDGES")
        self._add(mesh, material, (at[0], at[1], at[2] + size[2] / 2), tilt)

    def cushion(
        self,
        size: Point,
        at: Point,
        material: bpy.types.Material,
        *,
        plump: float = 0.35,
        tilt: Point = (0, 0, 0),
        rng: random.Random | None = None,
        cells: int = 26,
    ) -> None:
        """Something filled and sewn: thick in the middle, drawn in at the seam; ``plump`` 0 is flat, 1 a ball."""
        rng = rng or random.Random(0)
        u = np.linspace(-1, 1, cells)
        grid_u, grid_v = np.meshgrid(u, u, indexing="ij")
        power = 2.0 + 10.0 * (1 - plump)
        dome = ((1 - np.abs(grid_u) ** power) * (1 - np.abs(grid_v) ** power)) ** (0.5 if plump > 0.5 else 0.32)
        waves = sum(
            rng.uniform(0.3, 1.0) * np.sin(rng.uniform(2, 7) * grid_u + rng.uniform(2, 7) * grid_v + rng.uniform(0, 6))
            for _ in range(5)
        )
        thick = size[2] / 2 * dome * (1 + 0.02 * waves * dome)
        draw = 1 - 0.07 * plump * (1 - grid_v**2)
        wide, deep = size[0] / 2 * grid_u * draw, size[1] / 2 * grid_v * (1 - 0.07 * plump * (1 - grid_u**2))
        top = np.stack([wide, deep, thick], axis=-1)
        bottom = np.stack([wide, deep, -thick * 0.92], axis=-1)
        self._add(_shell(top, bottom), material, (at[0], at[1], at[2] + size[2] / 2), tilt, smooth=True)

    def rod(
        self, start: Point, end: Point, radius: float, material: bpy.types.Material, end_radius: float | None = None
    ) -> None:
        """A round bar, thinner at its end where ``end_radius`` says so; cut level where it stands on the floor."""
        a, b = Vector(start), Vector(end)
        mesh = bmesh.new()
        bmesh.ops.create_cone(
            mesh,
            cap_ends=True,
            segments=24,
            radius1=radius,
            radius2=radius if end_radius is None else end_radius,
            depth=(b - a).length,
        )
        way = (b - a).normalized()
        turned = Vector((0, 0, 1)).rotation_difference(b - a)
        for vert in mesh.verts:
            if (a if vert.co.z < 0 else b).z == 0.0 and abs(way.z) > LEANING:
                vert.co.z -= ((turned @ vert.co) + (a + b) / 2).z / way.z
        self._add(mesh, material, tuple((a + b) / 2), tuple(np.degrees(turned.to_euler())), smooth=True, flat_ends=True)

    def lathe(
        self, profile: Sequence[tuple[float, float]], at: Point, material: bpy.types.Material, segments: int = 48
    ) -> None:
        """A turned shape: ``profile`` are (radius, height) from the bottom up. One that ends at the height where it began is hollow, as a
        shade is: two ends in one plane would coincide.
        """
        mesh = bmesh.new()
        rings = []
        for radius, height in profile:
            angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
            rings.append([mesh.verts.new((radius * np.cos(a), radius * np.sin(a), height)) for a in angles])
        hollow = len(profile) > 2 and profile[0][1] == profile[-1][1]
        for low, high in pairwise([*rings, rings[0]] if hollow else rings):
            for i in range(segments):
                mesh.faces.new((low[i], low[(i + 1) % segments], high[(i + 1) % segments], high[i]))
        if not hollow:
            mesh.faces.new(rings[0][::-1])
            mesh.faces.new(rings[-1])
        self._add(mesh, material, at, (0, 0, 0), smooth=True, flat_ends=True)

    def sheet(
        self, points: np.ndarray, material: bpy.types.Material, thickness: float = 0.0, *, thin: bool = False
    ) -> None:
        """A surface through a grid of points (rows, columns, 3); with a thickness, off its upper side, it is closed below.

        What is ``thin`` has no inside (leaves, cloth, strands, panes): both its faces may be seen.
        """
        if thickness:
            mesh = _shell(points, points - thickness * _upwards(points))
        else:
            mesh = bmesh.new()
            _weave(mesh, points)
            bmesh.ops.remove_doubles(mesh, verts=mesh.verts[:], dist=WELD)
            bmesh.ops.dissolve_degenerate(mesh, dist=1e-6, edges=mesh.edges[:])
        self._add(mesh, material, (0, 0, 0), (0, 0, 0), smooth=True, thin=thin)

    def cloth(self, face: np.ndarray, back: np.ndarray, material: bpy.types.Material) -> None:
        """Two grids of points (rows, columns, 3), face and back of something thin, sewn together along their rim."""
        self._add(_shell(face, back), material, (0, 0, 0), (0, 0, 0), smooth=True)

    def _allowance(self) -> float:
        """Every block is larger by its own part of a millimetre: surfaces that coincide are rendered black."""
        return 1e-3 * (len(self.collection.objects) * GOLDEN % 1)

    def _add(
        self,
        mesh: bmesh.types.BMesh,
        material: bpy.types.Material,
        at: Sequence[float],
        tilt: Sequence[float],
        *,
        smooth: bool = False,
        flat_ends: bool = False,
        thin: bool = False,
    ) -> None:
        flat = [face for face in mesh.faces if face.calc_area() < SMALLEST]
        if flat:
            bmesh.ops.delete(mesh, geom=flat, context="FACES_ONLY")
        bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces[:])
        outwards = _outwards(mesh)
        if outwards < 0:
            # Blender takes the outside from the farthest face, which at a seam as sharp as a cushion's tells nothing.
            bmesh.ops.reverse_faces(mesh, faces=mesh.faces[:])
        for face in mesh.faces:
            face.smooth = smooth and not (flat_ends and len(face.verts) > 4)
        data = bpy.data.meshes.new(self.collection.name)
        # Which side of an open surface that is flat is the outer one, the last bit of a number would say, and not on all machines the same.
        thin = thin or (abs(outwards) < FLAT and any(edge.is_boundary for edge in mesh.edges))
        mesh.to_mesh(data)
        mesh.free()
        data.materials.append(material)
        part = bpy.data.objects.new(self.collection.name, data)
        part.matrix_world = Matrix.Translation(at) @ Euler(np.radians(tilt)).to_matrix().to_4x4()
        part["carried"] = self._carried
        part["thin"] = thin
        self.collection.objects.link(part)


def _outwards(mesh: bmesh.types.BMesh) -> float:
    """How much more of a surface faces away from its middle than towards it, by its own size (the divergence theorem; small gaps change
    little): less than 0 where it is inside out, about 0 where it is flat.
    """
    middle = sum((vert.co for vert in mesh.verts), Vector()) / max(1, len(mesh.verts))
    areas = [face.calc_area() for face in mesh.faces]
    ways = (
        (face.calc_center_median() - middle).dot(face.normal) * area
        for face, area in zip(mesh.faces, areas, strict=True)
    )
    return float(sum(ways) / max(sum(areas), SMALLEST) ** 1.5)


def _upwards(points: np.ndarray) -> np.ndarray:
    """Unit normals of a surface through a grid of points, on the side that is the upper one for most of it."""
    across = np.cross(np.gradient(points, axis=0), np.gradient(points, axis=1))
    across /= np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1e-12)
    return across if across[..., 2].mean() >= 0 else -across


def _weave(mesh: bmesh.types.BMesh, points: np.ndarray) -> list[list[bmesh.types.BMVert]]:
    verts = [[mesh.verts.new(point) for point in row] for row in points.tolist()]
    for i in range(len(verts) - 1):
        for j in range(len(verts[0]) - 1):
            mesh.faces.new((verts[i][j], verts[i + 1][j], verts[i + 1][j + 1], verts[i][j + 1]))
    return verts


def _shell(top: np.ndarray, bottom: np.ndarray) -> bmesh.types.BMesh:
    """Two grids of the same shape, joined along their rim."""
    mesh = bmesh.new()
    above, below = _weave(mesh, top), _weave(mesh, bottom)

    def rim(grid: list[list[bmesh.types.BMVert]]) -> list[bmesh.types.BMVert]:
        return [*grid[0][:-1], *(row[-1] for row in grid[:-1]), *grid[-1][:0:-1], *(row[0] for row in grid[:0:-1])]

    up, down = rim(above), rim(below)
    for i in range(len(up)):
        j = (i + 1) % len(up)
        mesh.faces.new((up[i], up[j], down[j], down[i]))
    bmesh.ops.remove_doubles(mesh, verts=mesh.verts[:], dist=1e-5)
    return mesh
