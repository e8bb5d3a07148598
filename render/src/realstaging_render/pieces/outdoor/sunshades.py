"""Sunshades: gores of canvas over ribs, on a mast that stands in its base, or hung from an arm."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import rounded, tube
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

CANVAS = 0.004
"""Metres of cloth, thicker than life so that light does not pass."""
STONE = (0.24, 0.235, 0.225)


def canopy(
    builder: Builder,
    top: float,
    reach: float,
    drop: float,
    gores: int,
    cloths: list[Any],
    *,
    valance: float = 0.0,
    turn: float = 0.0,
) -> list[tuple[float, float, float]]:
    """Canvas over ``gores`` ribs: its crown at ``top``, its ribs' ends ``reach`` out and ``drop`` below; gives the ribs' ends.

    A gore sags between its ribs and is cut hollow at its edge, as sailcloth is; ``valance`` hangs from it.
    """
    ends = []
    for number in range(gores):
        cloth = cloths[number % len(cloths)]
        a, b = (turn + (number + k) * 2 * math.pi / gores for k in (0, 1))
        first, second = np.array([math.cos(a), math.sin(a)]), np.array([math.cos(b), math.sin(b)])
        ends.append((first[0] * reach, first[1] * reach, top - drop))
        along, across = np.linspace(0.02, 1, 15), np.linspace(0, 1, 13)
        s, t = np.meshgrid(along, across, indexing="ij")
        hollow = 4 * t * (1 - t)
        flat = (first * (1 - t[..., None]) + second * t[..., None]) * (reach * s * (1 - 0.035 * hollow * s**3))[
            ..., None
        ]
        z = top - drop * (0.82 * s + 0.18 * s * s) - 0.05 * drop * hollow * s
        face = np.concatenate([flat, z[..., None]], axis=-1)
        builder.cloth(face, face - (0, 0, CANVAS), cloth)
        if valance:
            rim = face[-1]
            down = np.linspace(0, 1, 5)[:, None]
            scallop = valance * (0.72 + 0.28 * np.abs(np.sin(math.pi * 2 * across)) ** 0.6)
            hang = np.broadcast_to(rim[None], (5, *rim.shape)).copy()
            hang[..., 2] -= down * scallop[None]
            inward = (-(first + second) / np.linalg.norm(first + second) * 0.003).tolist()
            builder.cloth(hang, hang + np.array([*inward, 0.0]), cloth)
    return ends


def mast(builder: Builder, look: Look, size: tuple[float, float, float]) -> None:
    """A round sunshade of eight gores on a mast of wood, its base of stone; ``size`` (width, depth, height) metres."""
    pole = materials.wood(look.wood, "Z", 0.5) if look.legs == "wood" else materials.lacquer((0.6, 0.59, 0.56), 0.4)
    iron, stone = materials.metal((0.05, 0.05, 0.05), 0.4), materials.lacquer(STONE, 0.85)
    reach, high = size[0] / 2 / math.cos(math.pi / 8), size[2] - 0.06
    pale, tone = materials.fabric(look.light, 500, 0.3), materials.fabric(look.accent, 500, 0.3)
    striped = look.style in {"coastal", "mid_century", "traditional"}
    cloths = [tone, pale] if striped else [pale]
    if look.style == "bohemian":
        cloths = [materials.fabric(look.second, 500, 0.3)]
    fringe = 0.0 if look.style in {"scandinavian", "farmhouse"} else 0.14
    ends = canopy(builder, high, reach - 0.02, 0.44, 8, cloths, valance=fringe, turn=math.pi / 8)
    hub = high - 0.42
    for x, y, z in ends:
        builder.rod((0, 0, high - 0.02), (x * 0.99, y * 0.99, z - 0.008), 0.009, pole, 0.006)
        builder.rod((0, 0, hub), (x * 0.47, y * 0.47, high - 0.02 - 0.47 * 0.42), 0.007, pole)
    builder.lathe(
        [(0.001, 0), (0.04, 0.004), (0.046, 0.03), (0.03, 0.05), (0.001, 0.052)], (0, 0, hub - 0.026), pole, 32
    )
    canopy(builder, high + 0.03, 0.3, 0.11, 8, cloths[:1], turn=math.pi / 8)
    builder.lathe(
        [(0.012, 0), (0.022, 0.01), (0.026, 0.026), (0.018, 0.044), (0.001, 0.05)], (0, 0, high + 0.01), pole, 24
    )
    builder.rod((0, 0, 0.06), (0, 0, high), 0.021, pole, 0.019)
    base = [(0.001, 0), (0.24, 0), (0.25, 0.01), (0.25, 0.05), (0.235, 0.062), (0.05, 0.085), (0.001, 0.085)]
    builder.lathe(base, (0, 0, 0), stone, 64)
    builder.lathe([(0.034, 0), (0.034, 0.24), (0.029, 0.25), (0.001, 0.25)], (0, 0, 0.08), iron, 32)
    builder.rod((0.03, 0, 0.26), (0.07, 0, 0.26), 0.006, iron)
    with builder.carried():
        cord = materials.fabric((0.7, 0.66, 0.56), 300, 0.6)
        tube(builder, [(0.024, -0.01, hub - 0.03), (0.03, -0.012, 1.5), (0.026, -0.01, 1.12)], 0.0035, cord, sides=6)


def hanging(builder: Builder, look: Look, size: tuple[float, float, float]) -> None:
    """A square sunshade hung from an arm whose mast stands behind it (+Y) on a cross with four stones."""
    width, depth, height = size
    coat = materials.lacquer((0.72, 0.71, 0.68) if look.style == "minimalist" else (0.03, 0.03, 0.031), 0.45)
    pale = look.light if look.style != "industrial" else tuple(0.6 * c for c in look.fabric)
    cloth, stone = materials.fabric(pale, 500, 0.3), materials.lacquer(STONE, 0.85)
    post, side = depth / 2 - 0.5, width / 2
    middle = -depth / 2 + side
    high = height - 0.02
    corners = canopy_square(builder, (0.0, middle), high - 0.1, side, 0.32, cloth)
    hub = (0.0, middle, high - 0.07)
    arm = [(0, post, 0.07), (0, post, 1.5), (0, post - 0.05, high - 0.25), (0, post - 0.5, high), (0, middle, high)]
    tube(builder, rounded(arm, 0.28, 10), 0.036, coat, steps=1, sides=16)
    builder.rod((0, middle, high), (0, middle, hub[2] - 0.1), 0.024, coat)
    for x, y, z in corners:
        builder.rod(
            (0, middle, hub[2] - 0.06), (x * 0.985, middle + (y - middle) * 0.985, z - 0.012), 0.011, coat, 0.008
        )
    for x, y in ((side, middle), (-side, middle), (0, middle + side), (0, middle - side)):
        builder.rod((0, middle, hub[2] - 0.06), (x * 0.96, middle + (y - middle) * 0.96, high - 0.1 - 0.3), 0.008, coat)
    for x in (-0.245, 0.245):
        for y in (-0.245, 0.245):
            builder.box((0.47, 0.47, 0.05), (x, post + y, 0.012), stone, 0.006)
    for long in ((0.98, 0.06, 0.02), (0.0601, 0.98, 0.0202)):
        builder.box(long, (0, post, 0.055), coat, 0.003)
    for x, y in ((-0.46, 0), (0.46, 0), (0, -0.46), (0, 0.46)):
        builder.rod((x, post + y, 0), (x, post + y, 0.058), 0.016, coat)
    builder.box((0.12, 0.12, 0.1), (0, post, 0.06), coat, 0.008)
    builder.lathe(
        [(0.03, 0), (0.05, 0.012), (0.05, 0.03), (0.03, 0.042), (0.001, 0.042)], (0, post - 0.04, 1.18), coat, 32
    )


def canopy_square(
    builder: Builder, at: tuple[float, float], top: float, side: float, drop: float, cloth: Any
) -> list[tuple[float, float, float]]:
    """Four gores over a square of 2 x ``side`` metres; gives its corners."""
    corners = [(x, y) for x, y in ((side, side), (-side, side), (-side, -side), (side, -side))]
    for number in range(4):
        first, second = np.array(corners[number]), np.array(corners[(number + 1) % 4])
        along, across = np.linspace(0.02, 1, 17), np.linspace(0, 1, 21)
        s, t = np.meshgrid(along, across, indexing="ij")
        hollow = 4 * t * (1 - t)
        # A rib runs to the middle of each side, too: the cloth sags twice between corners.
        sag = np.abs(np.sin(2 * math.pi * t)) * 0.02 * s
        flat = (first * (1 - t[..., None]) + second * t[..., None]) * (
            s * (1 - 0.012 * (1 - np.abs(2 * t - 1)) * s**3)
        )[..., None]
        z = top - drop * (0.8 * s + 0.2 * s * s) * (1 - 0.05 * hollow) - sag
        face = np.concatenate([flat + np.array(at), z[..., None]], axis=-1)
        builder.cloth(face, face - (0, 0, CANVAS), cloth)
        hang = np.stack([face[-1], face[-1] - (0, 0, 0.05)])
        inward = -(first + second) / np.linalg.norm(first + second) * 0.003
        builder.cloth(hang, hang + np.array([inward[0], inward[1], 0.0]), cloth)
    return [(x + at[0], y + at[1], top - drop) for x, y in corners]
