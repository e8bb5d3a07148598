"""A contact sheet: pieces side by side under studio light, to be judged by eye."""

from __future__ import annotations

import math
from pathlib import Path

import bpy
from mathutils import Vector

from realstaging_render import pieces

STYLE = "contemporary"


def draw(target: str, names: list[str], style: str = STYLE) -> None:
    """Render the named pieces (all without names), `NAME` or `NAME:STYLE`, in rows into one PNG."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    view = bpy.context.scene
    declared = {piece["name"]: piece for piece in pieces.catalog()}
    chosen = names or list(declared)
    columns = math.ceil(math.sqrt(len(chosen) * 1.6))
    for number, wanted in enumerate(chosen):
        name, _, own = wanted.partition(":")
        instance = bpy.data.objects.new(name, None)
        instance.instance_type = "COLLECTION"
        instance.instance_collection = pieces.build(name, own or style, 1)
        row, column = divmod(number, columns)
        lift = declared[name]["height"] if declared[name]["mount"] == "ceiling" else 0
        instance.location = ((column - (columns - 1) / 2) * 2.9, row * 3.0, lift)
        instance.rotation_euler = (0, 0, math.radians(-24))
        view.collection.objects.link(instance)
    _studio(view, columns, math.ceil(len(chosen) / columns))
    view.render.filepath = str(Path(target).absolute())
    bpy.ops.render.render(write_still=True)


def _studio(view: bpy.types.Scene, columns: int, rows: int) -> None:
    bpy.ops.mesh.primitive_plane_add(size=200)
    world = bpy.data.worlds.new("studio")
    view.world = world
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs[0].default_value = (0.9, 0.93, 1.0, 1)
    world.node_tree.nodes["Background"].inputs[1].default_value = 0.55
    sun = bpy.data.objects.new("sun", bpy.data.lights.new("sun", "SUN"))
    sun.data.energy, sun.data.angle, sun.rotation_euler = 2.2, 0.25, (0.7, 0.3, 0.5)
    view.collection.objects.link(sun)
    eye = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    middle = Vector((0, (rows - 1) * 1.5, 0.5))
    eye.location = middle + Vector((0, -3.5 * max(columns, rows * 1.6) - 1, 1.5 * max(columns, rows * 1.6)))
    eye.rotation_euler = (middle - eye.location).to_track_quat("-Z", "Y").to_euler()
    eye.data.lens = 50
    view.collection.objects.link(eye)
    view.camera = eye
    view.render.engine = "CYCLES"
    view.cycles.samples, view.cycles.use_denoising = 24, True
    view.render.resolution_x, view.render.resolution_y = 1800, 1100
    view.view_settings.view_transform = "AgX"
