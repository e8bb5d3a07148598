"""Plates of any outline: pebbles, live edges."""

from __future__ import annotations

from typing import Any

import numpy as np

from realstaging_render.shapes import Builder


def plate(builder: Builder, outline: np.ndarray, low: float, thick: float, material: Any, soft: float = 0.006) -> None:
    """A level plate within ``outline`` (points x, y round its origin, closed), its underside at ``low``.

    Its edge is rounded by ``soft`` above and below; the outline must be seen whole from its origin.
    """
    arc = np.linspace(0, np.pi / 2, 5)
    edge = [(soft * (1 - np.sin(a)), soft * (1 - np.cos(a))) for a in arc]
    away = np.linalg.norm(outline, axis=1, keepdims=True)
    levels = [(outline * 0.002, 0.0), *((outline * (1 - back / away), up) for back, up in edge)]
    levels += [(line, thick - up) for line, up in reversed(levels)]
    rows = [np.column_stack([line, np.full(len(line), low + up)]) for line, up in levels]
    builder.sheet(np.stack(rows), material)


def pebble(half_width: float, half_depth: float, lean: float = 0.22) -> np.ndarray:
    """The outline of a river stone: fuller at one end, ``lean`` says how much."""
    turn = np.linspace(0, 2 * np.pi, 181)
    wide = np.cos(turn)
    deep = np.sin(turn) * (1 + lean * wide) + 0.12 * lean * np.cos(2 * turn)
    deep = 2 * (deep - deep.min()) / (deep.max() - deep.min()) - 1
    return np.stack([half_width * wide, half_depth * deep], axis=-1)


def live_edge(half_width: float, half_depth: float) -> np.ndarray:
    """The outline of a slab cut along the trunk: its long edges wander as they grew."""
    turn = np.linspace(0, 2 * np.pi, 241)
    wide, deep = half_width * _blunt(np.cos(turn)), 0.275 * _blunt(np.sin(turn))
    deep = deep + np.sign(deep) * 0.03 * np.sin(wide * 6 + (deep > 0) * 2.1) * np.minimum(1, np.abs(deep) * 6)
    deep = deep + 0.006 * np.sin(wide * 23 + 1)
    return np.stack([wide, deep * half_depth / np.abs(deep).max()], axis=-1)


def _blunt(wave: np.ndarray) -> np.ndarray:
    """A circle's run, squared off."""
    return np.sign(wave) * np.abs(wave) ** 0.38


def half_moon(half_width: float, depth: float) -> np.ndarray:
    """Half an ellipse, bowed to the front, its straight side at the back."""
    turn = np.linspace(0, -np.pi, 97)
    bow = np.stack([half_width * np.cos(turn), depth / 2 + depth * np.sin(turn)], axis=-1)
    back = np.stack([np.linspace(-half_width, half_width, 41)[1:], np.full(40, depth / 2)], axis=-1)
    return np.vstack([bow, back])
