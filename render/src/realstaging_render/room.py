"""The room in Blender: faces that light the furniture, surfaces that take its shadow, and the camera."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from realstaging_render import radiance

BEHIND = 0.004
"""Emitting faces stand this many metres behind the surfaces the camera sees, so that no ray meets the wrong one of the two."""

BRIGHT = 0
"""Octave (power of two of radiance, 1 = the photo's white) from which tiles are aimed at as lamps: windows and lit lamps."""

Floats = NDArray[np.float64]


def build(box: dict[str, float], light: dict[str, Floats], into: bpy.types.Collection) -> list[bpy.types.Object]:
    """The room: faces made of the photo's light, which no camera sees, and plain surfaces, which nothing else sees.

    Gives the plain surfaces: rendered with furniture and without, they tell its shade.
    """
    faces = {name: radiance.face_grid(name, box, light[name], BEHIND) for name in radiance.FACES}
    lit = [faces[name] for name in radiance.FACES if name != "floor"]
    for emitter in (*(_emitter(face, into) for face in lit), _floor(faces["floor"], lit, into)):
        emitter.visible_camera = False
    return [_surface(name, box, light, into) for name in radiance.FACES]


def camera(spec: dict[str, Any], crop: Sequence[float], size: tuple[int, int], view: bpy.types.Scene) -> None:
    """Blender's camera for the crop of a pinhole's picture, rendered as ``size`` pixels (width, height).

    Our pixel centres lie at whole numbers, Blender's at halves. The crop is treated as a picture of its own with a
    shifted lens, so it needs no border and may be rendered at any size.
    """
    holder = view.camera or _new_camera(view)
    right, down, forward = (np.array(row) for row in spec["rotation"])
    place = np.eye(4)
    place[:3, 0], place[:3, 1], place[:3, 2], place[2, 3] = right, -down, -forward, spec["height"]
    holder.matrix_world = Matrix(place.tolist())
    x0, y0, x1, y1 = crop
    width, height = x1 - x0, y1 - y0
    lens = holder.data
    lens.lens = spec["focal"] / width * lens.sensor_width
    lens.shift_x = -(spec["cx"] + 0.5 - (x0 + x1) / 2) / width
    lens.shift_y = (spec["cy"] + 0.5 - (y0 + y1) / 2) / width
    view.render.resolution_x, view.render.resolution_y = size
    wide, tall = width / size[0], height / size[1]
    view.render.pixel_aspect_x, view.render.pixel_aspect_y = wide / min(wide, tall), tall / min(wide, tall)


def _new_camera(view: bpy.types.Scene) -> bpy.types.Object:
    lens = bpy.data.cameras.new("camera")
    lens.sensor_fit, lens.clip_start, lens.clip_end = "HORIZONTAL", 0.02, 200
    holder = bpy.data.objects.new("camera", lens)
    view.collection.objects.link(holder)
    view.camera = holder
    return holder


def _emitter(face: radiance.Face, into: bpy.types.Collection) -> bpy.types.Object:
    # One material per octave of brightness: Cycles weighs a lamp by its constant strength, so windows get their share of rays.
    octaves = sorted(set(face.octaves.ravel().tolist()))
    emitter = _object(face, [_emission_material(2.0 * 2.0**octave, aimed=octave >= BRIGHT) for octave in octaves], into)
    slots = np.searchsorted(octaves, face.octaves).astype(np.int32)
    emitter.data.polygons.foreach_set("material_index", slots.ravel())
    # Colours at face corners, each divided by its tile's strength.
    strength = 2.0 * 2.0 ** face.octaves[..., None, None].astype(float)
    c = face.corner_radiance
    loops = np.stack([c[:-1, :-1], c[1:, :-1], c[1:, 1:], c[:-1, 1:]], axis=2) / strength
    _colour(emitter.data, "light", loops, "CORNER")
    return emitter


def _floor(face: radiance.Face, lit: list[radiance.Face], into: bpy.types.Collection) -> bpy.types.Object:
    albedo, own = radiance.floor_reflectance(face, lit)
    floor = _object(face, [_floor_material()], into)
    _colour(floor.data, "albedo", albedo, "POINT")
    _colour(floor.data, "light", own, "POINT")
    return floor


def _object(face: radiance.Face, materials: list[bpy.types.Material], into: bpy.types.Collection) -> bpy.types.Object:
    rows, columns = (n - 1 for n in face.corners.shape[:2])
    first = (np.arange(rows)[:, None] * (columns + 1) + np.arange(columns)).ravel()
    quads = np.stack([first, first + columns + 1, first + columns + 2, first + 1], axis=1)
    mesh = bpy.data.meshes.new(face.name)
    mesh.from_pydata(face.corners.reshape(-1, 3).tolist(), [], quads.tolist())
    for material in materials:
        mesh.materials.append(material)
    holder = bpy.data.objects.new(face.name, mesh)
    into.objects.link(holder)
    return holder


def _colour(mesh: bpy.types.Mesh, name: str, values: Floats, domain: str) -> None:
    attribute = mesh.color_attributes.new(name, "FLOAT_COLOR", domain)
    rgba = np.ones((*values.shape[:-1], 4), np.float32)
    rgba[..., :3] = values
    attribute.data.foreach_set("color", rgba.ravel())


def _surface(
    name: str, box: dict[str, float], light: dict[str, Floats], into: bpy.types.Collection
) -> bpy.types.Object:
    plain = radiance.face_grid(name, box, np.zeros((1, 1, 3)))
    if name == "floor":
        albedo = tuple(np.clip(light["floor_albedo"], 0.03, 0.85).tolist())
        material = _surface_material(name, albedo, float(light["floor_roughness"]), 0.35)
    else:
        material = _surface_material(name, (0.75, 0.75, 0.75), 0.9, 0.1)
    surface = _object(plain, [material], into)
    surface.visible_diffuse = surface.visible_glossy = surface.visible_transmission = False
    surface.visible_volume_scatter = surface.visible_shadow = False
    return surface


def _material(name: str) -> tuple[bpy.types.Material, Any, Any]:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    nodes = material.node_tree.nodes
    nodes.clear()
    return material, nodes, material.node_tree.links


def _emission_material(strength: float, *, aimed: bool) -> bpy.types.Material:
    material, nodes, links = _material(f"light {strength:g}")
    # Rays find a dim wall by chance; aiming at each of its many tiles would only cost time.
    material.cycles.emission_sampling = "FRONT_BACK" if aimed else "NONE"
    colour, emission, out = (nodes.new(f"ShaderNode{kind}") for kind in ("Attribute", "Emission", "OutputMaterial"))
    colour.attribute_name = "light"
    emission.inputs["Strength"].default_value = strength
    links.new(colour.outputs["Color"], emission.inputs["Color"])
    links.new(emission.outputs[0], out.inputs["Surface"])
    return material


def _floor_material() -> bpy.types.Material:
    material, nodes, links = _material("floor")
    material.cycles.emission_sampling = "NONE"
    albedo, light = nodes.new("ShaderNodeAttribute"), nodes.new("ShaderNodeAttribute")
    albedo.attribute_name, light.attribute_name = "albedo", "light"
    diffuse, emission, both, out = (
        nodes.new(f"ShaderNode{kind}") for kind in ("BsdfDiffuse", "Emission", "AddShader", "OutputMaterial")
    )
    links.new(albedo.outputs["Color"], diffuse.inputs["Color"])
    links.new(light.outputs["Color"], emission.inputs["Color"])
    links.new(diffuse.outputs[0], both.inputs[0])
    links.new(emission.outputs[0], both.inputs[1])
    links.new(both.outputs[0], out.inputs["Surface"])
    return material


def _surface_material(name: str, albedo: tuple[float, ...], roughness: float, specular: float) -> bpy.types.Material:
    material, nodes, links = _material(f"surface {name}")
    surface, out = nodes.new("ShaderNodeBsdfPrincipled"), nodes.new("ShaderNodeOutputMaterial")
    surface.inputs["Base Color"].default_value = (*albedo, 1.0)
    surface.inputs["Roughness"].default_value = roughness
    surface.inputs["Specular IOR Level"].default_value = specular
    links.new(surface.outputs[0], out.inputs["Surface"])
    return material
