"""What the library says of its pictures is so, and the pictures are those that the gate's trees and network learned from."""

import cv2
import numpy as np
import pytest

from realstaging.engines.local.room import reading
from realstaging.fidelity import network
from realstaging.synthetic import bare, demo, empty, geometry
from realstaging.synthetic.geometry import Face
from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.examples import Change
from realstaging.synthetic.staged.rooms import room

# Mean grey of six by four parts of a picture.
LOOKS = {
    "demo": [
        209,
        227,
        212,
        204,
        198,
        184,
        239,
        173,
        186,
        175,
        163,
        184,
        204,
        169,
        183,
        175,
        164,
        186,
        135,
        121,
        117,
        111,
        108,
        132,
    ],
    "empty 5": [
        184,
        189,
        190,
        190,
        188,
        183,
        153,
        152,
        145,
        146,
        117,
        135,
        154,
        144,
        132,
        140,
        88,
        132,
        105,
        93,
        93,
        93,
        90,
        95,
    ],
    "staged 117": [
        167,
        177,
        185,
        192,
        179,
        152,
        192,
        172,
        162,
        171,
        144,
        144,
        169,
        161,
        148,
        142,
        137,
        142,
        115,
        116,
        117,
        116,
        114,
        114,
    ],
    "staged 300": [
        221,
        223,
        220,
        218,
        210,
        175,
        201,
        200,
        195,
        198,
        163,
        138,
        191,
        166,
        167,
        149,
        134,
        136,
        135,
        142,
        160,
        116,
        117,
        152,
    ],
    "staged 10003": [
        141,
        149,
        196,
        208,
        202,
        185,
        145,
        139,
        167,
        187,
        190,
        164,
        145,
        149,
        148,
        126,
        127,
        160,
        142,
        140,
        131,
        96,
        87,
        116,
    ],
}


def grid(picture):
    grey = picture.mean(axis=2, dtype=float)
    return cv2.resize(grey, (6, 4), interpolation=cv2.INTER_AREA).round().astype(int).ravel().tolist()


PICTURES = {
    "demo": lambda: demo.draw(450, 300),
    "empty 5": lambda: empty.draw_room(5).pixels,
    "staged 117": lambda: Drawing(room(117)).empty(),
    "staged 300": lambda: (drawing := Drawing(room(300))).staged(drawing.furnished()),
    "staged 10003": lambda: (drawing := Drawing(room(10_003))).staged(drawing.furnished()),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_seed_draws_what_it_always_drew(name):
    """To a grey level: thresholds were found on these, and artefacts learned from them."""
    assert np.abs(np.subtract(grid(PICTURES[name]()), LOOKS[name])).max() <= 1


def test_the_demo_room_shows_the_faces_that_its_truth_says():
    _, _, faces = demo._cast(demo._rays(450, 300))
    truth = demo.truth(450, 300)
    named = np.array([Face.X_MIN, Face.X_MAX, Face.Y_MAX, Face.FLOOR, Face.CEILING])
    assert (named[faces] == geometry.faces(truth.box, truth.camera, 450, 300)).mean() > 0.999


@pytest.mark.parametrize("picture", ["demo", "empty"])
def test_windows_are_where_the_truth_says(picture):
    """Light comes in there, and nowhere else so much."""
    truth = empty.draw_room(2) if picture == "empty" else demo.truth(450, 300)
    pixels = truth.pixels if picture == "empty" else demo.draw(450, 300)
    grey = pixels.mean(axis=2)
    windows = [each for each in truth.openings if each.kind == "window"]
    assert windows
    for window in windows:
        middle = [(window.t0 + window.t1) / 2 - 0.2], [window.z0 + 0.75 * (window.z1 - window.z0)]
        [[column, row]] = truth.camera.project(truth.box.wall_point(window.wall, *middle)).round().astype(int)
        assert grey[row, column] > np.quantile(grey, 0.9)


@pytest.mark.parametrize("seed", range(5))
def test_a_camera_sees_at_a_pixel_what_it_projects_there(seed):
    drawn = bare.draw_room(seed, (360, 240))
    found = geometry.met(drawn.box, drawn.camera, drawn.camera.rays(*drawn.size))
    back = drawn.camera.project(found.point)
    columns, rows = np.meshgrid(np.arange(360), np.arange(240))
    assert np.allclose(back, np.stack([columns, rows], axis=-1), atol=1e-6)


def test_its_words_are_the_engines_and_the_gates():
    assert {face.name: face.value for face in Face} == {face.name: face.value for face in reading.Face}
    assert {kind.value for kind in geometry.Kind} <= {kind.value for kind in reading.OpeningKind}
    assert {change.name: change.value for change in Change} == {change.name: change.value for change in network.Change}
