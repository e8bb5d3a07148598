"""What is told of a photo before it is staged is what staging it will meet."""

import numpy as np
import pytest

from realstaging.engines.brief import Prediction, RoomType
from realstaging.engines.local.prediction import predict, room_type_of, seen
from realstaging.engines.local.room.reading import Box, Opening, OpeningKind
from realstaging.imaging import encode
from realstaging.synthetic import demo
from tests.engines.local.rooms import reading

BOX = Box(-2.2, 2.2, -0.5, 4.5, 2.6)


def opening(kind, t0=1.0, t1=2.0, confidence=0.9):
    return Opening("Y+", t0, t1, 0.0, 2.0, kind, confidence)


@pytest.mark.parametrize(
    ("box", "openings", "room_type"),
    [
        (BOX, (), RoomType.LIVING_ROOM),
        (Box(-1.6, 1.6, -0.5, 3.5, 2.6), (), RoomType.BEDROOM),
        (Box(-0.8, 0.8, -0.5, 4.5, 2.6), (), RoomType.ENTRYWAY),
        (Box(-1.6, 1.6, -0.5, 3.5, 2.6), (opening(OpeningKind.FIREPLACE),), RoomType.LIVING_ROOM),
        (Box(-1.6, 1.6, -0.5, 3.5, 2.6), (opening(OpeningKind.FIREPLACE, confidence=0.3),), RoomType.BEDROOM),
        (BOX, (opening(OpeningKind.CLOSET, 0.2, 1.6), opening(OpeningKind.BUILTIN, 1.8, 3.2)), RoomType.KITCHEN),
    ],
)
def test_a_room_is_taken_for_what_its_hearth_cupboards_or_size_tell(box, openings, room_type):
    assert room_type_of(reading(box, openings)) is room_type


def test_what_was_seen_is_told_in_sentences():
    openings = (
        opening(OpeningKind.WINDOW),
        opening(OpeningKind.WINDOW),
        opening(OpeningKind.DOOR),
        opening(OpeningKind.CLOSET, confidence=0.2),
    )
    assert seen(reading(BOX, openings)) == ("About 4.4 m wide and 4.5 m deep, 2.6 m high.", "A door and two windows.")
    assert len(seen(reading(BOX))) == 1


def test_an_empty_room_is_predicted_and_a_page_refused(tmp_path):
    photo, page = tmp_path / "room.jpg", tmp_path / "page.jpg"
    photo.write_bytes(encode.jpeg(demo.draw(900, 600)))
    page.write_bytes(encode.jpeg(np.full((600, 900, 3), 250, np.uint8)))
    fine = predict(photo, RoomType.BEDROOM)
    assert fine.stageable in {"yes", "with_corrections"}
    assert not fine.refused
    assert fine.seen
    assert fine.room_type
    assert fine.unfit == {}
    refused = predict(page, None)
    assert isinstance(refused, Prediction)
    assert (refused.stageable, refused.refused, refused.seen) == ("no", True, ())
    assert len(refused.reasons) == 1
