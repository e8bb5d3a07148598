"""What a gate is to this engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec


class Judged(msgspec.Struct, frozen=True):
    """What the gate says. ``reason`` is one sentence for a person where it did not pass; else the result has been written."""

    passed: bool
    reason: str = ""
    width: int = 0
    height: int = 0
    untouched_share: float = 0.0
    confidence: float = 0.0
    warnings: tuple[str, ...] = ()


Judge = Callable[[Path, Path, Path], Awaitable[Judged]]
"""Compares a photo file with a staged picture of it; where that passes, writes the result (PNG, the photo's size)."""
