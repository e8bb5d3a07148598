"""From an engine's picture to the one that is published, on pictures as Replicate's stand-in answers them."""

import numpy as np
import pytest

from harness.service import room
from realstaging.fidelity.assurance import Unfaithful, assure, overlay_of
from realstaging.fidelity.report import Operation, Verdict
from realstaging.imaging import encode
from realstaging.imaging.decode import decode
from realstaging.sandbox.replicate.pictures import ANOTHER_HOUSE, FAITHFUL, Drift, stage


@pytest.fixture
def examined(tmp_path):
    """Examine a staged picture of the drawn room."""
    photo, result = tmp_path / "photo.jpg", tmp_path / "result.png"
    photo.write_bytes(room())

    def examine(staged: bytes, *, own_pixels=False):
        (tmp_path / "staged").write_bytes(staged)
        return assure(photo, tmp_path / "staged", result, Operation.STAGE, own_pixels), result

    return examine


@pytest.mark.parametrize(
    "drift",
    [FAITHFUL, Drift(megapixels=0.08), Drift(shift=0, zoom=0, warmth=0)],
    ids=["faithful", "small", "still"],
)
def test_furniture_is_taken_over_and_the_house_stays(examined, drift):
    assured, result = examined(stage(room(), drift, "webp", 2))
    before, after = decode(room()), decode(result)
    assert assured.rebuilt
    assert assured.verdict is not Verdict.FAIL
    assert assured.untouched_share == round(float((before == after).all(axis=2).mean()), 4) > 0.7
    assert np.array_equal(before[:90], after[:90]), "the window and the wall over the furniture are the photo's own"
    # The stand-in's sofa, blue-grey, on the drawn room's floor.
    assert np.abs(before[225:240, 210:240].astype(int) - after[225:240, 210:240]).mean() > 20
    assert decode(overlay_of(result)).shape == before.shape


def test_what_was_put_back_is_told(examined):
    assured, _ = examined(stage(room(), Drift(removed_window=True, shift=0.03), "webp", 2))
    assert "The picture was shifted, zoomed, cropped or turned." in assured.put_back
    assert len(assured.put_back) > 1
    assert assured.score > 0.8


def test_another_house_and_nothing_at_all_are_refused_with_a_sentence(examined):
    noise = np.random.default_rng(1).integers(0, 255, (300, 450, 3), np.uint8)
    sentences = set()
    for staged in (stage(room(), ANOTHER_HOUSE, "webp", 2), room(), encode.png(noise), encode.png(noise[:64])):
        with pytest.raises(Unfaithful) as refused:
            examined(staged)
        sentences.add(str(refused.value))
    assert sentences == {"The staged picture does not show the same view of the room.", "Nothing was changed."}


def test_a_picture_on_the_photos_own_pixels_stays_as_it_is(examined):
    picture = decode(room()).copy()
    picture[200:270, 150:300] = (94, 108, 122)
    assured, result = examined(encode.png(picture), own_pixels=True)
    assert not assured.rebuilt
    assert np.array_equal(decode(result), picture)
    assert (assured.put_back, assured.report.registration.displacement) == ((), 0.0)


def test_who_only_says_so_is_found_out(examined):
    with pytest.raises(Unfaithful, match="own pixels"):
        examined(stage(room(), Drift(zoom=0.01), "png", 2), own_pixels=True)
