"""What a gate is to this engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from realstaging.fidelity.assurance import Assured
from realstaging.fidelity.report import Operation

Judge = Callable[[Path, Path, Path, Operation], Awaitable[Assured]]
"""Given a photo file, a staged picture of it, where the result belongs, and what was asked for: writes the result and its
overlay as `assurance.assure` does. Raises Unfaithful with a sentence for a person."""
