from dataclasses import replace

import numpy as np
import pytest

from realstaging.fidelity.compare import compare
from realstaging.fidelity.features import SEGMENT_FEATURES
from realstaging.fidelity.learned import Classifiers, Trees
from realstaging.fidelity.parts import parts_of
from realstaging.fidelity.reconsidered import LARGEST_PICTURE, reconsidered
from realstaging.fidelity.register import register
from realstaging.fidelity.report import Kind
from realstaging.fidelity.segments import segments_of

TOP, MIDDLE, BOTTOM = 100, 200, 280
LEFT, RIGHT = 150, 300
DARK, BRIGHT = (40, 30, 60), (250, 240, 200)


@pytest.fixture(scope="module")
def difference(drawing):
    """A dark rectangle over a bright one, against each other, before a drawn room."""
    photo = drawing.empty()
    staged = photo.copy()
    staged[TOP:MIDDLE, LEFT:RIGHT] = DARK
    staged[MIDDLE:BOTTOM, LEFT:RIGHT] = BRIGHT
    return compare(photo, staged, register(photo, photo))


def changed_parts(difference, kind):
    return [(part, kind) for part in parts_of(difference.changed, 0.0004, 10)]


def trees(features, above=None):
    """Every row is the house, or every row whose feature ``above[0]`` is above ``above[1]``, or none."""
    name, limit, low = (features[0], 0.0, 9.0) if above is True else (*(above or (features[0], 0.0)), -9.0)
    return Trees(
        features=features,
        feature=np.array([features.index(name), 0, 0], np.int32),
        threshold=np.array([limit, 0, 0]),
        left=np.array([1, 1, 2], np.int32),
        right=np.array([2, 1, 2], np.int32),
        value=np.array([0.0, low, 9.0 if above else -9.0]),
        roots=np.array([0], np.int32),
        depth=1,
    )


def classified(difference, kind, parts, segments):
    found = changed_parts(difference, kind)
    floor = np.zeros(difference.seen.shape, np.bool_)
    return reconsidered(found, difference, floor, Classifiers(parts, segments))


def rows_of(part):
    return np.flatnonzero(part.mask.any(axis=1)) + part.window[0].start


def test_one_changed_part_of_two_things_is_two_segments(difference):
    found = changed_parts(difference, Kind.FURNITURE)
    assert len(found) == 1
    upper, lower = sorted(segments_of(found, difference), key=lambda segment: rows_of(segment.part)[0])
    assert abs(int(rows_of(upper.part)[-1]) - MIDDLE) <= 2
    assert abs(int(rows_of(lower.part)[0]) - MIDDLE) <= 2
    assert upper.owner == lower.owner == 0


def test_segments_leave_nothing_of_their_part_and_share_nothing(difference):
    found = changed_parts(difference, Kind.FURNITURE)
    counts = np.zeros(difference.seen.shape, int)
    for segment in segments_of(found, difference):
        counts[segment.part.window] += segment.part.mask
    part = found[0][0]
    assert counts.max() == 1
    assert counts[part.window][part.mask].mean() > 0.99
    assert not counts[~difference.changed].any()


def test_repainted_surfaces_are_not_cut(difference):
    assert segments_of(changed_parts(difference, Kind.REPAINT), difference) == []
    assert segments_of([], difference) == []


def test_what_is_the_house_within_furniture_is_a_part_of_its_own(difference):
    bright = trees(SEGMENT_FEATURES, above=("now_lighter", 0.0))
    kinds = classified(difference, Kind.FURNITURE, trees(SEGMENT_FEATURES), bright)
    assert {kind for _, kind in kinds} == {Kind.FURNITURE, Kind.OPENING}
    opening = next(part for part, kind in kinds if kind is Kind.OPENING)
    furniture = next(part for part, kind in kinds if kind is Kind.FURNITURE)
    assert abs(int(rows_of(opening)[0]) - MIDDLE) <= 2
    assert abs(int(rows_of(furniture)[-1]) - MIDDLE) <= 2
    assert opening.area + furniture.area == pytest.approx(difference.changed.mean(), rel=0.02)


def test_furniture_within_an_opening_is_kept(difference):
    bright = trees(SEGMENT_FEATURES, above=("now_lighter", 0.0))
    kinds = classified(difference, Kind.OPENING, trees(SEGMENT_FEATURES, above=True), bright)
    furniture = next(part for part, kind in kinds if kind is Kind.FURNITURE)
    assert abs(int(rows_of(furniture)[-1]) - MIDDLE) <= 2


def test_a_part_that_is_the_house_throughout_goes_whole(difference):
    kinds = classified(difference, Kind.FURNITURE, trees(SEGMENT_FEATURES), trees(SEGMENT_FEATURES, above=True))
    assert [kind for _, kind in kinds] == [Kind.OPENING]


@pytest.mark.parametrize("kind", [Kind.OPENING, Kind.REMOVED, Kind.INVENTED])
def test_a_change_of_the_house_of_which_no_segment_looks_like_one_is_furniture(difference, kind):
    kinds = classified(difference, kind, trees(SEGMENT_FEATURES, above=True), trees(SEGMENT_FEATURES))
    assert [kind for _, kind in kinds] == [Kind.FURNITURE]


@pytest.mark.parametrize("kind", [Kind.FURNITURE, Kind.CURTAIN, Kind.SHADING])
def test_against_the_rules_a_part_is_the_house_only_with_its_segments(difference, kind):
    """As pictures on bricks and prints with bright paper: the part as a whole looks like the house, its segments do not."""
    kinds = classified(difference, kind, trees(SEGMENT_FEATURES, above=True), trees(SEGMENT_FEATURES))
    assert [kind for _, kind in kinds] == [kind]
    kinds = classified(difference, kind, trees(SEGMENT_FEATURES, above=True), trees(SEGMENT_FEATURES, above=True))
    assert [kind for _, kind in kinds] == [Kind.REPAINT]


def test_what_was_removed_is_told_by_what_is_around_it_and_not_recut(difference):
    dark = trees(SEGMENT_FEATURES, above=("was_lighter", 0.0))
    kinds = classified(difference, Kind.REMOVED, trees(SEGMENT_FEATURES, above=True), dark)
    assert [kind for _, kind in kinds] == [Kind.REMOVED]


def test_a_picture_on_a_wall_is_one_thing(difference):
    """Its lower segment alone looks like the house, and it as a whole does not."""
    part, _ = changed_parts(difference, Kind.HUNG)[0]
    assert part.area > LARGEST_PICTURE
    small = replace(part, area=LARGEST_PICTURE / 2)
    bright = trees(SEGMENT_FEATURES, above=("now_lighter", 0.0))
    floor = np.zeros(difference.seen.shape, np.bool_)
    kinds = {}
    for one in (part, small):
        again = reconsidered([(one, Kind.HUNG)], difference, floor, Classifiers(trees(SEGMENT_FEATURES), bright))
        kinds[one.area] = {kind for _, kind in again}
    assert kinds == {part.area: {Kind.HUNG, Kind.OPENING}, small.area: {Kind.HUNG}}


def test_nothing_changed_is_nothing(difference):
    floor = np.zeros(difference.seen.shape, np.bool_)
    classifiers = Classifiers(trees(SEGMENT_FEATURES), trees(SEGMENT_FEATURES))
    assert reconsidered([], difference, floor, classifiers) == []
