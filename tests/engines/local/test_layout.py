"""Plans: rules that no plan may break, in many rooms."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import NEEDED, pieces
from realstaging.engines.local.layout import plan_room
from realstaging.engines.local.layout.dining import chairs
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.spot import LYING, Spot
from realstaging.engines.local.room.reading import Box, Opening, OpeningKind
from realstaging.kit.errors import CannotStage, InvalidInput
from tests.engines.local.rooms import HEIGHT, WIDTH, camera, footprint, reading

CATALOG = {piece.name: piece for piece in pieces()}
BOX = Box(-2.4, 2.6, -1.0, 5.5, 2.6)
BLOCKING = {OpeningKind.DOOR, OpeningKind.DOORWAY, OpeningKind.CLOSET, OpeningKind.FIREPLACE}


def brief(room: RoomType = RoomType.LIVING_ROOM, seed: int = 0, **more) -> Brief:
    return Brief(room, Style.MODERN, seed, **more)


def standing(plan):
    """Footprints with their pieces, of all that takes up floor."""
    return [
        (footprint(placed, CATALOG[placed.piece]), CATALOG[placed.piece])
        for placed in plan.pieces
        if CATALOG[placed.piece].mount == "floor" and CATALOG[placed.piece].category not in LYING
    ]


def before(box: Box, opening: Opening, out: float) -> Footprint:
    """The strip of floor ``out`` metres deep before an opening."""
    middle, width = (opening.t0 + opening.t1) / 2, opening.t1 - opening.t0
    if opening.wall == "Y+":
        return Footprint(box.x_min + middle, box.y_max - out / 2, width, out)
    x = box.x_min + out / 2 if opening.wall == "X-" else box.x_max - out / 2
    return Footprint(x, box.y_min + middle, out, width)


@st.composite
def rooms(draw):
    """Boxes with up to three openings on the walls in view."""
    half = st.floats(1.2, 3.5)
    box = Box(-draw(half), draw(half), -1.0, draw(st.floats(3.0, 9.0)), draw(st.floats(2.3, 3.2)))
    openings = []
    for wall in draw(st.lists(st.sampled_from(["X-", "X+", "Y+"]), max_size=3, unique=True)):
        width = draw(st.floats(0.7, 2.0))
        t0 = draw(st.floats(0.0, max(0.0, box.wall_length(wall) - width)))
        kind = draw(st.sampled_from([*BLOCKING, OpeningKind.WINDOW, OpeningKind.RADIATOR]))
        z0 = draw(st.floats(0.0, 1.2)) if kind is OpeningKind.WINDOW else 0.0
        openings.append(Opening(wall, t0, t0 + width, z0, 2.1, kind, 0.9))
    return box, tuple(openings), camera(yaw=draw(st.floats(-0.5, 0.5)), focal=draw(st.floats(0.4, 0.65)))


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rooms(), st.sampled_from(list(NEEDED)), st.integers(0, 5))
def test_no_plan_overlaps_leaves_the_room_or_blocks_an_opening(room, room_type, seed):
    box, openings, view = room
    try:
        plan = plan_room(reading(box, openings, view), brief(room_type, seed), pieces())
    except CannotStage:
        return
    placed = standing(plan)
    for (a, first), (b, second) in itertools.combinations(placed, 2):
        less = 0.002 if first.joins and second.joins else 0.0
        assert not a.grown(-less).overlaps(b.grown(-less)), f"{first.name} and {second.name}"
    for floor, piece in placed:
        corners = floor.points()
        assert corners[:, 0].min() >= box.x_min - 0.02
        assert corners[:, 0].max() <= box.x_max + 0.02
        assert corners[:, 1].max() <= box.y_max + 0.02
        for opening in openings:
            if opening.kind in BLOCKING:
                assert not floor.overlaps(before(box, opening, 0.9)), f"{piece.name} before a {opening.kind}"


def test_the_same_seed_gives_the_same_plan_and_another_a_different_one():
    room = reading(BOX)
    first, again = (plan_room(room, brief(), pieces()) for _ in range(2))
    assert first == again
    others = [plan_room(room, brief(seed=seed), pieces()).pieces for seed in range(1, 4)]
    assert any(other != first.pieces for other in others)


def test_a_living_room_has_its_sofa_whole_in_the_picture_with_a_table_before_it():
    room = reading(BOX)
    plan = plan_room(room, brief(), pieces())
    by_category = {CATALOG[placed.piece].category: placed for placed in plan.pieces}
    sofa, table = by_category.get("sofa") or by_category["sectional"], by_category["coffee_table"]
    corners = footprint(sofa, CATALOG[sofa.piece]).points()
    pixels = room.project(np.column_stack([corners, np.zeros(4)]))
    assert ((pixels >= 0) & (pixels < (WIDTH, HEIGHT))).all()
    gap = math.hypot(sofa.x - table.x, sofa.y - table.y)
    assert gap == pytest.approx((CATALOG[sofa.piece].depth + CATALOG[table.piece].depth) / 2 + 0.42, abs=0.02)


def test_a_bed_stands_with_its_head_to_a_wall_between_two_tables():
    plans = (plan_room(reading(BOX), brief(RoomType.BEDROOM, seed=seed), pieces()) for seed in range(12))
    plan = next(plan for plan in plans if sum(CATALOG[p.piece].category == "nightstand" for p in plan.pieces) == 2)
    bed = next(placed for placed in plan.pieces if CATALOG[placed.piece].category == "bed")
    back = footprint(bed, CATALOG[bed.piece]).points() @ (-math.sin(bed.rotation), math.cos(bed.rotation))
    walls = {0.0: BOX.y_max, round(math.pi / 2, 4): -BOX.x_min, round(-math.pi / 2, 4): BOX.x_max}
    assert back.max() == pytest.approx(walls[bed.rotation], abs=0.06)


def test_chairs_stand_around_a_table_and_look_at_it():
    chair = CATALOG["chair_shell"]
    for name, seats in (("dining_rect", 6), ("dining_round", 4)):
        for turn in (0.0, math.pi / 2):
            table = Spot(CATALOG[name], 1.0, 3.0, turn)
            placed = list(chairs(table, chair, 0))
            assert len(placed) == seats
            for one, two in itertools.combinations(placed, 2):
                assert not one.floor.overlaps(two.floor)
            for spot in placed:
                assert not spot.floor.overlaps(table.floor)
                ahead = (spot.x + math.sin(spot.rotation) * 0.5, spot.y - math.cos(spot.rotation) * 0.5)
                assert math.dist(ahead, (1.0, 3.0)) < math.dist((spot.x, spot.y), (1.0, 3.0))


@pytest.mark.parametrize("room_type", [RoomType.LIVING_ROOM, RoomType.BEDROOM, RoomType.OFFICE])
def test_umbrellas_are_kept_in_the_hall(room_type):
    for seed in range(3):
        placed = plan_room(reading(BOX), brief(room_type, seed), pieces()).pieces
        assert "basket_umbrellas" not in {spot.piece for spot in placed}


def test_nothing_stands_where_a_person_wants_it_clear():
    lane = np.array([(-2.4, 2.0), (0.4, 2.0), (0.4, 5.5), (-2.4, 5.5)])
    plan = plan_room(reading(BOX, keep_clear=(lane,)), brief(), pieces())
    for floor, piece in standing(plan):
        inside = (floor.points(5) > (-2.4, 2.0)).all(axis=1) & (floor.points(5) < (0.4, 5.5)).all(axis=1)
        assert not inside.any(), piece.name


def test_nothing_hangs_over_what_is_on_the_wall_already():
    room = reading(BOX)
    bare = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    busy = bare.copy()
    # Switches and grilles all over: against mostly plain paint they are things, not a texture.
    busy[::12, ::12] = busy[1::12, ::12] = 0
    hung = [
        sum(CATALOG[placed.piece].category == "art" for placed in plan_room(room, brief(), pieces(), wall).pieces)
        for wall in (bare, busy)
    ]
    assert hung[0] > 0
    assert hung[1] == 0


def test_a_room_without_floor_for_a_sofa_is_declined():
    with pytest.raises(CannotStage, match="not enough free floor"):
        plan_room(reading(Box(-0.6, 0.6, -1.0, 2.2, 2.5)), brief(), pieces())


@pytest.mark.parametrize("room", RoomType)
def test_every_kind_of_room_is_planned(room):
    assert plan_room(reading(BOX), brief(room), pieces()).pieces


@pytest.mark.parametrize("room", [RoomType.KITCHEN, RoomType.BATHROOM])
def test_fitted_rooms_are_dressed_not_refitted(room):
    stood = {piece.category for _, piece in standing(plan_room(reading(BOX), brief(room), pieces()))}
    dressing = {"plant", "bath_mat", "basket", "bench", "vanity_stool", "towel_ladder"}
    assert stood <= {"dining_table", "dining_chair", "counter_stool"} | dressing


def test_a_saved_plan_comes_back_as_it_was():
    plan = plan_room(reading(BOX), brief(), pieces())
    assert plan_room(reading(BOX), brief(plan=plan.as_json()), pieces()) == plan


@pytest.mark.parametrize(
    "document",
    [
        {"pieces": "many"},
        {},
        {"room_type": "bedroom", "style": "modern", "seed": 0, "score": 1.0, "pieces": [{"x": 1}]},
    ],
)
def test_what_is_no_plan_is_declined(document):
    with pytest.raises(InvalidInput):
        plan_room(reading(BOX), brief(plan=document), pieces())


def test_a_plan_in_a_style_that_there_is_not_is_declined():
    """The renderer knew no look for it, and ended in the middle of its work."""
    document = plan_room(reading(BOX), brief(), pieces()).as_json()
    document["pieces"][0]["style"] = "../nowhere"
    with pytest.raises(InvalidInput, match="styles that do not exist"):
        plan_room(reading(BOX), brief(plan=document), pieces())


def test_rectangles_overlap_as_they_look():
    one = Footprint(0, 0, 2, 1)
    assert one.overlaps(Footprint(0.9, 0.4, 1, 1, 0.7))
    assert not one.overlaps(Footprint(0, 1.01, 2, 1))
    assert not one.overlaps(Footprint(1.6, 0.9, 1, 1, math.pi / 4))
