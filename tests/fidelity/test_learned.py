import numpy as np
import pytest

from realstaging.fidelity.compare import compare
from realstaging.fidelity.features import FEATURES, SEGMENT_FEATURES, features_of, features_of_segments, planes_of
from realstaging.fidelity.floor import floor_of
from realstaging.fidelity.learned import Trees, classifiers
from realstaging.fidelity.regions import proposed
from realstaging.fidelity.register import register
from realstaging.fidelity.segments import segments_of
from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.rooms import room


def two_trees():
    """The first asks whether feature 0 is at most 1, then whether feature 1 is at most 5; the second is a leaf."""
    return Trees(
        features=("a", "b"),
        feature=np.array([0, 0, 1, 0, 0, 0], np.int32),
        threshold=np.array([1.0, 0, 5.0, 0, 0, 0]),
        left=np.array([1, 1, 3, 3, 4, 5], np.int32),
        right=np.array([2, 1, 4, 3, 4, 5], np.int32),
        value=np.array([0.0, 2.0, 0.0, -1.0, -3.0, 1.0]),
        roots=np.array([0, 5], np.int32),
        depth=2,
    )


def test_a_probability_is_the_logistic_of_the_leaves_reached():
    rows = np.array([[1.0, 9.0], [1.1, 5.0], [2.0, 5.1]], np.float32)
    sums = -np.log(1 / two_trees().probability(rows) - 1)
    assert np.allclose(sums, [3.0, 0.0, -2.0])


def test_nothing_found_has_no_probability():
    assert two_trees().probability(np.zeros((0, 2), np.float32)).shape == (0,)


@pytest.mark.parametrize(("level", "features"), [("parts", FEATURES), ("segments", SEGMENT_FEATURES)])
def test_the_trees_that_came_with_the_program_ask_for_the_features_there_is(level, features):
    stored = getattr(classifiers(), level)
    assert stored.features == features
    assert stored.feature.max() < len(features)
    leaves = stored.left == np.arange(len(stored.left))
    assert (stored.value[~leaves] == 0).all()
    assert leaves.sum() == (~leaves).sum() + len(stored.roots)


def test_features_is_a_finite_row_for_every_part_and_segment():
    drawing = Drawing(room(104))
    empty, staged = drawing.empty(), drawing.staged(drawing.furnished())
    difference = compare(empty, staged, register(empty, staged))
    floor = floor_of(difference)
    found = proposed(difference, floor)
    planes = planes_of(found, difference)
    features = features_of(found, difference, floor, planes)
    assert features.shape == (len(found), len(FEATURES))
    assert len(found) > 2
    assert np.isfinite(features).all()
    assert np.allclose(features[:, FEATURES.index("area")], [part.area for part, _ in found])
    segments = segments_of(found, difference)
    of_segments = features_of_segments(segments, found, features, difference, floor, planes)
    assert of_segments.shape == (len(segments), len(SEGMENT_FEATURES))
    assert len(segments) > len(found)
    assert np.isfinite(of_segments).all()
    assert np.array_equal(of_segments[:, len(FEATURES) :], features[[segment.owner for segment in segments]])
