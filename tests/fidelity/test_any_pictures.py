import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from realstaging.fidelity.examination import examine, restore
from realstaging.fidelity.overlay import overlay

SIDES = st.one_of(st.integers(1, 40), st.integers(41, 260))


@st.composite
def pictures(draw):
    height, width = draw(SIDES), draw(SIDES)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    kind = draw(st.sampled_from(["noise", "flat", "ramp", "blocks"]))
    if kind == "noise":
        return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind == "flat":
        return np.full((height, width, 3), rng.integers(0, 256), np.uint8)
    if kind == "ramp":
        return np.broadcast_to(np.linspace(0, 255, width).astype(np.uint8)[None, :, None], (height, width, 3)).copy()
    cells = rng.integers(0, 256, (height // 16 + 1, width // 16 + 1, 3), dtype=np.uint8)
    return cells.repeat(16, 0).repeat(16, 1)[:height, :width].copy()


@settings(max_examples=40, deadline=None)
@given(pictures(), pictures())
def test_any_two_pictures_are_examined_and_restored(original, staged):
    report = examine(original, staged)
    assert 0 <= report.score <= 1
    assert restore(original, staged, report).shape == original.shape
    assert overlay(original, report).dtype == np.uint8


@settings(max_examples=10, deadline=None)
@given(pictures())
def test_any_picture_against_itself(original):
    assert (restore(original, original, examine(original, original)) == original).all()
