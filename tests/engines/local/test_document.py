"""The document of a plan tells a page enough to draw it from above, and comes back as the same plan."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from realstaging.engines.brief import Brief, Corrections, RoomType, Style
from realstaging.engines.local.document import document
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import plan_room
from realstaging.engines.local.room.outline import floor_outline
from realstaging.engines.local.room.reading import Box, Opening, OpeningKind
from tests.engines.local.rooms import HEIGHT, WIDTH, camera, reading

BOX = Box(-2.2, 2.4, -0.6, 4.4, 2.6)
WINDOW = Opening("Y+", 1.0, 2.4, 0.9, 2.1, OpeningKind.WINDOW, 0.9)


@pytest.fixture
def room():
    return replace(reading(BOX, (WINDOW,)), floor_polygon=floor_outline(camera(), BOX, WIDTH, HEIGHT))


def test_the_room_and_the_sizes_of_pieces_go_with_the_plan(room):
    plan = plan_room(room, Brief(RoomType.LIVING_ROOM, Style.MODERN), pieces())
    told = json.loads(json.dumps(document(plan, room, Corrections(ceiling_height=2.6))))
    assert told["corrections"] == {"ceiling_height": 2.6}
    assert told["room"]["x_max"] == 2.4
    assert told["room"]["openings"] == [{"kind": "window", "from": [-1.2, 4.4], "to": [0.2, 4.4]}]
    assert set(told["furniture"]) == {piece["piece"] for piece in told["pieces"]}
    assert all(piece["width"] > 0 and piece["label"] for piece in told["furniture"].values())
    seen, outline = np.array(told["room"]["seen"]), np.array(told["room"]["outline"])
    assert seen[:, 1].max() == pytest.approx(4.4, abs=0.01)
    assert outline.min() >= 0
    assert outline.max() <= 1
    assert told["room"]["camera"]["focal"] == room.camera.focal
    assert told["room"]["camera"]["width"] == WIDTH


def test_it_is_read_again_as_the_plan_it_was(room):
    plan = plan_room(room, Brief(RoomType.LIVING_ROOM, Style.MODERN), pieces())
    again = Brief(RoomType.LIVING_ROOM, Style.MODERN, plan=document(plan, room, None))
    assert plan_room(room, again, pieces()) == plan
