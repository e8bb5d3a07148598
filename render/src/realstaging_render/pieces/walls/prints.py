"""Art to hang: made of numbers, in families that suit the styles. Float pixels (h, w, 3), linear sRGB."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

MAT = 0.05
PAPER = np.array([0.84, 0.82, 0.77])


def abstract(look: Look, dice: random.Random, width: int, height: int) -> Any:
    """Large overlapping soft shapes on paper."""
    u, v = np.meshgrid(np.linspace(0, width / height, width), np.linspace(0, 1, height))
    print_ = np.broadcast_to(PAPER, (height, width, 3)).copy()
    colours = [look.accent, look.second, look.fabric, look.accent]
    dice.shuffle(colours)
    for colour in colours:
        cx, cy = dice.uniform(0.25, 0.75) * width / height, dice.uniform(0.25, 0.75)
        rx, ry, turn = dice.uniform(0.14, 0.36), dice.uniform(0.14, 0.36), dice.uniform(0, 3)
        x, y = (u - cx) * np.cos(turn) + (v - cy) * np.sin(turn), (v - cy) * np.cos(turn) - (u - cx) * np.sin(turn)
        angle = np.arctan2(y, x)
        wobble = 1 + 0.12 * np.sin(angle * 3 + dice.uniform(0, 6)) + 0.05 * np.sin(angle * 7 + dice.uniform(0, 6))
        inside = np.hypot(x / rx, y / ry) < wobble
        print_[inside] = print_[inside] * 0.12 + np.array(colour) * 0.88
    return _textured(print_, dice)


def landscape(look: Look, dice: random.Random, width: int, height: int) -> Any:
    """Hills in layers under a pale sky."""
    u, v = np.meshgrid(np.linspace(0, 3, width), np.linspace(0, 1, height))
    sky = np.array(look.light) * 0.95
    print_ = sky * (0.8 + 0.2 * v[..., None]) + np.array([0.06, 0.03, 0.0]) * v[..., None]
    sun = np.hypot((u / 3 - dice.uniform(0.25, 0.75)) * width / height, v - dice.uniform(0.2, 0.32)) < dice.uniform(
        0.05, 0.09
    )
    print_[sun] = np.array(look.accent) * 0.6 + 0.35
    for layer in range(5):
        line = (
            0.42
            + 0.11 * layer
            + sum(0.05 / k * np.sin(u * k * dice.uniform(0.8, 1.6) + dice.uniform(0, 6)) for k in (1, 2, 4))
        )
        share = (layer + 1) / 5
        print_[v > line] = sky * (1 - share) * 0.9 + np.array(look.accent) * share * 0.8
    return _textured(print_, dice)


def _textured(print_: Any, dice: random.Random) -> Any:
    noise = np.random.default_rng(dice.randrange(2**32)).normal(1, 0.02, (*print_.shape[:2], 1))
    return np.clip(print_ * noise, 0, 1)


def print_for(look: Look, dice: random.Random, width: int, height: int) -> Any:
    """A print of the family that suits the style."""
    if look.style in {"traditional", "coastal", "farmhouse", "luxury", "scandinavian"}:
        return landscape(look, dice, width, height)
    return abstract(look, dice, width, height)


def framed(builder: Builder, look: Look, dice: random.Random, piece: Piece) -> None:
    """A print of the size of ``piece``, in a frame with a mat."""
    wide, high, back = piece.width, piece.height, piece.depth / 2
    frame = materials.wood(look.wood, "X", 0.35) if look.legs == "wood" else materials.metal(look.metal, 0.3)
    for x in (-1, 1):
        builder.box((0.025, piece.depth, high), (x * (wide - 0.025) / 2, 0, 0), frame, 0.003)
    for z in (0, high - 0.025):
        builder.box((wide, piece.depth, 0.025), (0, 0, z), frame, 0.003)
    builder.box(
        (wide - 0.03, 0.012, high - 0.03), (0, back - 0.01, 0.015), materials.lacquer((0.85, 0.84, 0.81), 0.9), 0.001
    )
    name = f"{piece.name} {look.style} {dice.random():.6f}"
    inner = (wide - 2 * MAT - 0.05, high - 2 * MAT - 0.05)
    art = materials.picture(name, print_for(look, dice, round(inner[0] * 400), round(inner[1] * 400)))
    builder.box((inner[0], 0.002, inner[1]), (0, back - 0.018, MAT + 0.025), art, 0.0001)
