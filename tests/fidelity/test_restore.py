import cv2
import numpy as np
import pytest

from realstaging.fidelity.examination import examine, restore
from realstaging.fidelity.report import Verdict
from realstaging.synthetic.staged import rooms


def test_the_house_is_the_original_byte_for_byte(pair):
    empty, staged, mask = pair
    master = restore(empty, staged, examine(empty, staged))
    far = cv2.dilate(mask.astype(np.uint8), np.ones((61, 61))) == 0
    assert (master[far] == empty[far]).mean() > 0.99
    assert (master == empty).all(axis=2).mean() > 0.5
    core = cv2.erode(mask.astype(np.uint8), np.ones((9, 9))) > 0
    assert np.abs(master[core].astype(int) - staged[core]).mean() < 4


def test_a_careless_model_is_put_right(pair):
    """Zoomed, warmed, compressed and small: the furniture comes back to its place on the photo's own pixels."""
    empty, staged, _ = pair
    height, width = staged.shape[:2]
    matrix = np.array([[1.02, 0, -0.01 * width], [0, 1.02, -0.01 * height], [0, 0, 1]])
    careless = cv2.warpPerspective(
        staged, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    careless = np.clip(careless * np.array([1.05, 1.0, 0.93]), 0, 255).astype(np.uint8)
    _, data = cv2.imencode(
        ".jpg", cv2.resize(careless, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA), [cv2.IMWRITE_JPEG_QUALITY, 85]
    )
    careless = cv2.imdecode(data, cv2.IMREAD_COLOR)
    master = restore(empty, careless, examine(empty, careless))
    assert master.shape == empty.shape
    naive = cv2.resize(careless, (width, height), interpolation=cv2.INTER_CUBIC)
    assert cv2.PSNR(master, staged) > cv2.PSNR(naive, staged) + 2


def test_another_room_leaves_the_original(pair):
    noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    report = examine(pair[0], noise)
    assert not report.registration.found
    assert (restore(pair[0], noise, report) == pair[0]).all()


@pytest.mark.parametrize("bad", [np.zeros((4, 4), np.uint8), np.zeros((0, 5, 3), np.uint8), np.zeros((4, 4, 3))])
def test_only_pictures_are_examined(pair, bad):
    with pytest.raises(ValueError):
        examine(pair[0], bad)


def test_furniture_cut_off_by_the_frame_is_told(pair):
    """What the staged picture does not show cannot be put back: a sofa would end in the middle of the room."""
    empty, staged, mask = pair
    left = int(np.median(np.flatnonzero(mask.any(axis=0))))
    report = examine(empty, staged[:, left:].copy())
    torn = next(check for check in report.checks if check.name == "torn")
    assert torn.verdict is not Verdict.PASS
    assert report.restored is not Verdict.PASS


def test_byte_for_byte_where_a_window_was_taken_away(pair, scene, rebuilt):
    """The window goes back; the furniture stays."""
    empty, _, mask = pair
    altered = rebuilt(rooms.without(scene, "window"))
    master = restore(empty, altered, examine(empty, altered))
    bare = (np.abs(altered.astype(int) - empty).max(axis=2) > 40) & (
        cv2.dilate(mask.astype(np.uint8), np.ones((41, 41))) == 0
    )
    assert bare.sum() > 1000
    assert (master[bare] == empty[bare]).all(axis=1).mean() > 0.95
