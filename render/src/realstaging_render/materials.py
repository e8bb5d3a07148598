"""Materials by nodes, made once per colour and kept."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np

Colour = tuple[float, float, float]


def fabric(colour: Colour, weave: float = 900.0, bump: float = 0.25) -> bpy.types.Material:
    """Woven cloth: rough, a little sheen, a fine weave and slow changes of tone. ``weave`` in threads per metre."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        _mottled(nodes, links, surface, colour, scale=9.0, spread=0.045)
        surface.inputs["Roughness"].default_value = 0.92
        surface.inputs["Sheen Weight"].default_value = 0.25
        surface.inputs["Specular IOR Level"].default_value = 0.15
        _bumpy(nodes, links, surface, _noise(nodes, links, weave / 4, 3.0), bump, 0.0006)

    return _kept(f"fabric {_code(colour)} {weave:g} {bump:g}", make)


def wood(colour: Colour, along: str = "X", gloss: float = 0.45) -> bpy.types.Material:
    """Planed wood with grain along one axis of the part; its ends are veneered, as a cabinet's sides are."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        stretch = {"X": (1.2, 26, 26), "Y": (26, 1.2, 26), "Z": (26, 26, 1.2)}
        veneer = {"X": "Y", "Y": "X", "Z": "X"}[along]
        scaled = _at_ends(nodes, links, along, stretch[along], stretch[veneer])
        grain, ramp = nodes.new("ShaderNodeTexNoise"), nodes.new("ShaderNodeValToRGB")
        grain.inputs["Scale"].default_value, grain.inputs["Detail"].default_value = 1.6, 8.0
        grain.inputs["Distortion"].default_value = 0.8
        links.new(scaled, grain.inputs["Vector"])
        links.new(grain.outputs["Fac"], ramp.inputs["Fac"])
        ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.32, 0.68
        ramp.color_ramp.elements[0].color = (*(c * 0.62 for c in colour), 1)
        ramp.color_ramp.elements[1].color = (*(min(1.0, c * 1.18) for c in colour), 1)
        links.new(ramp.outputs["Color"], surface.inputs["Base Color"])
        surface.inputs["Roughness"].default_value = gloss
        _bumpy(nodes, links, surface, grain.outputs["Fac"], 0.12, 0.0008)

    return _kept(f"wood {_code(colour)} {along} {gloss:g}", make)


def metal(colour: Colour, roughness: float = 0.35) -> bpy.types.Material:
    """Brushed or painted metal: dark colours are painted, bright ones bare."""

    def make(_nodes: Any, _links: Any, surface: Any) -> None:
        surface.inputs["Base Color"].default_value = (*colour, 1)
        surface.inputs["Metallic"].default_value = 1.0 if max(colour) > 0.12 else 0.0
        surface.inputs["Roughness"].default_value = roughness

    return _kept(f"metal {_code(colour)} {roughness:g}", make)


def lacquer(colour: Colour, roughness: float = 0.4) -> bpy.types.Material:
    """Paint, ceramic, plastic."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        _mottled(nodes, links, surface, colour, scale=5.0, spread=0.03)
        surface.inputs["Roughness"].default_value = roughness

    return _kept(f"lacquer {_code(colour)} {roughness:g}", make)


def shade(colour: Colour, glow: float = 0.5) -> bpy.types.Material:
    """A lamp's shade of cloth, lit from inside."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        surface.inputs["Base Color"].default_value = (*(0.85 * c for c in colour), 1)
        surface.inputs["Roughness"].default_value = 0.9
        surface.inputs["Emission Color"].default_value = (1.0, 0.83, 0.62, 1)
        # Its rim is dimmer than its middle, before which the bulb is: else it would look flat.
        edge, share = nodes.new("ShaderNodeLayerWeight"), nodes.new("ShaderNodeMapRange")
        edge.inputs["Blend"].default_value = 0.35
        share.inputs["To Min"].default_value, share.inputs["To Max"].default_value = 0.6 * glow, 0.12 * glow
        links.new(edge.outputs["Facing"], share.inputs["Value"])
        links.new(share.outputs["Result"], surface.inputs["Emission Strength"])

    return _kept(f"shade {_code(colour)} {glow:g}", make)


def leaf(colour: Colour) -> bpy.types.Material:
    """Leaves: waxy, a little light through them."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        _mottled(nodes, links, surface, colour, scale=14.0, spread=0.3)
        surface.inputs["Roughness"].default_value = 0.42
        surface.inputs["Subsurface Weight"].default_value = 0.08

    return _kept(f"leaf {_code(colour)}", make)


