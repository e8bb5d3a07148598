"""Knotted rugs: medallions within borders, fresh or faded; lozenges on a shaggy pile; fans; arcs."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.rugs import WOOL, blended, clouds, dyed, fringed, loom, yarned

MADDER, INDIGO, OCHRE, OLIVE = (0.2, 0.045, 0.035), (0.03, 0.05, 0.095), (0.4, 0.25, 0.1), (0.13, 0.14, 0.075)
PEARL, DOVE, GOLD, SMOKE = (0.6, 0.56, 0.5), (0.3, 0.31, 0.32), (0.4, 0.3, 0.16), (0.11, 0.13, 0.17)


def persian(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """A lobed medallion on a flowered field, its quarters in the corners, three borders, fringes at the ends."""
    if look.style == "luxury":
        dyes = rng.choice([(PEARL, DOVE, GOLD, SMOKE), (DOVE, SMOKE, PEARL, GOLD)])
    else:
        dyes = rng.choice(
            [(MADDER, INDIGO, OCHRE, OLIVE), (INDIGO, MADDER, OCHRE, OLIVE), (OCHRE, MADDER, INDIGO, OLIVE)]
        )
    return fringed(yarned(_medallion(size, [dyed(dye, 0.2) for dye in dyes]), rng), rng)


def faded(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """The same rug a lifetime later: dyed over, walked bare, the pattern coming and going."""
    tone = np.array(rng.choice([(0.2, 0.215, 0.23), (0.3, 0.2, 0.15), (0.25, 0.24, 0.22)]))
    fresh = _medallion(size, [dyed(dye, 0.2) for dye in (tone * 0.75, tone * 0.4, tone * 1.6, look.accent)])
    rows, columns = fresh.shape[:2]
    bare = clouds(rng, (rows, columns), (4, 6), 6)
    threads = clouds(rng, (rows, columns), (90, 60), 2)
    gone = np.clip((bare + 0.5 * threads - 0.52) * 3.2, 0, 0.92)
    overdyed = blended(fresh, tone, np.full((rows, columns), 0.3))
    return yarned(blended(overdyed, tone * 0.6 + WOOL * 0.32, gone), rng, abrash=0.16, grain=0.12)


def _medallion(size: tuple[float, float], dyes: list[Any]) -> Any:
    field, ground, bright, leaf = dyes
    light = WOOL * 0.85
    width, depth = size
    x, y = loom(size)
    edge = np.minimum(width / 2 - 0.045 - np.abs(x), depth / 2 - np.abs(y))
    colours = np.broadcast_to(field, (*x.shape, 3)).copy()
    _flowers(colours, np.abs(x), np.abs(y), 0.155, (light * 0.8, bright, leaf))
    half = (width / 2 - 0.335, depth / 2 - 0.29)
    for u, v, reach in ((x, y, 1.0), (half[0] - np.abs(x), half[1] - np.abs(y), 0.78)):
        turn = np.arctan2(v / half[1], u / half[0])
        lobes = 1 + 0.055 * np.abs(np.cos(turn * 8)) + 0.2 * np.abs(np.cos(turn)) ** 60
        away = np.hypot(u / half[0], v / half[1]) / (0.66 * reach * lobes)
        inside = away < 1
        colours[inside] = ground
        _flowers(colours, np.abs(u), np.abs(v), 0.115, (bright, light * 0.8, leaf), inside & (away > 0.52))
        for low, high, yarn in (
            (0.955, 1.0, light),
            (0.5, 0.53, light),
            (0.0, 0.5, field),
            (0.2, 0.225, bright),
            (0.0, 0.2, leaf),
        ):
            colours[(away >= low) & (away < high)] = yarn
        _flowers(colours, np.abs(u), np.abs(v), 0.1, (light * 0.85, bright, ground), away < 0.48)
    border = edge < 0.29
    colours[border] = ground
    along = np.where(width / 2 - np.abs(x) - 0.045 < depth / 2 - np.abs(y), y, x)
    _flowers(colours, np.abs(along), edge - 0.15, 0.2, (field, bright, leaf), (edge > 0.06) & (edge < 0.24))
    vine = np.abs(edge - 0.15 - 0.05 * np.sin(along * 2 * np.pi / 0.4)) < 0.004
    colours[vine & border] = light * 0.75
    for low, high, yarn in (
        (0.0, 0.02, field),
        (0.02, 0.026, light),
        (0.052, 0.058, light),
        (0.242, 0.248, light),
        (0.28, 0.29, light),
    ):
        colours[(edge >= low) & (edge < high)] = yarn
    beads = (np.abs((along / 0.04) % 1 - 0.5) < 0.26) & (
        (np.abs(edge - 0.039) < 0.008) | (np.abs(edge - 0.264) < 0.009)
    )
    colours[beads] = bright
    return colours


def _flowers(colours: Any, u: Any, v: Any, pitch: float, yarns: tuple[Any, Any, Any], where: Any = True) -> None:
    """Rosettes with leaves between them, every second row shifted by half."""
    row = np.floor(v / pitch + 0.5)
    a, b = (u / pitch + 0.5 * (row % 2) + 0.5) % 1 - 0.5, v / pitch - row
    away, turn = np.hypot(a, b), np.arctan2(b, a)
    stem = np.abs(np.hypot(np.abs(a) - 0.5, np.abs(b) - 0.1) - 0.3) < 0.02
    leaves = np.hypot((np.abs(a) - 0.36) / 1.9, np.abs(b) - 0.3) < 0.06
    for shape, yarn in (
        (stem, yarns[2]),
        (leaves, yarns[2]),
        (away < 0.2 + 0.06 * np.cos(turn * 8), yarns[0]),
        (away < 0.11 + 0.02 * np.cos(turn * 8), yarns[1]),
        (away < 0.045, yarns[2]),
    ):
        colours[shape & where] = yarn


def berber(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """Undyed wool with a net of lozenges drawn by hand in brown; bohemian ones have small dyed lozenges within."""
    x, y = loom(size)
    sway = [(clouds(rng, x.shape, (5, 7), 3) - 0.5) * 0.07 for _ in range(2)]
    wide = size[0] / rng.choice([4, 5])
    a, b = (x + sway[0]) / wide, (y + sway[1]) / (wide * 0.8)
    net = np.abs(((a + b) + 0.5) % 1 - 0.5), np.abs(((a - b) + 0.5) % 1 - 0.5)
    near = np.minimum(*net)
    share = np.clip((0.042 - near) / 0.02, 0, 1)
    brown = np.array([0.1, 0.075, 0.055])
    colours = blended(np.broadcast_to(WOOL * 1.08, (*x.shape, 3)), brown * 1.3 + 0.03, share * 0.85)
    if look.style == "bohemian":
        within = np.clip((np.minimum(*net) - 0.4) / 0.02, 0, 1)
        ring = np.clip((0.02 - np.abs(near - 0.27)) / 0.012, 0, 1)
        colours = blended(blended(colours, dyed(look.accent, 0.3), within), dyed(look.second, 0.3), ring * 0.7)
    tufts = 0.78 + 0.44 * clouds(rng, x.shape, (size[1] * 45, size[0] * 45), 2)
    return yarned(colours * tufts[..., None], rng, abrash=0.05, grain=0.13)


def fans(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """Rows of fans, one over the other, their ribs in a silk a little brighter than the ground."""
    x, y = loom(size)
    ground, silk = rng.choice([(SMOKE, GOLD), (DOVE, PEARL), (SMOKE, look.light)])
    base, line = dyed(ground, 0.12), dyed(silk, 0.1)
    line = base + (line - base) * 0.7
    colours = np.broadcast_to(base, (*x.shape, 3)).copy()
    wide = size[0] / 8
    rows = round(size[1] / (wide / 2)) + 2
    for row in range(rows):
        bottom = size[1] / 2 - wide * 0.5 * row
        a = (x / wide + 0.5 * (row % 2) + 0.5) % 1 - 0.5
        b = (y - bottom) / wide
        away, turn = np.hypot(a, b), np.arctan2(b, a)
        scale = (away < 0.5) & (b > -0.5)
        colours[scale] = base
        rings = (np.abs(away - 0.485) < 0.016) | (np.abs(away - 0.43) < 0.008) | (away < 0.08)
        ribs = (
            (np.abs((turn * 8 / np.pi) % 1 - 0.5) < 0.055 / np.maximum(away, 0.1) * 0.5) & (away > 0.13) & (away < 0.4)
        )
        colours[scale & (rings | ribs)] = line
    edge = np.minimum(size[0] / 2 - np.abs(x), size[1] / 2 - np.abs(y))
    colours[edge < 0.1] = base
    colours[(np.abs(edge - 0.095) < 0.006) | (np.abs(edge - 0.045) < 0.003)] = line
    return yarned(colours, rng, abrash=0.05)


def arcs(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """Quarter circles in bands, turned this way and that."""
    x, y = loom(size)
    tile = size[1] / 2
    yarns = [
        WOOL * 0.95,
        *(dyed(dye, 0.32) for dye in ((0.42, 0.24, 0.07), look.fabric, (0.36, 0.12, 0.05), look.second)),
    ]
    columns = round(size[0] / tile)
    i, j = np.floor((x + size[0] / 2) * columns / size[0]).astype(int), np.floor((y + size[1] / 2) / tile).astype(int)
    i, j = np.clip(i, 0, columns - 1), np.clip(j, 0, 1)
    a, b = (x + size[0] / 2) * columns / size[0] - i, (y + size[1] / 2) / tile - j
    turns = np.array([[rng.randrange(4) for _ in range(2)] for _ in range(columns)])[i, j]
    a, b = np.where(turns % 2, 1 - a, a), np.where(turns // 2, 1 - b, b)
    away = np.hypot(a, b)
    colours = np.broadcast_to(yarns[0], (*x.shape, 3)).copy()
    for number, outer in enumerate((0.96, 0.78, 0.6, 0.42, 0.24)):
        colours[away < outer] = yarns[(1, 0, 2, 3, 4)[number]]
    return yarned(colours, rng, abrash=0.07)
