"""What a piece says of itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

STYLES = (
    *("modern", "contemporary", "traditional", "industrial", "scandinavian", "coastal"),
    *("farmhouse", "mid_century", "luxury", "minimalist", "bohemian"),
)


@dataclass(frozen=True)
class Piece:
    """Sizes in metres, outermost, as built."""

    name: str
    category: str
    label: str
    width: float
    depth: float
    height: float
    room_types: tuple[str, ...]
    styles: tuple[str, ...] = STYLES
    mount: Literal["floor", "wall", "ceiling", "surface"] = "floor"
    seats: int = 0
    on: str | None = None
    """The category it stands on."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)
