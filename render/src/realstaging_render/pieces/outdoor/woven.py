"""Flat-woven rugs: stripes across, or lozenges along, between hems of coloured yarn."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.rugs import THICK
from realstaging_render.shapes import Builder

PER_METRE = 220


def lay_striped(builder: Builder, look: Look, rng: random.Random, width: float, depth: float) -> None:
    """The rug, ``width`` x ``depth`` metres, its stripes along its depth."""
    x, _ = _grid(width, depth)
    band, share = rng.choice([0.05, 0.09, 0.16]), rng.choice([0.2, 0.35, 0.5])
    striped = ((x / band) % 1 < share) & (np.abs(x) < width / 2 - 0.09)
    hem = np.abs(np.abs(x) - (width / 2 - 0.05)) < 0.018
    _lay(builder, look, rng, (width, depth), striped | hem)


def lay_lozenges(builder: Builder, look: Look, rng: random.Random, width: float, depth: float) -> None:
    """The rug, ``width`` x ``depth`` metres, with a row of lozenges along its width and two hems all around."""
    x, y = _grid(width, depth)
    edge = np.minimum(width / 2 - np.abs(x), depth / 2 - np.abs(y))
    size = width / round(width / (depth * 0.72))
    ring = np.abs((x / size) % 1 - 0.5) * 2 + np.abs(y) / (depth / 2 - 0.09)
    outlined = (np.abs(ring - 0.78) < 0.06) | (np.abs(ring - 0.44) < 0.05) | (ring < 0.16)
    hems = (np.abs(edge - 0.03) < 0.012) | (np.abs(edge - 0.065) < 0.005)
    _lay(builder, look, rng, (width, depth), (outlined & (edge > 0.09)) | hems)


def _grid(width: float, depth: float) -> list[np.ndarray]:
    rows, columns = round(depth * PER_METRE), round(width * PER_METRE)
    return np.meshgrid(np.linspace(-width / 2, width / 2, columns), np.linspace(-depth / 2, depth / 2, rows))


def _lay(builder: Builder, look: Look, rng: random.Random, size: tuple[float, float], lines: np.ndarray) -> None:
    """A rug of two yarns: ``lines`` (rows, columns) says where the darker one shows."""
    width, depth = size
    field = np.array(look.light) * 0.8
    # The yarn that stands out from the field: some styles have pale chairs.
    line = np.array(min((look.second, look.accent), key=sum)) * 0.85
    noise = np.random.default_rng(rng.randrange(2**32)).normal(1, 0.06, (*lines.shape, 1))
    colours = np.clip(np.where(lines[..., None], line, field) * noise, 0, 1)
    x, y = np.meshgrid(np.linspace(-width / 2, width / 2, 14), np.linspace(-depth / 2, depth / 2, 8), indexing="ij")
    top = np.stack([x, y, np.full(x.shape, THICK)], axis=-1)
    name = f"woven {look.style} {width:g} {rng.random():.6f}"
    builder.sheet(top, materials.print_on_floor(name, colours), THICK)
