"""What a person is told of a reading."""

from __future__ import annotations

import pytest

from realstaging.engines.local.room.confidence import PERHAPS_A_MIRROR, UNSURE_SHAPE, UNSURE_SIZE, warnings
from realstaging.engines.local.room.reading import Opening, OpeningKind


def opening(kind: OpeningKind, width: float) -> Opening:
    return Opening("X+", 1.0, 1.0 + width, 0.0, 2.1, kind, 0.8)


def test_doubts_are_told():
    assert warnings(0.9, 0.9) == ()
    assert warnings(0.5, 0.5) == (UNSURE_SHAPE, UNSURE_SIZE)


@pytest.mark.parametrize(
    ("kind", "width", "told"),
    [
        (OpeningKind.DOORWAY, 1.5, True),
        (OpeningKind.DOORWAY, 0.9, False),
        (OpeningKind.WINDOW, 1.5, False),
        (OpeningKind.CLOSET, 1.8, False),
    ],
)
def test_a_wide_gap_that_shows_floor_may_be_a_mirror(kind, width, told):
    assert (PERHAPS_A_MIRROR in warnings(0.9, 0.9, None, (opening(kind, width),))) is told
