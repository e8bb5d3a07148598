"""Flat-woven rugs: even stripes of coloured yarn, crosswise, with a hem."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.rugs import THICK
from realstaging_render.shapes import Builder


def lay_striped(builder: Builder, look: Look, dice: random.Random, width: float, depth: float) -> None:
    """The rug, ``width`` x ``depth`` metres, its stripes along its depth."""
    columns, rows = round(width * 220), round(depth * 220)
    field, line = np.array(look.light) * 0.8, np.array(dice.choice([look.second, look.accent])) * 0.75
    x = np.linspace(-width / 2, width / 2, columns)
    band = dice.choice([0.05, 0.09, 0.16])
    striped = ((x / band) % 1 < dice.choice([0.2, 0.35, 0.5])) & (np.abs(x) < width / 2 - 0.09)
    colours = np.where(striped[None, :, None], line, field) * np.ones((rows, 1, 1))
    hem = np.abs(np.abs(x) - (width / 2 - 0.05)) < 0.018
    colours[:, hem] = line
    noise = np.random.default_rng(dice.randrange(2**32)).normal(1, 0.06, (rows, columns, 1))
    flat = np.stack(np.meshgrid(x[:: columns // 12], np.linspace(-depth / 2, depth / 2, 8), indexing="ij"), axis=-1)
    flat[-1, :, 0] = width / 2
    top = np.concatenate([flat, np.full((*flat.shape[:2], 1), THICK)], axis=-1)
    name = f"striped {look.style} {width:g} {dice.random():.6f}"
    builder.sheet(top, materials.print_on_floor(name, np.clip(colours * noise, 0, 1)), THICK)
