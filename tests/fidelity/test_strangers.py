"""People and letters that were not in the photo."""

import subprocess
import sys

import pytest

from realstaging.fidelity.examination import examine
from realstaging.fidelity.report import Verdict
from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.pixels import jpeg
from realstaging.synthetic.staged.rooms import room
from realstaging.synthetic.staged.strangers import with_caption, with_person


@pytest.fixture(scope="module")
def pictures():
    drawing = Drawing(room(302))
    return drawing.empty(), drawing.staged(drawing.furnished())


def found(original, staged):
    return {check.name for check in examine(original, staged).checks if check.verdict is not Verdict.PASS} & {
        "text",
        "people",
    }


def test_a_staging_has_neither(pictures):
    assert found(*pictures) == set()


@pytest.mark.parametrize("tall", [0.35, 0.5, 0.65, 0.8])
def test_somebody_in_the_room_is_told(pictures, tall):
    original, staged = pictures
    assert found(original, with_person(staged, 0.7, tall)) == {"people"}


def test_a_lamp_on_a_small_table_is_nobody():
    """Room 717: a head on a body, as tall as somebody far off would be."""
    drawing = Drawing(room(717))
    assert found(drawing.empty(), jpeg(drawing.staged(drawing.furnished()), 80)) == set()


def test_a_caption_is_told(pictures):
    original, staged = pictures
    assert found(original, with_caption(staged, 0.04)) == {"text"}


def test_what_was_in_the_photo_already_is_not_told(pictures):
    original, staged = (with_caption(with_person(picture, 0.7, 0.5), 0.04) for picture in pictures)
    assert found(original, staged) == set()


def test_nothing_loads_the_reader_before_a_picture_is_examined():
    """It takes 100 MB, and the API and idle workers import the gate too."""
    asked = "import sys, realstaging.api, realstaging.worker; print('rapidocr' in sys.modules or 'onnxruntime' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.strip()
    assert said == "False"
