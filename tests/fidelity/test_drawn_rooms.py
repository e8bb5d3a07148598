"""Changes that are hard to see, on rooms whose truth is known."""

from dataclasses import replace

import cv2
import pytest

from realstaging.fidelity.examination import examine
from realstaging.fidelity.report import Verdict
from realstaging.synthetic.staged import rooms
from realstaging.synthetic.staged.corruptions import cases
from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.pixels import generated
from realstaging.synthetic.staged.rooms import Room, room

LEFT, BACK, RIGHT = 0, 1, 2
# One room of each kind at every turn, the others in `make test-long`.
LONG = pytest.mark.long


def photo_and_staging(scene: Room, house: Room | None = None):
    """The empty room's photo, and the room staged, with the house as ``house`` has it."""
    drawing = Drawing(scene)
    return drawing.empty(), drawing.staged(drawing.furnished(), house or scene)


def darker(scene: Room, wall: int, gain: float = 0.8) -> Room:
    walls = [*scene.walls]
    red, green, blue = walls[wall]
    walls[wall] = (gain * red, gain * green, gain * blue)
    return replace(scene, walls=(walls[0], walls[1], walls[2]))


def warned(report) -> set[str]:
    return {check.name for check in report.checks if check.verdict is not Verdict.PASS}


@pytest.mark.parametrize(
    ("seed", "wall"), [(127, LEFT), pytest.param(135, LEFT, marks=LONG), pytest.param(143, RIGHT, marks=LONG)]
)
def test_one_wall_a_little_darker_is_no_shadow(seed, wall):
    scene = room(seed)
    assert "repaint" not in warned(examine(*photo_and_staging(scene)))
    assert "repaint" in warned(examine(*photo_and_staging(scene, darker(scene, wall))))


@pytest.mark.parametrize(("seed", "wall"), [(255, RIGHT), pytest.param(271, BACK, marks=LONG)])
def test_a_wall_that_changed_too_little_to_be_found_pixel_by_pixel_is_seen_as_a_whole(seed, wall):
    scene = room(seed)
    photo, staged = photo_and_staging(scene)
    assert "repaint" not in warned(examine(photo, generated(staged)))
    _, repainted = photo_and_staging(scene, darker(scene, wall, 0.9))
    assert "repaint" in warned(examine(photo, generated(repainted)))


@pytest.mark.parametrize("seed", [129, pytest.param(131, marks=LONG)])
def test_another_view_behind_the_same_frame_is_told(seed):
    scene = room(seed)
    assert "openings" not in warned(examine(*photo_and_staging(scene)))
    another = rooms.changed(scene, "window", 0, seed=seed + 4242)
    assert "openings" in warned(examine(*photo_and_staging(scene, another)))


@pytest.mark.parametrize(
    "family", ["window removed", pytest.param("window added", marks=LONG), pytest.param("door removed", marks=LONG)]
)
def test_a_change_of_the_house_that_furniture_stands_before_is_told(family):
    """Room 641: of each the lower part is hidden, so that house and furniture are one changed part."""
    scene = room(641)
    drawing = Drawing(scene)
    changed = [case.picture for case in cases(scene, drawing) if case.family == family]
    assert changed
    for picture in changed:
        assert "openings" in warned(examine(drawing.empty(), picture))
    assert "openings" not in warned(examine(*photo_and_staging(scene)))


def test_a_room_with_hardly_a_feature_is_still_found_blurred():
    """Room 130 is grey, and its sofa hides the one window."""
    scene = room(130)
    empty, staged = photo_and_staging(scene)
    report = examine(empty, cv2.GaussianBlur(staged, (0, 0), 0.8))
    assert report.registration.found
    assert report.registration.displacement < 0.002


@pytest.mark.parametrize(
    ("one", "other"), [pytest.param(104, 112, marks=LONG), pytest.param(118, 120, marks=LONG), (130, 106)]
)
def test_another_room_is_never_found(one, other):
    report = examine(Drawing(room(one)).empty(), Drawing(room(other)).empty())
    assert not report.registration.found
    assert report.restored is Verdict.FAIL
