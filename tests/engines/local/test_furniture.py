"""The catalogue, and that every piece is built as it says of itself."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from realstaging.engines.brief import RoomType, Style
from realstaging.engines.local.furniture import pieces

RENDER = Path(__file__).parents[3] / "render"
CATALOG = RENDER.parent / "src/realstaging/engines/local/furniture/catalog.json"
NEEDED = {
    RoomType.LIVING_ROOM: "sofa armchair coffee_table side_table rug floor_lamp plant media_unit television art curtain",
    RoomType.BEDROOM: "bed nightstand table_lamp dresser rug bench plant art curtain",
    RoomType.DINING_ROOM: "dining_table dining_chair sideboard console_table",
    RoomType.OFFICE: "desk office_chair bookshelf",
    RoomType.KIDS_ROOM: "kids_bed toy_storage desk pouf",
    RoomType.ENTRYWAY: "console_table bench shoe_rack coat_rack basket",
    RoomType.KITCHEN: "rug dining_table plant",
    RoomType.BATHROOM: "bath_mat basket bench plant",
    RoomType.OUTDOOR: "outdoor_sofa outdoor_chair outdoor_table planter rug",
}
CLOSE = 0.03
# Leaves grow by chance: a plant keeps within its declared size, and fills most of it.
GROWN = {"plant", "planter"}


@cache
def told(*arguments: str) -> str:
    """What `python -m realstaging_render.pieces …` prints, from its first line of JSON on."""
    done = subprocess.run(
        [RENDER / ".venv/bin/python", "-m", "realstaging_render.pieces", *arguments],
        env={**os.environ, "PYTHONPATH": str(RENDER / "src")},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout[done.stdout.index("[") :]


def test_catalogue_is_the_one_the_renderer_writes():
    assert json.loads(CATALOG.read_text()) == json.loads(told())


@pytest.mark.parametrize("piece", pieces(), ids=lambda piece: piece.name)
def test_sizes_are_those_of_furniture(piece):
    assert 0.02 <= piece.width <= 4
    assert 0.01 <= piece.depth <= 3
    assert 0.005 <= piece.height <= 2.8
    assert piece.styles
    assert piece.room_types


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("room", NEEDED)
def test_every_style_has_what_a_room_needs(room, style):
    there = {piece.category for piece in pieces() if style in piece.styles and room in piece.room_types}
    assert set(NEEDED[room].split()) <= there


@pytest.mark.parametrize("room", NEEDED)
def test_every_style_has_shapes_of_its_own(room):
    """Of the pieces that either of two styles has in a room, most are not in both."""
    suit = {style: {p.name for p in pieces() if style in p.styles and room in p.room_types} for style in Style}
    alike = {(a, b): len(suit[a] & suit[b]) / len(suit[a] | suit[b]) for a, b in combinations(Style, 2)}
    assert max(alike.values()) < 0.75


@pytest.mark.render
@pytest.mark.parametrize(
    "measured",
    [{piece.category: piece for piece in pieces()}.values(), pytest.param(pieces(), marks=pytest.mark.long)],
    ids=["one of each category", "all"],
)
def test_pieces_are_as_large_as_they_say(measured):
    """They are built; the back is at +Y and the lowest point at 0, so a turned or floating piece is found too."""
    declared = {piece.name: piece for piece in measured}
    measured = json.loads(told("measure", *declared))
    assert {row["name"] for row in measured} == set(declared)
    wrong = []
    for row in measured:
        piece = declared[row["name"]]
        bottom = -piece.height if piece.mount == "ceiling" else 0.0
        low = (-piece.width / 2, -piece.depth / 2, bottom)
        high = (piece.width / 2, piece.depth / 2, bottom + piece.height)
        beyond = [
            *(a - b for a, b in zip(low, row["low"], strict=True)),
            *(b - a for a, b in zip(high, row["high"], strict=True)),
        ]
        outside, short = max(beyond), -min(beyond)
        allowed = 0.2 if piece.category in GROWN else CLOSE
        if outside > CLOSE or short > allowed or row["faces"] > 60_000:
            wrong.append((row, round(outside, 3), round(short, 3)))
    assert not wrong


def test_nothing_is_hung_from_a_ceiling():
    assert {piece.mount for piece in pieces()} <= {"floor", "wall", "surface"}
