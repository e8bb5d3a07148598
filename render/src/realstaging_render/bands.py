"""A big picture in bands of rows, so that memory does not grow with the picture."""

from __future__ import annotations

import itertools
from typing import NamedTuple

MOST_PIXELS = 800_000
"""Pixels of one band: the film and the denoiser need some 500 bytes for each."""

MARGIN = 24
"""Rows rendered beyond a band, so that the denoiser knows what lies there and no seam shows."""


class Band(NamedTuple):
    """Rows ``top`` to ``bottom`` are rendered, of which ``first`` to ``last`` are kept; ends excluded."""

    top: int
    first: int
    last: int
    bottom: int


def bands_of(width: int, height: int) -> list[Band]:
    """Bands that cover a picture from its top, each row kept once."""
    rows = max(MOST_PIXELS // width - 2 * MARGIN, MARGIN)
    count = -(-height // rows)
    edges = [height * i // count for i in range(count + 1)]
    return [
        Band(max(first - MARGIN, 0), first, last, min(last + MARGIN, height))
        for first, last in itertools.pairwise(edges)
    ]
