"""Reading a room from one photo: lines, camera, box, scale, openings, what stands there, light, and how sure all that is."""

from realstaging.engines.local.room.read import read_room

__all__ = ["read_room"]
