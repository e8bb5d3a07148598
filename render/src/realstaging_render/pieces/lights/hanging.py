"""What lamps hang by: a rose on the ceiling and a cord."""

from __future__ import annotations

from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

ROOMS = ("dining_room", "living_room", "bedroom", "kitchen", "office", "entryway", "kids_room")


def rose(builder: Builder, material: Any, radius: float = 0.055) -> None:
    """The cover at the ceiling."""
    builder.lathe([(radius * 0.7, -0.03), (radius, -0.022), (radius, 0)], (0, 0, 0), material)


def cord(builder: Builder, x: float, y: float, length: float, look: Look) -> None:
    """From the ceiling down."""
    colour = (0.03, 0.03, 0.03) if look.legs == "metal" else (0.3, 0.26, 0.2)
    builder.rod((x, y, -0.01), (x, y, -length), 0.003, materials.lacquer(colour, 0.8))
