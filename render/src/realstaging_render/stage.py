"""One scene, rendered: the furniture by itself, and the shade it throws on the room."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from realstaging_render import furnishing, memory, room
from realstaging_render.bands import bands_of

SHADE_SAMPLES = 8
"""Of a shade that is small anyway: shadows in a room are soft, and the compositor enlarges them."""

MOST_RAYS = 5 * 2048 * 1366
"""Camera rays of one picture. Bigger pictures get fewer per pixel: their finer pixels show the same furniture."""


LEAST_SAMPLES = 3
"""Rays per pixel below which the denoiser begins to invent."""


class Stage:
    """Blender's scene, kept between requests with everything that may serve again."""

    def __init__(self, cores: int) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self._view = bpy.context.scene
        self._store = furnishing.Store()
        _settings(self._view, cores)

    def render(self, scene: dict[str, Any], folder: Path, on_progress: Callable[[float], None]) -> dict[str, Any]:
        """Write the crop's furniture in bands, ``furnished.exr`` and ``bare.exr``; gives bands, seconds and peak memory."""
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
            bands = self._furniture(scene, surfaces, folder, lambda share: on_progress(0.1 + 0.7 * share))
            self._shade(scene, surfaces, furniture, folder)
            on_progress(1.0)
        finally:
            _discard(furniture)
            _discard(box)
            self._store.trim()
        return {"bands": bands, "seconds": time.monotonic() - begun, "peak_mb": memory.peak_mb()}

    def _collection(self, name: str) -> bpy.types.Collection:
        collection = bpy.data.collections.new(name)
        self._view.collection.children.link(collection)
        return collection

    def _furniture(
        self,
        scene: dict[str, Any],
        surfaces: list[bpy.types.Object],
        folder: Path,
        on_progress: Callable[[float], None],
    ) -> list[dict[str, Any]]:
        for surface in surfaces:
            surface.hide_render = True
        x0, y0, x1, y1 = scene["crop"]
        width, height = _within(scene["crop"], scene["most_pixels"])
        samples = max(min(scene["samples"], MOST_RAYS // (width * height)), LEAST_SAMPLES)
        written = []
        bands, row = bands_of(width, height), (y1 - y0) / height
        for done, band in enumerate(bands):
            target = folder / f"furniture-{done}.exr"
            crop = (x0, y0 + band.top * row, x1, y0 + band.bottom * row)
            self._shoot(scene, crop, (width, band.bottom - band.top), samples, target)
            written.append({"file": str(target), **band._asdict()})
            on_progress((done + 1) / len(bands))
        return written

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
        size = _size(scene["crop"], scene["shade_side"])
        self._shoot(scene, scene["crop"], size, SHADE_SAMPLES, folder / "furnished.exr")
        for piece in furniture.objects:
            piece.hide_render = True
        self._shoot(scene, scene["crop"], size, SHADE_SAMPLES, folder / "bare.exr")

    def _shoot(
        self, scene: dict[str, Any], crop: Sequence[float], size: tuple[int, int], samples: int, target: Path
    ) -> None:
        view = self._view
        room.camera(scene["camera"], crop, size, view)
        view.cycles.samples, view.cycles.seed = samples, scene["seed"]
        view.render.filepath = str(target)
        bpy.ops.render.render(write_still=True)


def _size(crop: Sequence[int], at_most: int) -> tuple[int, int]:
    """Pixels (width, height) of a crop, its longer side reduced to ``at_most``."""
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    shrink = min(1.0, at_most / max(width, height))
    return max(1, round(width * shrink)), max(1, round(height * shrink))


def _within(crop: Sequence[int], most: int) -> tuple[int, int]:
    """Pixels (width, height) of a crop, reduced to ``most`` pixels in all."""
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    shrink = min(1.0, (most / (width * height)) ** 0.5)
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
