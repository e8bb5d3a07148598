"""Pieces in the room: each built once, kept, and instanced wherever a scene places it."""

from __future__ import annotations

import importlib
from collections import OrderedDict
from typing import Any

import bpy
from mathutils import Matrix

MEASURING_CUBE = "measuring_cube"
"""A plain cube of half a metre, in no catalogue: for tests, and for judging a room's scale."""

MOST_KEPT = 120
"""Pieces kept built. The one unused for longest goes first, so that memory stays bounded."""


class UnknownPieceError(Exception):
    """A scene names a piece that the catalogue does not have."""


class Store:
    """Built pieces by name, style and seed."""

    def __init__(self) -> None:
        self._built: OrderedDict[tuple[str, str, int], bpy.types.Collection] = OrderedDict()

    def place(self, placed: dict[str, Any], into: bpy.types.Collection) -> bpy.types.Object:
        """An instance of a piece where the scene wants it."""
        instance = bpy.data.objects.new(placed["piece"], None)
        instance.instance_type = "COLLECTION"
        instance.instance_collection = self._collection(placed["piece"], placed["style"], placed["seed"])
        where = Matrix.Translation((placed["x"], placed["y"], placed["z"]))
        instance.matrix_world = where @ Matrix.Rotation(placed["rotation"], 4, "Z")
        into.objects.link(instance)
        return instance

    def trim(self) -> None:
        """Let go of pieces unused for longest."""
        while len(self._built) > MOST_KEPT:
            _, collection = self._built.popitem(last=False)
            for thing in list(collection.all_objects):
                bpy.data.objects.remove(thing)
            bpy.data.collections.remove(collection)
        bpy.data.orphans_purge(do_local_ids=True, do_linked_ids=True, do_recursive=True)

    def _collection(self, name: str, style: str, seed: int) -> bpy.types.Collection:
        key = (name, style, seed)
        if key not in self._built:
            self._built[key] = _build(*key)
            # A piece must outlive the scenes that show it.
            self._built[key].use_fake_user = True
        self._built.move_to_end(key)
        return self._built[key]


def _build(name: str, style: str, seed: int) -> bpy.types.Collection:
    if name == MEASURING_CUBE:
        return _measuring_cube()
    pieces = importlib.import_module("realstaging_render.pieces")
    try:
        return pieces.build(name, style, seed)
    except KeyError as error:
        raise UnknownPieceError(f"There is no piece called {name!r} in {style!r}.") from error


def _measuring_cube() -> bpy.types.Collection:
    half, height = 0.25, 0.5
    corners = [(x, y, z) for z in (0.0, height) for y in (-half, half) for x in (-half, half)]
    sides = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    mesh = bpy.data.meshes.new(MEASURING_CUBE)
    mesh.from_pydata(corners, [], sides)
    collection = bpy.data.collections.new(MEASURING_CUBE)
    collection.objects.link(bpy.data.objects.new(MEASURING_CUBE, mesh))
    return collection
