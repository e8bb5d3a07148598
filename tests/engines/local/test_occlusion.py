"""What stands nearer than the furniture stays before it; what stands farther is covered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realstaging.engines.local.occlusion import in_front
from realstaging.engines.local.room.reading import Box
from tests.engines.local.rooms import HEIGHT, WIDTH, reading

ROOM = reading(Box(-2.0, 2.2, -1.0, 5.0, 2.6))


def block(y: float) -> np.ndarray:
    """Corners of a cube of one metre, ``y`` metres away."""
    return np.array([(x, y + d, z) for x in (-0.5, 0.5) for d in (0.0, 1.0) for z in (0.0, 1.0)])


def thing(rows: slice, columns: slice = slice(140, 180)) -> np.ndarray:
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[rows, columns] = True
    return mask


@pytest.mark.parametrize(("rows", "stays"), [(slice(120, 230), True), (slice(120, 150), False)])
def test_the_one_with_the_lower_foot_is_in_front(rows, stays):
    room = replace(ROOM, occluders=thing(rows))
    assert in_front(room, [block(3.0)]).any() == stays


def test_what_hangs_from_the_ceiling_is_in_front():
    room = replace(ROOM, occluders=thing(slice(0, 150)))
    assert (in_front(room, [block(3.0)]) == room.occluders).all()


def test_a_speck_is_no_thing():
    room = replace(ROOM, occluders=thing(slice(120, 125), slice(140, 146)))
    assert not in_front(room, [block(3.0)]).any()
