import io

import numpy as np
import pytest
from PIL import Image

from realstaging.engines.replicate.paste_back import paste_back
from realstaging.sandbox.replicate.pictures import ANOTHER_HOUSE, FAITHFUL, Drift, stage


@pytest.fixture
def judged(photo, tmp_path):
    """Judge a staged picture of the drawn room; the result, and the picture where there is one."""
    (tmp_path / "photo.jpg").write_bytes(photo)

    def judge(staged: bytes):
        (tmp_path / "staged").write_bytes(staged)
        result = tmp_path / "result.png"
        return paste_back(tmp_path / "photo.jpg", tmp_path / "staged", result), result

    return judge


def pixels(source):
    with Image.open(source) as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize(
    "drift",
    [FAITHFUL, Drift(megapixels=0.2), Drift(shift=0, zoom=0, warmth=0)],
    ids=["faithful", "small", "still"],
)
def test_furniture_is_taken_over_and_the_house_stays(photo, judged, drift):
    verdict, result = judged(stage(photo, drift, "webp", 2))
    assert verdict.passed, verdict.reason
    before, after = pixels(io.BytesIO(photo)), pixels(result)
    assert after.shape == before.shape
    assert np.array_equal(after[:240], before[:240]), "walls and window are the photo's own pixels"
    assert verdict.untouched_share == (after == before).all(axis=2).mean() > 0.6
    # The sofa of the stand-in, blue-grey on a brown floor.
    assert abs(int(after[460, 430, 2]) - int(before[460, 430, 2])) > 10


@pytest.mark.parametrize(
    "drift",
    [ANOTHER_HOUSE, Drift(removed_window=True), Drift(zoom=0.3), Drift(shift=0.15)],
    ids=["another house", "window gone", "zoomed", "shifted"],
)
def test_another_house_is_refused_with_a_sentence(photo, judged, drift):
    verdict, _ = judged(stage(photo, drift, "webp", 2))
    assert not verdict.passed
    assert verdict.reason.endswith(".")


def test_nothing_added_and_nothing_like_it_are_refused(photo, judged):
    verdict, _ = judged(photo)
    assert verdict.reason == "Nothing was added."
    noise = np.random.default_rng(1).integers(0, 255, (600, 900, 3), np.uint8)
    for other in (Image.new("RGB", (900, 600)), Image.fromarray(noise), Image.new("RGB", (64, 2000), "white")):
        encoded = io.BytesIO()
        other.save(encoded, "PNG")
        assert not judged(encoded.getvalue())[0].passed
