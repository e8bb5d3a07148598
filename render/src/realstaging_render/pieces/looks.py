"""What makes a style: its colours, woods and metals. Shapes are the pieces' own."""

from __future__ import annotations

import random
from dataclasses import dataclass

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """Linear sRGB colours. ``legs`` is ``metal`` or ``wood``; ``curve`` runs from 0 (straight lines) to 1 (rounded ones)."""

    style: str
    fabric: Colour
    second: Colour
    accent: Colour
    wood: Colour
    metal: Colour
    light: Colour
    legs: str
    curve: float


def _srgb(code: str) -> Colour:
    values = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return (red, green, blue)


# style: sofas and beds, chairs, accents, wood, metal, linen, legs, curve
_LOOKS = {
    "modern": (
        ["9a9c9e", "7d8489", "b9b4ab"],
        ["d6d0c6", "5d666c"],
        ["2f4858", "b5651d", "33413a"],
        "7a5a3c",
        "1d1d1f",
        "e9e6e0",
        "metal",
        0.2,
    ),
    "contemporary": (
        ["c9c2b6", "a9a39a"],
        ["e0d9cc", "8a8f87"],
        ["6b4e3d", "8c9a86", "c08a5a"],
        "8c6a48",
        "8a7a5c",
        "efebe4",
        "wood",
        0.6,
    ),
    "traditional": (
        ["b8a88f", "8f8577"],
        ["6d4c3d", "a3917a"],
        ["5a2e2a", "3d4f5c", "8d7038"],
        "5a3620",
        "8d6f3a",
        "f0e9db",
        "wood",
        0.8,
    ),
    "industrial": (
        ["6e5a48", "5b5f61"],
        ["8a5a3a", "4a4a4a"],
        ["a5512d", "2d3436"],
        "6b4a2e",
        "1a1a1a",
        "cfc8bc",
        "metal",
        0.1,
    ),
    "scandinavian": (
        ["d8d5ce", "b7bcbd"],
        ["e6e1d6", "9fb0ad"],
        ["d9a441", "5f7f86", "c98b6b"],
        "c9a476",
        "d9d9d6",
        "f4f1ea",
        "wood",
        0.5,
    ),
    "coastal": (
        ["e3ddd0", "c8d2d4"],
        ["b7c9cf", "e9e2d3"],
        ["2f6d8a", "6fa3ad", "d8b98a"],
        "bda07a",
        "9aa5a8",
        "f6f3ec",
        "wood",
        0.5,
    ),
    "farmhouse": (
        ["d6cdbd", "b9b0a0"],
        ["a58f73", "e2d9c8"],
        ["6e7f5c", "8a4b3a", "41505a"],
        "8d6843",
        "2c2a28",
        "f1ebdd",
        "wood",
        0.4,
    ),
    "mid_century": (
        ["8a9a7b", "b5744a"],
        ["c98d3c", "5c7470"],
        ["c65d2e", "2f5d62", "d9a441"],
        "84502c",
        "a8873f",
        "efe7d6",
        "wood",
        0.4,
    ),
    "luxury": (
        ["cfc7ba", "7c7f86"],
        ["3c4a5a", "e2dacb"],
        ["a58146", "1f2a36", "6b2f3a"],
        "3d2a1f",
        "b8934a",
        "f3efe7",
        "metal",
        0.7,
    ),
    "minimalist": (
        ["dcd9d3", "c4c1bb"],
        ["e8e5df", "a5a29c"],
        ["3a3a3a", "9b8f80"],
        "b59a78",
        "2a2a2a",
        "f5f3ef",
        "metal",
        0.3,
    ),
    "bohemian": (
        ["b08968", "cdbfa6"],
        ["8c4a32", "d9c3a0"],
        ["b5462f", "2f6b5e", "d99a2b"],
        "96693f",
        "8f7a45",
        "f2e8d5",
        "wood",
        0.7,
    ),
}


def look_of(style: str, rng: random.Random) -> Look:
    """The look of a style; where it has several colours, the rng choose."""
    fabrics, seconds, accents, wood, metal, light, legs, curve = _LOOKS[style]
    return Look(
        style,
        _srgb(rng.choice(fabrics)),
        _srgb(rng.choice(seconds)),
        _srgb(rng.choice(accents)),
        _srgb(wood),
        _srgb(metal),
        _srgb(light),
        legs,
        curve,
    )
