"""One scene, rendered: the furniture by itself, and the shade it throws on the room."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from realstaging_render import furnishing, memory, room

SHADE_SIDE = 448
"""Pixels along the longer side of the shade: shadows in a room are soft, and the compositor enlarges them."""

SHADE_SAMPLES = 8

MOST_RAYS = 24 * 2048 * 1365
"""Camera rays of one picture. Bigger pictures get fewer per pixel: their finer pixels show the same furniture."""


class Stage:
    """Blender's scene, kept between requests with everything that may serve again."""

    def __init__(self, cores: int) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self._view = bpy.context.scene
        self._store = furnishing.Store()
        _settings(self._view, cores)

    def render(self, scene: dict[str, Any], folder: Path, on_progress: Callable[[float], None]) -> dict[str, float]:
        """Write ``furniture.exr``, ``furnished.exr`` and ``bare.exr`` of the scene's crop; gives seconds and peak memory."""
        begun = time.monotonic()
        memory.forget_peak()
        furniture, box = self._collection("furniture"), self._collection("room")
        try:
            with np.load(scene["light"]) as light:
                radiance = {name: np.asarray(light[name], float) for name in light.files}
            surfaces = room.build(scene["box"], radiance, box)
            for placed in scene["pieces"]:
                self._store.place(placed, furniture)
            on_progress(0.1)
            self._furniture(scene, surfaces, folder / "furniture.exr")
            on_progress(0.7)
            self._shade(scene, surfaces, furniture, folder)
            on_progress(1.0)
        finally:
            _discard(furniture)
            _discard(box)
            self._store.trim()
        return {"seconds": time.monotonic() - begun, "peak_mb": memory.peak_mb()}

    def _collection(self, name: str) -> bpy.types.Collection:
        collection = bpy.data.collections.new(name)
        self._view.collection.children.link(collection)
        return collection

    def _furniture(self, scene: dict[str, Any], surfaces: list[bpy.types.Object], target: Path) -> None:
        for surface in surfaces:
            surface.hide_render = True
        size = _size(scene["crop"])
        samples = max(min(scene["samples"], MOST_RAYS // (size[0] * size[1])), 4)
        self._shoot(scene, size, samples, target)

    def _shade(
        self,
        scene: dict[str, Any],
        surfaces: list[bpy.types.Object],
        furniture: bpy.types.Collection,
        folder: Path,
    ) -> None:
        for surface in surfaces:
            surface.hide_render = False
        for piece in furniture.objects:
            piece.visible_camera = False
        size = _size(scene["crop"], SHADE_SIDE)
        self._shoot(scene, size, SHADE_SAMPLES, folder / "furnished.exr")
        for piece in furniture.objects:
            piece.hide_render = True
        self._shoot(scene, size, SHADE_SAMPLES, folder / "bare.exr")

    def _shoot(self, scene: dict[str, Any], size: tuple[int, int], samples: int, target: Path) -> None:
        view = self._view
        room.camera(scene["camera"], tuple(scene["crop"]), size, view)
        view.cycles.samples, view.cycles.seed = samples, scene["seed"]
        view.render.filepath = str(target)
        bpy.ops.render.render(write_still=True)


def _size(crop: tuple[int, int, int, int], at_most: int | None = None) -> tuple[int, int]:
    """Pixels (width, height) of a crop, its longer side reduced to ``at_most``."""
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    shrink = min(1.0, at_most / max(width, height)) if at_most else 1.0
    return max(1, round(width * shrink)), max(1, round(height * shrink))


def _settings(view: bpy.types.Scene, cores: int) -> None:
    view.render.engine = "CYCLES"
    view.render.threads_mode, view.render.threads = "FIXED", cores
    view.render.film_transparent = True
    view.render.use_persistent_data = True
    view.render.use_file_extension = False
    view.view_settings.view_transform = "Raw"
    view.world = bpy.data.worlds.new("dark")
    view.world.color = (0, 0, 0)
    images = view.render.image_settings
    images.file_format, images.color_mode, images.color_depth, images.exr_codec = "OPEN_EXR", "RGBA", "16", "ZIP"
    cycles = view.cycles
    cycles.device = "CPU"
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_input_passes, cycles.denoising_prefilter = "RGB_ALBEDO_NORMAL", "FAST"
    cycles.denoising_quality = "BALANCED"
    cycles.use_adaptive_sampling, cycles.adaptive_threshold, cycles.adaptive_min_samples = True, 0.03, 8
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 5, 3, 3
    cycles.transmission_bounces, cycles.transparent_max_bounces = 4, 8
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect, cycles.blur_glossy = 4.0, 1.0
    cycles.use_light_tree = False


def _discard(collection: bpy.types.Collection) -> None:
    for thing in list(collection.objects):
        data = thing.data
        bpy.data.objects.remove(thing)
        if isinstance(data, bpy.types.Mesh):
            bpy.data.meshes.remove(data)
    bpy.data.collections.remove(collection)
