"""The catalogue, and that every piece is built as it says of itself."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from realstaging.engines.brief import RoomType, Style
from realstaging.engines.local.furniture import categories, pieces
from realstaging.engines.local.layout.spot import Choice

RENDER = Path(__file__).parents[3] / "render"
CATALOG = RENDER.parent / "src/realstaging/engines/local/furniture/catalog.json"
NEEDED = {
    RoomType.LIVING_ROOM: "sofa armchair coffee_table side_table rug floor_lamp plant media_unit television art curtain",
    RoomType.BEDROOM: "bed nightstand table_lamp dresser rug bench plant art curtain",
    RoomType.DINING_ROOM: "dining_table dining_chair sideboard console_table",
    RoomType.OFFICE: "desk office_chair bookshelf",
    RoomType.KIDS_ROOM: "kids_bed toy_storage desk pouf",
    RoomType.ENTRYWAY: "console_table bench shoe_rack coat_rack basket",
    RoomType.KITCHEN: "rug dining_table plant counter_stool bar_stool fruit_bowl chopping_board plant_small",
    RoomType.BATHROOM: "bath_mat basket bench plant towel towel_ladder vanity_stool plant_small",
    RoomType.OUTDOOR: "outdoor_sofa outdoor_chair outdoor_table planter rug parasol outdoor_dining_table outdoor_dining_chair "
    "outdoor_lounger",
}
LAYOUT = CATALOG.parents[1] / "layout"
# Tables of layouts whose strings are categories.
BY_CATEGORY = {
    "_SEAT",
    "_ENDS",
    "_COMPANY",
    "ANYWHERE",
    "ON_TOP",
    "NEAREST",
    "SHOWN",
    "RISE",
    "SLENDER",
    "MOST_FILLED",
    "SEEN_THROUGH",
}
CLOSE = 0.03
ON_FLOOR = 0.002
MOST_FACES = 60_000
# Leaves grow by chance: a plant keeps within its declared size, and fills most of it.
GROWN = {"plant", "plant_small", "planter"}


@cache
def told(*arguments: str) -> str:
    """What `python -m realstaging_render.pieces …` prints, from its first line of JSON on."""
    done = subprocess.run(
        [RENDER / ".venv/bin/python", "-m", "realstaging_render.pieces", *arguments],
        env={**os.environ, "PYTHONPATH": str(RENDER / "src")},
        capture_output=True,
        text=True,
        timeout=1200,
        check=True,
    )
    return done.stdout[min(done.stdout.find(mark) % sys.maxsize for mark in "[{") :]


def test_catalogue_is_the_one_the_renderer_writes():
    assert json.loads(CATALOG.read_text()) == json.loads(told())


def test_the_vocabulary_is_closed():
    """Every category has a piece, every piece a category of the vocabulary, and layouts ask for nothing else."""
    asked = set(spoken())
    assert {piece.category for piece in pieces()} == categories()
    assert asked >= {"sofa", "rug", "table_lamp", "television", "bath_mat"}, "layouts are no longer read"
    assert asked <= categories()


def test_what_is_no_category_is_told():
    with pytest.raises(KeyError, match="sofas"):
        Choice(pieces(), RoomType.LIVING_ROOM, Style.MODERN, 0).all("sofas")


def spoken():
    """Categories that layouts speak of: in programmes, in `choice.one` and `all`, in comparisons with a piece's category and in
    tables by category.
    """
    for path in LAYOUT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="one" | "all", value=ast.Name(id="choice"))):
                    yield from strings(arg for arg in node.args if not isinstance(arg, ast.Lambda))
                case ast.Call(func=ast.Name(id="Part" | "Main")):
                    yield from strings(node.args[:1])
                case ast.Compare(left=ast.Attribute(attr="category")):
                    yield from strings(node.comparators)
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=value)
                ) if name in BY_CATEGORY:
                    yield from strings([value])


def strings(nodes):
    return [
        inner.value
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
    ]


def test_sizes_are_those_of_furniture():
    wrong = [
        piece.name
        for piece in pieces()
        if not (0.02 <= piece.width <= 4 and 0.01 <= piece.depth <= 3 and 0.005 <= piece.height <= 2.8)
    ]
    assert wrong == []
    assert [piece.name for piece in pieces() if not (piece.styles and piece.room_types)] == []


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


@pytest.mark.long
@pytest.mark.render
@pytest.mark.parametrize(
    ("how", "measured"),
    [("glance", tuple({piece.category: piece for piece in pieces()}.values())), ("measure", pieces())],
    ids=["one of each category", "all"],
)
def test_pieces_are_sound_and_as_large_as_they_say(how, measured):
    """They are built; the back is at +Y and the lowest point at 0, so a turned or floating piece is found too. None has holes, faces
    inside out, spikes or faces that coincide (`soundness.py`).
    """
    declared = {piece.name: piece for piece in measured}
    measured = json.loads(told(how, *declared))
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
        assert row["laden"] == piece.laden, (
            f"{piece.name}: things {'stand' if row['laden'] else 'do not stand'} on its top"
        )
        off_floor = piece.mount == "floor" and abs(row["low"][2]) > ON_FLOOR
        if outside > CLOSE or short > allowed or off_floor or row["faces"] > MOST_FACES or row["faults"]:
            wrong.append((row, round(outside, 3), round(short, 3)))
    assert not wrong


@pytest.mark.render
def test_broken_meshes_are_told():
    done = subprocess.run(
        [RENDER / ".venv/bin/python", Path(__file__).with_name("broken_meshes.py")],
        env={**os.environ, "PYTHONPATH": str(RENDER / "src")},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    told = json.loads(done.stdout[done.stdout.index("{") :])
    assert told.pop("whole") == []
    said = {"hole": "inside", "inside_out": "inside", "spike": "spike", "coincides": "coincides"}
    said |= {"no_number": "no number", "flat": "degenerate"}
    assert {way: said[way] in " ".join(faults) for way, faults in told.items()} == dict.fromkeys(said, True)


def test_nothing_is_hung_from_a_ceiling():
    assert {piece.mount for piece in pieces()} <= {"floor", "wall", "surface"}