def screen() -> bpy.types.Material:
    """A television that is off: black glass."""

    def make(_nodes: Any, _links: Any, surface: Any) -> None:
        surface.inputs["Base Color"].default_value = (0.004, 0.004, 0.005, 1)
        surface.inputs["Roughness"].default_value = 0.08

    return _kept("screen", make)


def glass() -> bpy.types.Material:
    """Thin clear glass of things on tables: mostly seen by what it reflects. No refraction: it costs rays and shows nothing."""

    def make(_nodes: Any, _links: Any, surface: Any) -> None:
        surface.inputs["Base Color"].default_value = (0.9, 0.95, 0.95, 1)
        surface.inputs["Roughness"].default_value = 0.05
        surface.inputs["Alpha"].default_value = 0.28

    return _kept("glass", make)


def sheer(colour: Colour) -> bpy.types.Material:
    """Voile: half of the light passes, more where it is seen face on than along its folds."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        surface.inputs["Base Color"].default_value = (*colour, 1)
        surface.inputs["Roughness"].default_value = 0.95
        surface.inputs["Specular IOR Level"].default_value = 0.05
        edge, share = nodes.new("ShaderNodeLayerWeight"), nodes.new("ShaderNodeMapRange")
        edge.inputs["Blend"].default_value = 0.4
        share.inputs["To Min"].default_value, share.inputs["To Max"].default_value = 0.42, 0.85
        links.new(edge.outputs["Facing"], share.inputs["Value"])
        links.new(share.outputs["Result"], surface.inputs["Alpha"])

    return _kept(f"sheer {_code(colour)}", make)


def mirror() -> bpy.types.Material:
    """Silvered glass: shows the photo's light as the renderer knows it, so blurred a little rather than wrong in detail."""

    def make(_nodes: Any, _links: Any, surface: Any) -> None:
        surface.inputs["Base Color"].default_value = (0.86, 0.88, 0.88, 1)
        surface.inputs["Metallic"].default_value = 1.0
        surface.inputs["Roughness"].default_value = 0.12

    return _kept("mirror", make)


def picture(name: str, pixels: Any) -> bpy.types.Material:
    """A print on something upright: float pixels (h, w, 3), linear sRGB, top row first."""
    return _printed(name, pixels, "Z", 0.7)


def print_on_floor(name: str, pixels: Any) -> bpy.types.Material:
    """A pattern on something that lies: rows from its back to its front."""
    return _printed(name, pixels, "Y", 0.95)


def _printed(name: str, pixels: Any, up: str, roughness: float) -> bpy.types.Material:

    def make(nodes: Any, links: Any, surface: Any) -> None:
        height, width = pixels.shape[:2]
        image = bpy.data.images.new(name, width, height, float_buffer=True)
        whole = np.ones((height, width, 4), np.float32)
        whole[..., :3] = pixels[::-1]
        image.pixels.foreach_set(whole.ravel())
        image.pack()
        place, texture = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeTexImage")
        texture.image = image
        parts, joined = nodes.new("ShaderNodeSeparateXYZ"), nodes.new("ShaderNodeCombineXYZ")
        links.new(place.outputs["Generated"], parts.inputs[0])
        links.new(parts.outputs["X"], joined.inputs["X"])
        links.new(parts.outputs[up], joined.inputs["Y"])
        links.new(joined.outputs[0], texture.inputs["Vector"])
        links.new(texture.outputs["Color"], surface.inputs["Base Color"])
        surface.inputs["Roughness"].default_value = roughness

    return _kept(name, make)


def _kept(name: str, make: Any) -> bpy.types.Material:
    """The material of this name, made when it is not there."""
    found = bpy.data.materials.get(name)
    if found is not None:
        return found
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    make(nodes, links, nodes["Principled BSDF"])
    return material


def _noise(nodes: Any, links: Any, scale: float, detail: float) -> Any:
    place, noise = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value, noise.inputs["Detail"].default_value = scale, detail
    links.new(place.outputs["Object"], noise.inputs["Vector"])
    return noise.outputs["Fac"]


