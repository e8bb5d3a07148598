"""What listing services ask for: a table that is whole, words that can be read, files that are no other than they need be."""

import numpy as np
import pytest

from realstaging.imaging import label, mls_profiles
from realstaging.kit.errors import InvalidInput


def test_every_profile_names_its_source_and_only_those_that_must_have_words_in_the_picture():
    found = mls_profiles.profiles()
    assert next(iter(found)) == mls_profiles.DEFAULT
    assert {one.id for one in found.values() if one.labelled} == {"bay_east", "canopy", "smartmls"}
    assert {one.id for one in found.values() if one.label == "forbidden"} == {
        "mls_now",
        "realtracs",
        "sdmls",
        "stellar",
    }
    assert found["nwmls"].long_side == 1600
    # Who needs nothing else is given the file that is there; alike are alike.
    assert {one.file for one in found.values() if not one.labelled and one.id != "nwmls"} == {"mls.jpg"}
    assert found["canopy"].file == found["smartmls"].file != found["bay_east"].file != found["nwmls"].file
    assert len({one.name for one in found.values()}) == len(found)


def test_a_profile_that_is_there_no_more_is_the_default_and_one_that_is_named_must_be_there():
    assert mls_profiles.chosen("long_gone").id == mls_profiles.chosen(None).id == "default"
    with pytest.raises(InvalidInput, match="There is no MLS profile"):
        mls_profiles.named("long_gone")


@pytest.mark.parametrize(("height", "width"), [(1365, 2048), (2048, 600), (64, 64), (90, 2048)])
def test_words_stand_in_the_lower_left_corner_and_nowhere_else(height, width):
    for shade in (0, 255):
        pixels = np.full((height, width, 3), shade, np.uint8)
        label.write(pixels, "Virtually staged")
        changed = np.any(pixels != shade, axis=2)
        assert changed.any()
        assert not changed[: height // 2].any()
        if shade:
            assert changed[-1, 0]
            assert changed.mean() < 0.12
    # White on what was white: read by the ground that is darkened.
    assert {int(pixels.max()), int(np.median(pixels[changed]))} >= {255}
