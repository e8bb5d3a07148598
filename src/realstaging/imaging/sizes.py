"""Sizes of pictures, in pixels."""

from __future__ import annotations


def fitted(width: int, height: int, long_side: int) -> tuple[int, int]:
    """Width and height with the long side at most so many pixels; never more than they were."""
    scale = min(1.0, long_side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
