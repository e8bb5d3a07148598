"""Rugs as patterns woven into a slightly uneven pile."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

THICK = 0.012


def pattern(look: Look, dice: random.Random, width: float, depth: float) -> Any:
    """Colours (h, w, 3), linear sRGB: a field, a motif that suits the style, a border."""
    rows, columns = 360, round(360 * width / depth)
    u, v = np.meshgrid(np.linspace(-1, 1, columns) * width / depth, np.linspace(-1, 1, rows))
    field, line = np.array(look.light) * 0.82, np.array(look.second) * 0.8
    colours = np.broadcast_to(field, (rows, columns, 3)).copy()
    if look.style in {"bohemian", "mid_century", "scandinavian"}:
        size = dice.uniform(0.3, 0.42)
        diamonds = np.abs((u / size) % 1 - 0.5) + np.abs((v / size) % 1 - 0.5)
        colours[np.abs(diamonds - 0.32) < 0.05] = line
        colours[diamonds < 0.08] = look.accent
    elif look.style in {"traditional", "luxury", "farmhouse"}:
        medallion = np.hypot(u * 0.8, v)
        colours[(np.cos(medallion * 22) > 0.75) & (medallion < 0.75)] = line
        colours[(np.cos(np.arctan2(v, u) * 12 + medallion * 9) > 0.8) & (medallion < 0.68)] = (
            np.array(look.accent) * 0.8
        )
    elif look.style in {"coastal", "modern", "industrial"}:
        wave = np.sin(v * 24 + 1.5 * np.sin(u * 2.1 + dice.uniform(0, 6)))
        colours[wave > 0.82] = line
    edge = np.minimum(width / depth - np.abs(u), 1 - np.abs(v))
    colours[(edge > 0.05) & (edge < 0.075)] = line
    noise = np.random.default_rng(dice.randrange(2**32)).normal(1, 0.05, (rows, columns, 1))
    return np.clip(colours * noise, 0, 1)


def lay(builder: Builder, look: Look, dice: random.Random, width: float, depth: float) -> None:
    """The rug, its pattern on top."""
    x, y = np.linspace(-width / 2, width / 2, 60), np.linspace(-depth / 2, depth / 2, 44)
    grid_x, grid_y = np.meshgrid(x, y, indexing="ij")
    uneven = 0.0012 * np.sin(grid_x * 9 + dice.uniform(0, 6)) * np.sin(grid_y * 11 + dice.uniform(0, 6))
    top = np.stack([grid_x, grid_y, THICK - 0.0012 + uneven], axis=-1)
    name = f"rug {look.style} {width:g} {dice.random():.6f}"
    builder.sheet(top, materials.print_on_floor(name, pattern(look, dice, width, depth)), THICK - 0.0024)
