"""Bands of a big picture: read from the render program's own file, which needs no Blender."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

BANDS = runpy.run_path(str(Path(__file__).parents[3] / "render/src/realstaging_render/bands.py"))


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (160, 120), (2048, 1366), (4000, 3000), (6000, 4000), (20_000, 7)]
)
def test_every_row_is_kept_once_and_bands_stay_small(width, height):
    bands = BANDS["bands_of"](width, height)
    assert [row for band in bands for row in range(band.first, band.last)] == list(range(height))
    for band in bands:
        assert 0 <= band.top <= band.first < band.last <= band.bottom <= height
        assert band.top in {0, band.first - BANDS["MARGIN"]}
        assert (band.bottom - band.top) * width <= BANDS["MOST_PIXELS"] or width * 3 * BANDS["MARGIN"] > BANDS[
            "MOST_PIXELS"
        ]
