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
        dice: random.Random | None = None,
        cells: int = 26,
    ) -> None:
        """Something filled and sewn: thick in the middle, drawn in at the seam; ``plump`` 0 is flat, 1 a ball."""
        dice = dice or random.Random(0)
        u = np.linspace(-1, 1, cells)
        grid_u, grid_v = np.meshgrid(u, u, indexing="ij")
        power = 2.0 + 10.0 * (1 - plump)
        dome = ((1 - np.abs(grid_u) ** power) * (1 - np.abs(grid_v) ** power)) ** (0.5 if plump > 0.5 else 0.32)
        waves = sum(
            dice.uniform(0.3, 1.0)
            * np.sin(dice.uniform(2, 7) * grid_u + dice.uniform(2, 7) * grid_v + dice.uniform(0, 6))
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
        """A round bar, thinner at its end where ``end_radius`` says so."""
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
        turn = Vector((0, 0, 1)).rotation_difference(b - a).to_euler()
        self._add(mesh, material, tuple((a + b) / 2), tuple(np.degrees(turn)), smooth=True, flat_ends=True)

    def lathe(
        self, profile: Sequence[tuple[float, float]], at: Point, material: bpy.types.Material, segments: int = 48
    ) -> None:
        """A turned shape: ``profile`` are (radius, height) from the bottom up."""
        mesh = bmesh.new()
        rings = []
        for radius, height in profile:
            angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
            rings.append([mesh.verts.new((radius * np.cos(a), radius * np.sin(a), height)) for a in angles])
        for low, high in pairwise(rings):
            for i in range(segments):
                mesh.faces.new((low[i], low[(i + 1) % segments], high[(i + 1) % segments], high[i]))
        for ring, turned in ((rings[0], True), (rings[-1], False)):
            mesh.faces.new(ring[::-1] if turned else ring)
        self._add(mesh, material, at, (0, 0, 0), smooth=True, flat_ends=True)

    def sheet(self, points: np.ndarray, material: bpy.types.Material, thickness: float = 0.0) -> None:
        """A surface through a grid of points (rows, columns, 3); with a thickness it is closed below."""
        if thickness:
            mesh = _shell(points, points - np.array([0, 0, thickness]))
        else:
            mesh = bmesh.new()
            _weave(mesh, points)
        self._add(mesh, material, (0, 0, 0), (0, 0, 0), smooth=True)

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
    ) -> None:
        bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces[:])
        for face in mesh.faces:
            face.smooth = smooth and not (flat_ends and len(face.verts) > 4)
        data = bpy.data.meshes.new(self.collection.name)
        mesh.to_mesh(data)
        mesh.free()
        data.materials.append(material)
        part = bpy.data.objects.new(self.collection.name, data)
        part.matrix_world = Matrix.Translation(at) @ Euler(np.radians(tilt)).to_matrix().to_4x4()
        part["carried"] = self._carried
        self.collection.objects.link(part)


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