def _at_ends(nodes: Any, links: Any, along: str, long: Colour, ends: Colour) -> Any:
    """Places on a part, stretched by ``long``; by ``ends`` where its surface faces along the axis."""
    place, facing, mixed = (nodes.new(f"ShaderNode{kind}") for kind in ("TexCoord", "SeparateXYZ", "Mix"))
    links.new(place.outputs["Normal"], facing.inputs[0])
    away, past = nodes.new("ShaderNodeMath"), nodes.new("ShaderNodeMath")
    away.operation, past.operation, past.inputs[1].default_value = "ABSOLUTE", "GREATER_THAN", 0.75
    links.new(facing.outputs[along], away.inputs[0])
    links.new(away.outputs[0], past.inputs[0])
    mixed.data_type = "VECTOR"
    links.new(past.outputs[0], mixed.inputs["Factor"])
    for slot, stretch in ((4, long), (5, ends)):
        scaled = nodes.new("ShaderNodeMapping")
        scaled.inputs["Scale"].default_value = stretch
        links.new(place.outputs["Object"], scaled.inputs["Vector"])
        links.new(scaled.outputs["Vector"], mixed.inputs[slot])
    return mixed.outputs[1]


def _mottled(nodes: Any, links: Any, surface: Any, colour: Colour, scale: float, spread: float) -> None:
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.3, 0.7
    ramp.color_ramp.elements[0].color = (*(c * (1 - spread) for c in colour), 1)
    ramp.color_ramp.elements[1].color = (*(min(1.0, c * (1 + spread)) for c in colour), 1)
    links.new(_noise(nodes, links, scale, 5.0), ramp.inputs["Fac"])
    links.new(ramp.outputs["Color"], surface.inputs["Base Color"])


def _bumpy(nodes: Any, links: Any, surface: Any, height: Any, strength: float, distance: float) -> None:
    bump = nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value, bump.inputs["Distance"].default_value = strength, distance
    links.new(height, bump.inputs["Height"])
    links.new(bump.outputs["Normal"], surface.inputs["Normal"])


def _code(colour: Colour) -> str:
    return " ".join(f"{c:.4f}" for c in colour)


def webbing(colour: Colour, across: str = "X", up: str = "Z", pitch: float = 0.014) -> bpy.types.Material:
    """Woven cane in a frame, flat in the ``across``-``up`` plane: strips ``pitch`` metres apart with small dark holes."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        place, parts = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeSeparateXYZ")
        links.new(place.outputs["Object"], parts.inputs[0])
        waves = []
        for axis in (across, up):
            phase, wave = nodes.new("ShaderNodeMath"), nodes.new("ShaderNodeMath")
            phase.operation, wave.operation = "MULTIPLY", "SINE"
            phase.inputs[1].default_value = 2 * np.pi / pitch
            links.new(parts.outputs[axis], phase.inputs[0])
            links.new(phase.outputs[0], wave.inputs[0])
            waves.append(wave)
        both, ramp = nodes.new("ShaderNodeMath"), nodes.new("ShaderNodeValToRGB")
        both.operation = "MAXIMUM"
        for number, wave in enumerate(waves):
            links.new(wave.outputs[0], both.inputs[number])
        links.new(both.outputs[0], ramp.inputs["Fac"])
        ramp.color_ramp.elements[0].color = (*(c * 0.12 for c in colour), 1)
        ramp.color_ramp.elements[1].position, ramp.color_ramp.elements[1].color = 0.12, (*colour, 1)
        links.new(ramp.outputs["Color"], surface.inputs["Base Color"])
        surface.inputs["Roughness"].default_value = 0.55
        _bumpy(nodes, links, surface, both.outputs[0], 0.4, 0.001)

    return _kept(f"webbing {_code(colour)} {across}{up} {pitch:g}", make)


def marble(colour: Colour, vein: Colour, gloss: float = 0.16) -> bpy.types.Material:
    """Polished stone with thin veins."""

    def make(nodes: Any, links: Any, surface: Any) -> None:
        bent, noise = _noise(nodes, links, 2.2, 6.0), nodes.new("ShaderNodeMath")
        # Veins run where a noise crosses its middle value.
        noise.operation, noise.inputs[1].default_value = "SUBTRACT", 0.5
        links.new(bent, noise.inputs[0])
        near, ramp = nodes.new("ShaderNodeMath"), nodes.new("ShaderNodeValToRGB")
        near.operation = "ABSOLUTE"
        links.new(noise.outputs[0], near.inputs[0])
        links.new(near.outputs[0], ramp.inputs["Fac"])
        ramp.color_ramp.elements[0].color = (*vein, 1)
        ramp.color_ramp.elements[1].position, ramp.color_ramp.elements[1].color = 0.03, (*colour, 1)
        links.new(ramp.outputs["Color"], surface.inputs["Base Color"])
        surface.inputs["Roughness"].default_value = gloss

    return _kept(f"marble {_code(colour)} {_code(vein)} {gloss:g}", make)
