"""Rugs off the loom without a pattern of knots: striped dhurries, braided jute, ribbed wool, brushed tones."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.rugs import WOOL, blended, clouds, dyed, fringed, loom, yarned

JUTE = np.array([0.42, 0.3, 0.175])


def dhurrie(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """Cotton in stripes across, broad and narrow ones by turns; a farmhouse's are those of grain sacks."""
    x, _ = loom(size)
    sack = look.style == "farmhouse"
    dye = (0.075, 0.09, 0.11) if sack else rng.choice([(0.13, 0.24, 0.32), (0.06, 0.14, 0.24), (0.27, 0.36, 0.36)])
    period = size[0] / (5 if sack else 7)
    place = np.abs((x / period + 0.5) % 1 - 0.5) * 2
    lines = ((0.0, 0.1), (0.16, 0.2), (0.26, 0.28)) if sack else ((0.0, 0.42), (0.54, 0.58), (0.93, 1.01))
    share = sum(((place >= low) & (place < high)).astype(float) for low, high in lines)
    colours = blended(np.broadcast_to(WOOL * 1.08, (*x.shape, 3)), dyed(dye, 0.22), share)
    return fringed(yarned(colours, rng, abrash=0.05, rib=0.011), rng, 0.035)


def jute(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """A braid sewn round and round; some have bands of bleached or dyed braid."""
    x, y = loom(size)
    ends, sides = size[0] / 2 - np.abs(x), size[1] / 2 - np.abs(y)
    edge, along = np.minimum(ends, sides), np.where(ends < sides, y, x)
    braid = 0.032
    turn = np.floor(edge / braid)
    across = edge / braid - turn
    strand = np.abs(np.sin(np.pi * (along / 0.03 + 0.8 * np.abs(across - 0.5) + 0.37 * turn)))
    tone = (0.62 + 0.38 * strand**0.6) * (0.5 + 0.5 * np.sin(np.pi * across) ** 0.35)
    dyes = [JUTE * rng.uniform(0.9, 1.05) for _ in range(40)]
    for band in rng.choice([(1, 2), (3, 4, 5), (2, 8, 14)]):
        dyes[band] = dyed(look.accent, 0.45) if look.style == "bohemian" else WOOL * 0.95
    colours = np.array(dyes)[np.clip(turn.astype(int), 0, 39)]
    return yarned(colours * tone[..., None], rng, abrash=0.03, grain=0.12)


def loomed(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """Plain wool in ribs, of yarns that are not quite alike."""
    x, _ = loom(size)
    tone = np.array([0.17, 0.165, 0.16]) if look.style == "industrial" else np.array(look.light) * 0.68
    tone = tone * rng.uniform(0.75, 1.05)
    mixed = clouds(rng, x.shape, (size[1] * 80, 5), 2)
    colours = blended(np.broadcast_to(tone, (*x.shape, 3)), tone * 0.72, np.clip((mixed - 0.45) * 3, 0, 1))
    return yarned(colours, rng, abrash=0.06, rib=0.02)


def brushed(look: Look, rng: random.Random, size: tuple[float, float]) -> Any:
    """Tones drawn over each other as with a wide dry brush."""
    x, _ = loom(size)
    base = np.array(look.light) * 0.74
    colours = np.broadcast_to(base, (*x.shape, 3)).copy()
    for dye, most in ((look.fabric, 0.9), (look.second, 0.9), (look.accent, 0.6), (base, 0.85), (look.metal, 0.5)):
        area = clouds(rng, x.shape, (3.5, 1.8), 3)
        bristles = clouds(rng, x.shape, (size[1] * 38, 3.5), 3)
        share = np.clip((area - 0.53) * 9 + (bristles - 0.5) * 3.4, 0, 1) * most
        colours = blended(colours, dyed(dye, 0.2, 0.8), share)
    return yarned(colours, rng, abrash=0.04)
