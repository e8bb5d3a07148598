"""A buffet with panelled doors, drawers and a moulded top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "coastal")
PIECE = Piece(
    "sideboard_buffet", "sideboard", "Buffet", 1.6, 0.48, 0.92, ("dining_room", "living_room", "office"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    top, knob = materials.wood(look.wood, "X"), materials.metal(look.metal, 0.3)
    paint = materials.lacquer(look.light if look.style == "coastal" else look.fabric, 0.55)
    body = top if look.style == "traditional" else paint
    stile = materials.wood(look.wood, "Z") if look.style == "traditional" else paint
    for x in (-0.73, 0.73):
        for y in (-0.19, 0.19):
            builder.lathe([(0.022, 0), (0.03, 0.02), (0.02, 0.035), (0.038, 0.09)], (x, y, 0), stile, 32)
    builder.box((1.52, 0.42, 0.785), (0, 0.01, 0.08), body, 0.006)
    builder.box((1.55, 0.445, 0.06), (0, 0, 0.085), body, 0.012)
    builder.box((1.6, 0.48, 0.035), (0, 0, 0.885), top, 0.014)
    builder.box((1.555, 0.445, 0.025), (0, 0, 0.862), top, 0.01)
    for number in range(4):
        x = -0.555 + 0.37 * number
        builder.box((0.35, 0.018, 0.14), (x, -0.203, 0.7), body, 0.005)
        builder.lathe([(0.006, 0), (0.014, 0.01), (0.012, 0.018)], (x, -0.222, 0.762), knob, 20)
        _door(builder, x, body, stile)
        builder.rod((x + (0.14 if number % 2 == 0 else -0.14), -0.212, 0.45), _front(x, number), 0.011, knob)


def _front(x: float, number: int) -> tuple[float, float, float]:
    return (x + (0.14 if number % 2 == 0 else -0.14), -0.236, 0.45)


def _door(builder: Builder, x: float, body: object, stile: object) -> None:
    """A frame round a raised panel."""
    for side in (-1, 1):
        builder.box((0.05, 0.02, 0.5), (x + side * 0.15, -0.204, 0.17), stile, 0.003)
        builder.box((0.25, 0.02, 0.05), (x, -0.204, 0.17 if side < 0 else 0.62), body, 0.003)
    builder.box((0.22, 0.014, 0.37), (x, -0.2, 0.235), stile, 0.007)
