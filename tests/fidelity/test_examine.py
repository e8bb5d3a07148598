from dataclasses import replace

import cv2
import numpy as np
import pytest

from realstaging.fidelity.examination import examine
from realstaging.fidelity.overlay import overlay
from realstaging.fidelity.report import Kind, Operation, Report, Verdict
from realstaging.synthetic.staged import rooms


def value(report: Report, name: str) -> float:
    return next(check.value for check in report.checks if check.name == name)


def moved(picture, matrix):
    return cv2.warpPerspective(
        picture, matrix, picture.shape[1::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )


def test_a_faithful_staging_passes(pair):
    empty, staged, mask = pair
    report = examine(empty, staged)
    assert report.verdict is Verdict.PASS, report.reasons
    assert report.score > 0.6
    furniture = sum(region.area for region in report.regions if region.kind in {Kind.FURNITURE, Kind.HUNG})
    assert furniture == pytest.approx(mask.mean(), abs=0.06)


def test_the_same_picture_is_no_staging(pair):
    report = examine(pair[0], pair[0])
    assert [check.name for check in report.checks if check.verdict is Verdict.FAIL] == ["nothing"]


def test_every_check_says_in_a_sentence_what_it_found(pair):
    same, staged = examine(pair[0], pair[0]), examine(pair[0], pair[1])
    assert "Nothing was changed." in same.reasons
    sentences = [check.sentence for check in staged.checks]
    assert "Nothing was changed." not in sentences
    assert "Windows, doors and the views through them are the same." in sentences
    assert len(set(sentences)) == len(sentences)


def test_a_shift_and_a_zoom_are_measured(pair):
    empty, staged, _ = pair
    height, width = staged.shape[:2]
    shifted = moved(staged, np.array([[1.0, 0, 9], [0, 1, 0], [0, 0, 1]]))
    report = examine(empty, shifted)
    assert report.registration.displacement == pytest.approx(9 / np.hypot(width, height), rel=0.1)
    assert report.verdict is not Verdict.PASS
    zoomed = moved(staged, np.array([[1.04, 0, -0.02 * width], [0, 1.04, -0.02 * height], [0, 0, 1]]))
    report = examine(empty, zoomed)
    assert report.registration.displacement == pytest.approx(0.02, rel=0.1)
    assert report.registration.coverage == pytest.approx(1 / 1.04**2, abs=0.01)


def test_another_shape_and_size_are_ordinary(pair):
    empty, staged, _ = pair
    square = cv2.resize(staged[:, 96:672], (1152, 1152), interpolation=cv2.INTER_CUBIC)
    report = examine(empty, square)
    assert report.registration.found
    assert report.registration.coverage == pytest.approx(576 / 768, abs=0.01)


def test_a_stretched_picture_is_told(pair):
    empty, staged, _ = pair
    narrow = cv2.resize(staged, (710, staged.shape[0]), interpolation=cv2.INTER_AREA)
    assert value(examine(empty, narrow), "aspect") == pytest.approx(768 / 710 - 1, abs=0.01)


def test_a_cast_is_told(pair):
    empty, staged, _ = pair
    warm = np.clip(staged * np.array([1.08, 1.0, 0.88]), 0, 255).astype(np.uint8)
    report = examine(empty, warm)
    assert value(report, "tone") > 3
    assert report.restored is not Verdict.FAIL


def test_a_painted_wall_is_told(scene, pair, rebuilt):
    painted = replace(scene, walls=(scene.walls[0], (0.45, 0.62, 0.8), scene.walls[2]))
    report = examine(pair[0], rebuilt(painted))
    assert value(report, "repaint") > 0.006
    assert report.verdict is not Verdict.PASS


@pytest.mark.parametrize("kind", ["window", "door", "vent"])
def test_what_is_taken_from_the_house_is_told(scene, pair, rebuilt, kind):
    report = examine(pair[0], rebuilt(rooms.without(scene, kind)))
    assert report.verdict is not Verdict.PASS
    assert not all(region.kept for region in report.regions)


def test_another_view_is_told(scene, pair, rebuilt):
    report = examine(pair[0], rebuilt(rooms.changed(scene, "window", seed=77)))
    assert value(report, "openings") > 0.003


def test_emptying_may_take_things_away(pair):
    empty, staged, _ = pair
    kinds = {region.kind for region in examine(staged, empty, frozenset({Operation.EMPTY})).regions if not region.kept}
    assert Kind.REMOVED not in kinds


def test_the_overlay_has_the_working_size(pair):
    report = examine(pair[0], pair[1])
    assert overlay(pair[0], report).shape == pair[0].shape
