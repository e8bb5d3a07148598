"""What a photo is like, besides its pixels: how light it is, and whether it shows more than a camera sees at once."""

from __future__ import annotations

import msgspec


class Seen(msgspec.Struct, frozen=True):
    """``quarter`` … ``most``: values (0–255) that 25, 50, 75, 85 and 95 % of the picture are darker than."""

    width: int
    height: int
    quarter: float
    half: float
    three_quarters: float
    larger_part: float
    most: float
    clipped: float
    """Share (0–1) of the picture in which no channel has any detail left in its lights."""
    exposure_bias: float | None = None
    """In stops, as the camera says."""
    bracketed: bool = False
    """One of a series of exposures, as the camera says."""
    sphere: bool = False
    """A panorama of all around, unrolled (equirectangular)."""
