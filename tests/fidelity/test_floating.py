"""What hangs low on a wall floats, unless it rests on furniture."""

import numpy as np

from realstaging.fidelity import gate
from realstaging.fidelity.compare import compare
from realstaging.fidelity.examination import STAGING, examine
from realstaging.fidelity.regions import Parts
from realstaging.fidelity.register import register
from realstaging.fidelity.report import Kind, Region, Verdict
from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.rooms import room

# In a picture of 512 × 768: a chest's corners, and how far it is above the rug that it stands on or not.
TOP, BOTTOM, LEFT, RIGHT = 240, 360, 250, 450


def floating(drawing, *, gap, rug=(LEFT, RIGHT)):
    """The check on a chest that hangs ``gap`` pixels above a rug between those columns."""
    photo = drawing.empty()
    registration = register(photo, photo)
    difference = compare(photo, photo, registration)
    labels = np.zeros(difference.seen.shape, np.uint8)
    labels[TOP:BOTTOM, LEFT:RIGHT] = 1
    labels[BOTTOM + gap : BOTTOM + gap + 60, slice(*rug)] = 2
    parts = Parts(
        (_region(labels, 1, Kind.HUNG), _region(labels, 2, Kind.FURNITURE)), labels, np.zeros(labels.shape, np.bool_)
    )
    checks = gate.checks_of(registration, difference, parts, STAGING)
    return next(check for check in checks if check.name == "floating")


def _region(labels, label, kind):
    rows, columns = np.nonzero(labels == label)
    height, width = labels.shape
    box = (columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height)
    return Region(label, kind, float((labels == label).mean()), box, True)


def test_a_chest_in_the_air_is_told(drawing):
    assert floating(drawing, gap=40).verdict is Verdict.WARN


def test_a_chest_on_a_rug_is_not(drawing):
    check = floating(drawing, gap=2)
    assert (check.verdict, check.value) == (Verdict.PASS, 0.0)


def test_touching_furniture_at_one_end_is_no_support(drawing):
    assert floating(drawing, gap=2, rug=(RIGHT - 20, RIGHT + 200)).verdict is Verdict.WARN


def test_a_large_thing_painted_onto_a_wall_low_down_is_told():
    """Room 302: on the right there is but wall down to the skirting."""
    photo = Drawing(room(302)).empty()
    height, width = photo.shape[:2]
    staged = photo.copy()
    staged[int(0.5 * height) : int(0.68 * height), int(0.69 * width) : int(0.86 * width)] = (60, 40, 30)
    checks = examine(photo, staged).checks
    assert next(check for check in checks if check.name == "floating").verdict is Verdict.WARN
