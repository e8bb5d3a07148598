"""Rugs for outdoors: striped dhurries, kilims of lozenges, bordered sisal. Colours (h, w, 3), rows from back to front."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.rugs import WOOL, blended, dyed, fringed, loom, yarned

SIZE = (2.4, 1.7)
SISAL = np.array([0.44, 0.35, 0.235])


def striped(look: Look, rng: random.Random) -> Any:
    """Broad awning stripes across, a pin stripe in each gap; the sea's blues, or the greens and reds of a farm."""
    x, _ = loom(SIZE)
    dye = rng.choice([(0.05, 0.13, 0.23), (0.16, 0.28, 0.33)]) if look.style == "coastal" else look.accent
    place = np.abs((x / (SIZE[0] / 8) + 0.5) % 1 - 0.5) * 2
    wide, pin = (place < 0.4).astype(float), ((place > 0.66) & (place < 0.74)).astype(float)
    colours = blended(np.broadcast_to(WOOL * 1.06, (*x.shape, 3)), dyed(dye, 0.18), np.maximum(wide, pin))
    return fringed(yarned(colours, rng, abrash=0.05, rib=0.012), rng, 0.04)


def lozenged(look: Look, rng: random.Random) -> Any:
    """Stepped lozenges in rows, one within another, between toothed borders: as kilims are, every edge along the threads."""
    x, y = loom(SIZE)
    step = 0.025
    u, v = ((np.floor(part / step) + 0.5) * step for part in (x, y))
    wide = tall = 0.6
    row = np.floor(v / tall + 0.5)
    across = np.abs((u / wide + 0.5 * (row % 2)) % 1 - 0.5) * 2
    ring = across + np.abs(v - row * tall) / (tall / 2)
    dyes = [dyed(look.accent, 0.15), dyed(look.second, 0.15), dyed((0.055, 0.045, 0.04), 0.1), WOOL * 0.95]
    colours = np.broadcast_to(dyed(look.fabric, 0.3), (*x.shape, 3))
    for most, number in ((0.98, 2), (0.88, 3), (0.7, 0), (0.44, 3), (0.34, 1), (0.14, 2)):
        colours = blended(colours, dyes[number], (ring < most).astype(float))
    edge = SIZE[0] / 2 - np.abs(u)
    teeth = edge < 0.2 - 0.06 * np.abs((v / 0.12) % 1 - 0.5) * 2
    for part, number in ((teeth, 3), (edge < 0.125, 2), (edge < 0.095, 0)):
        colours = blended(colours, dyes[number], part.astype(float))
    return fringed(yarned(colours, rng, abrash=0.12, rib=0.009), rng, 0.055)


def bordered(look: Look, rng: random.Random) -> Any:
    """Sisal in a basket weave, bound with a broad band of dark cloth, a thin line within it."""
    x, y = loom(SIZE)
    knot = 0.5 + 0.5 * np.abs(np.sin(np.pi * x / 0.028) * np.sin(np.pi * y / 0.022)) ** 0.5
    turned = (np.floor(x / 0.028) + np.floor(y / 0.022)) % 2
    field = SISAL * rng.uniform(0.92, 1.05) * (knot * (0.93 + 0.09 * turned))[..., None]
    edge = np.minimum(SIZE[0] / 2 - np.abs(x), SIZE[1] / 2 - np.abs(y))
    bind = dyed(min((look.accent, look.second, look.wood), key=sum), 0.06)
    colours = blended(field, bind, (edge < 0.11).astype(float))
    colours = blended(colours, bind * 0.9, ((edge > 0.145) & (edge < 0.157)).astype(float))
    return yarned(colours, rng, abrash=0.03, grain=0.1)
