"""Run by the renderer's Python: meshes that are broken in one way each, and what is said of them. JSON: {way: [faults]}."""

import json

import numpy as np
from realstaging_render import materials, shapes
from realstaging_render.pieces.soundness import faults


def boxed(*sizes):
    builder = shapes.Builder("broken")
    for size in sizes:
        builder.box(size, (0, 0, 0), materials.lacquer((0.5, 0.5, 0.5)), 0.01)
    return list(builder.collection.objects)


def turned():
    """A shade: a ring that is hollow, whose ends would coincide."""
    builder = shapes.Builder("turned")
    wall = [(0.16, 0), (0.12, 0.22), (0.117, 0.22), (0.157, 0)]
    builder.lathe(wall, (0, 0, 0.3), materials.lacquer((0.5, 0.5, 0.5)))
    return list(builder.collection.objects)


def level(order):
    """A surface that is flat and open, its points in either order: neither side of it is the outer one."""
    builder = shapes.Builder("level")
    turn = np.linspace(0, 2 * np.pi, 181)
    rim = np.stack([0.2 * np.cos(turn), 0.2 * np.sin(turn), np.full(181, 0.4)], -1)
    disc = np.stack([rim * (share, share, 1) for share in np.linspace(1, 0.004, 6)])
    builder.sheet(disc[::order], materials.lacquer((0.5, 0.5, 0.5)))
    return list(builder.collection.objects)


def changed(change):
    parts = boxed((0.6, 0.5, 0.4))
    mesh = shapes.bmesh.new()
    mesh.from_mesh(parts[0].data)
    change(mesh)
    mesh.to_mesh(parts[0].data)
    return parts


def hole(mesh):
    shapes.bmesh.ops.delete(
        mesh, geom=[max(mesh.faces, key=lambda face: face.calc_center_median().z)], context="FACES_ONLY"
    )


def inside_out(mesh):
    shapes.bmesh.ops.reverse_faces(mesh, faces=mesh.faces[:])


def spike(mesh):
    pulled = shapes.bmesh.ops.poke(mesh, faces=[max(mesh.faces, key=lambda face: face.calc_center_median().z)])[
        "verts"
    ][0]
    pulled.co.z += 2.0


def no_number(mesh):
    next(iter(mesh.verts)).co.x = float("nan")


def flat(mesh):
    face = max(mesh.faces, key=lambda face: face.calc_area())
    for vert in face.verts:
        vert.co = face.verts[0].co


twice = boxed((0.6, 0.5, 0.4), (0.6, 0.5, 0.4))
points = np.empty(len(twice[0].data.vertices) * 3, np.float32)
twice[0].data.vertices.foreach_get("co", points)
twice[1].data.vertices.foreach_set("co", points)
print(
    json.dumps(
        {
            "whole": faults(boxed((0.6, 0.5, 0.4))) + faults(turned()) + faults(level(1)) + faults(level(-1)),
            "coincides": faults(twice),
            **{change.__name__: faults(changed(change)) for change in (hole, inside_out, spike, no_number, flat)},
        }
    )
)
