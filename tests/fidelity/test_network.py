import cv2
import numpy as np
import pytest

from realstaging.fidelity.compare import compare
from realstaging.fidelity.network import MULTIPLE, Change, planes, seen
from realstaging.fidelity.register import register
from realstaging.synthetic.staged import rooms
from realstaging.synthetic.staged.corruptions import other_pixels
from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.examples import examples
from realstaging.synthetic.staged.rooms import room

MOST = 0.5


@pytest.fixture(scope="module")
def drawn():
    """Room 131, whose first window shows beside its furniture."""
    drawing = Drawing(room(131))
    return drawing, drawing.furnished()


def compared(drawing, staged):
    empty = drawing.empty()
    return compare(empty, staged, register(empty, staged))


def sized(mask, difference):
    height, width = difference.seen.shape
    return cv2.resize(mask.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0


def test_furniture_is_seen_as_such_and_the_bare_room_as_unchanged(drawn):
    drawing, furnished = drawn
    difference = compared(drawing, drawing.staged(furnished))
    told = seen(difference).argmax(axis=2)
    furniture = sized(furnished.mask, difference)
    assert (told[furniture] == Change.FURNITURE).mean() > 0.9
    assert (told[~furniture] == Change.NOTHING).mean() > 0.95


def test_a_window_that_is_gone_is_seen_between_furniture(drawn):
    drawing, furnished = drawn
    sound = drawing.staged(furnished)
    staged = drawing.staged(furnished, rooms.without(drawing.scene, "window"))
    difference = compared(drawing, staged)
    gone = sized(other_pixels(sound, staged) & ~furnished.mask, difference)
    probabilities = seen(difference)
    assert probabilities[gone][:, Change.FIXTURE].mean() > MOST
    assert probabilities[~gone][:, Change.FIXTURE].mean() < 0.02


@pytest.mark.parametrize("shape", [(512, 512), (301, 640), (900, 417), (40, 1024), (16, 16)])
def test_probabilities_are_of_the_pictures_own_size_and_sum_to_one(shape):
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 256, (*shape, 3), np.uint8)
    difference = compare(picture, picture[:, ::-1].copy(), register(picture, picture))
    probabilities = seen(difference)
    assert probabilities.shape == (*difference.seen.shape, len(Change))
    assert np.allclose(probabilities.sum(axis=2), 1, atol=1e-3)


def test_what_the_staged_picture_does_not_show_is_the_originals(drawn):
    drawing, furnished = drawn
    empty = drawing.empty()
    staged = drawing.staged(furnished)[:, 90:].copy()
    difference = compare(empty, staged, register(empty, staged))
    given = planes(difference)
    assert given.shape[0] == 7
    assert max(given.shape[1:]) % MULTIPLE == 0
    unseen = given[:, :, : int(60 * given.shape[2] / empty.shape[1])]
    assert np.allclose(unseen[:3], unseen[3:6])


def test_examples_say_where_the_house_and_where_furniture_is_new():
    kinds = set()
    for number, example in zip(range(8), examples(10_003), strict=False):
        assert example.original.shape == example.staged.shape == (*example.truth.shape, 3)
        apart = np.abs(example.original.astype(int) - example.staged).max(axis=2)
        still = np.median(apart[example.truth == Change.NOTHING])
        kinds |= set(np.unique(example.truth))
        for change in set(np.unique(example.truth)) - {Change.NOTHING}:
            if (example.truth == change).mean() > 0.02:
                assert np.median(apart[example.truth == change]) > still, (number, change)
    assert kinds == set(Change)
