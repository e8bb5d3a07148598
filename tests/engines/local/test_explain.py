"""The page that says why: pictures that show it, scores that add up, refusals with their rules."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.explain import explained
from realstaging.engines.local.explain.drawings import boxes_over, from_above, reading_over
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout.considered import Considered
from realstaging.engines.local.layout.plan import plan_room
from realstaging.engines.local.room.reading import Box, Lamp, Opening, OpeningKind
from realstaging.imaging.decode import decode
from realstaging.kit.errors import CannotStage
from tests.engines.local.rooms import picture, reading

BOX = Box(-2.4, 2.6, -1.0, 5.5, 2.6)
DOOR = Opening("X-", 2.5, 3.4, 0.0, 2.05, OpeningKind.DOOR, 0.9)
ROOM = reading(BOX, (DOOR,))
BRIEF = Brief(RoomType.LIVING_ROOM, Style.MODERN)


def test_a_plan_is_explained_with_pictures_and_numbers(tmp_path):
    plan = explained(ROOM, picture(ROOM), BRIEF, tmp_path)
    assert plan == plan_room(ROOM, BRIEF, pieces(), picture(ROOM))
    page = (tmp_path / "index.html").read_text()
    shown = set(re.findall(r'src="([^"]+)"', page))
    assert {"index-reading.png", "index-boxes.png", "index-plan.png", "index-candidate-1.png"} <= shown
    for name in shown:
        assert decode(tmp_path / name).size
    assert "before a door" in page


def test_scores_add_up_and_the_best_comes_first():
    considered = Considered()
    plan = plan_room(ROOM, BRIEF, pieces(), None, considered)
    assert considered.chosen
    assert len(considered.chosen.spots) == len(plan.pieces)
    scores = [candidate.score for candidate in considered.candidates]
    assert scores == sorted(scores, reverse=True)
    assert considered.chosen.score == pytest.approx(plan.score, abs=1e-3)


def test_a_refusal_has_a_page_with_the_rules_that_refused(tmp_path):
    tiny = reading(Box(-0.35, 0.35, -1.0, 1.5, 2.5))
    with pytest.raises(CannotStage) as refused:
        explained(tiny, picture(tiny), BRIEF, tmp_path)
    page = (tmp_path / "index.html").read_text()
    assert refused.value.message in page
    assert "index-reading.png" in page
    assert "index-boxes.png" not in page


def test_drawings_show_what_they_are_of():
    photo = picture(ROOM)
    spots = _spots()
    over, boxes = reading_over(photo, ROOM), boxes_over(photo, ROOM, spots)
    assert over.shape == boxes.shape == photo.shape
    sofa = spots[0]
    x, y = ROOM.project(np.array([sofa.x, sofa.y, sofa.piece.height * 0.7])).astype(int)
    assert (boxes[y, x] != photo[y, x]).any()
    bare = from_above(ROOM, ())
    assert (from_above(ROOM, spots) != bare).any()
    fitted = replace(
        ROOM, lamps=(Lamp(0.0, 3.0, 0.8),), registers=(np.array([(1, 3), (1.4, 3), (1.4, 3.2), (1, 3.2)]),)
    )
    for at in ((0.0, 3.0, 2.0), (1.2, 3.1, 0.0)):
        x, y = ROOM.project(np.array(at)).astype(int)
        assert (reading_over(photo, fitted)[y, x] != over[y, x]).any()
    assert (from_above(fitted, ()) != bare).any(axis=-1).sum() > 100


def _spots():
    considered = Considered()
    plan_room(ROOM, BRIEF, pieces(), None, considered)
    assert considered.chosen
    return considered.chosen.spots
