"""Leaves on their stalks: grown along a bow, folded at the middle rib."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from realstaging_render.shapes import Builder

Outline = Callable[[np.ndarray], np.ndarray]


def oval(t: np.ndarray) -> np.ndarray:
    """Widest in the middle, pointed at its end: rubber trees, laurels."""
    return np.sin(np.pi * t**0.9) ** 0.75


def fiddle(t: np.ndarray) -> np.ndarray:
    """A violin's body: narrow at the stalk, waisted, broad and blunt at its end."""
    return np.clip(1 - (2 * t - 1.12) ** 6, 0, 1) ** 0.5 * (0.5 + 0.5 * t + 0.1 * np.cos(3.2 * np.pi * t))


def paddle(t: np.ndarray) -> np.ndarray:
    """Long, with nearly parallel sides: strelitzia, banana."""
    return np.clip(1 - np.abs(2 * t - 1) ** 3.2, 0, 1) ** 0.6


def blade(t: np.ndarray) -> np.ndarray:
    """A narrow leaflet: palms, olives."""
    return np.sin(np.pi * t**0.75) ** 0.6


def grow(
    builder: Builder,
    root: Sequence[float],
    heading: float,
    rise: float,
    long: float,
    wide: float,
    outline: Outline,
    material: Any,
    *,
    droop: float = 0.8,
    fold: float = 0.25,
    wave: float = 0.0,
    roll: float = 0.0,
    cells: tuple[int, int] = (9, 5),
) -> None:
    """One leaf from ``root``: ``long`` and ``wide`` metres, ``heading`` and ``rise`` its direction at the stalk (radians).

    It bows by ``droop`` radians over its length; its halves rise by ``fold`` radians; its rim undulates by ``wave`` metres.
    """
    along, across = np.linspace(0, 1, cells[0]), np.linspace(-1, 1, cells[1])
    slope = rise - droop * along
    ahead = np.column_stack([np.cos(slope) * math.cos(heading), np.cos(slope) * math.sin(heading), np.sin(slope)])
    spine = np.asarray(root, float) + np.vstack([np.zeros(3), np.cumsum((ahead[1:] + ahead[:-1]) / 2, 0)]) * (
        long / (cells[0] - 1)
    )
    level = np.array([-math.sin(heading), math.cos(heading), 0.0])
    up = np.cross(ahead, level)
    side = math.cos(roll) * level + math.sin(roll) * up
    above = np.cross(ahead, side)
    half = wide / 2 * np.maximum(outline(along), 0.015)
    out = (half[:, None] * across)[..., None] * math.cos(fold) * side[:, None]
    lift = (
        half[:, None] * np.abs(across) * math.sin(fold) + wave * across**2 * np.sin(along * 11 + heading * 5)[:, None]
    )
    builder.sheet(spine[:, None] + out + lift[..., None] * above[:, None], material, thin=True)
