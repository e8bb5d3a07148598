"""What forbids, what costs, what the picture shows, and what is planned where little fits: each by a room of its own."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import dining, plan_room, seating
from realstaging.engines.local.layout.assessing import Assessor, looming
from realstaging.engines.local.layout.considered import Considered
from realstaging.engines.local.layout.dressing import dress
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.ground import COMFORTABLE, WAY, Ground
from realstaging.engines.local.layout.likelihood import probabilities
from realstaging.engines.local.layout.programme import DINING, LIVING, PROGRAMMES, Relation
from realstaging.engines.local.layout.relations import places
from realstaging.engines.local.layout.rules import Allowance, Rules
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Spot
from realstaging.engines.local.layout.steps import steps
from realstaging.engines.local.layout.view import View
from realstaging.engines.local.room.reading import Box, Opening, OpeningKind, Slope
from realstaging.kit.errors import CannotStage
from tests.engines.local.rooms import broken, camera, reading

CATALOG = {piece.name: piece for piece in pieces()}
SOFA, TABLE, BED = CATALOG["sofa_track"], CATALOG["coffee_slab"], CATALOG["bed_panel"]
CHAIR, SHELF, RUG = CATALOG["chair_shell"], CATALOG["shelf_plain"], CATALOG["rug_medium"]
BOX = Box(-2.4, 2.6, -1.0, 6.0, 2.6)


def opening(kind: OpeningKind, confidence: float = 0.9, *, width: float = 0.9, z0: float = 0.0) -> Opening:
    """In the middle of the far wall."""
    return Opening("Y+", 2.5 - width / 2, 2.5 + width / 2, z0, 2.05, kind, confidence)


def rules(*openings: Opening, allowance: Allowance | None = None, box: Box = BOX) -> Rules:
    space = Space(reading(box, openings))
    return Rules(space, View(space), allowance or Allowance())


@pytest.mark.parametrize(
    ("one", "kind", "least", "most"),
    [
        (opening(OpeningKind.DOOR), OpeningKind.DOOR, 0.8, 1.0),
        (opening(OpeningKind.DOOR, width=0.45), OpeningKind.DOOR, 0.0, 0.4),
        (opening(OpeningKind.CLOSET, width=4.0), OpeningKind.CLOSET, 0.0, 0.5),
        (opening(OpeningKind.CLOSET, width=4.0), OpeningKind.FIREPLACE, 0.2, 0.5),
        (opening(OpeningKind.WINDOW, width=2.0), OpeningKind.DOOR, 0.3, 0.6),
        (opening(OpeningKind.WINDOW, width=2.0, z0=0.9), OpeningKind.WINDOW, 0.8, 1.0),
    ],
)
def test_what_an_opening_may_be(one, kind, least, most):
    assert least <= probabilities(one).get(kind, 0.0) <= most
    assert sum(probabilities(one).values()) <= 1.0


def test_a_narrow_door_that_runs_out_of_the_picture_may_be_a_door():
    narrow = opening(OpeningKind.DOOR, width=0.4)
    assert probabilities(narrow, cut=True)[OpeningKind.DOOR] > 2 * probabilities(narrow)[OpeningKind.DOOR]


def test_what_is_sure_forbids_and_what_is_not_costs():
    spot = Spot(SOFA, 0.1, 5.4, 0.0)
    for kind in (OpeningKind.DOOR, OpeningKind.DOORWAY, OpeningKind.FIREPLACE):
        assert broken(rules(opening(kind, 0.95)), Spot(SOFA, spot.x, spot.y, 0.0)) == f"before a {kind}"
        unsure = rules(opening(kind, 0.4))
        assert broken(unsure, Spot(SOFA, spot.x, spot.y, 0.0)) == ""
        assert unsure.toll([spot]) > 0.3
    assert rules().toll([spot]) == 0
    assert broken(rules(opening(OpeningKind.DOOR, 0.95)), Spot(RUG, 0.1, 5.0, 0.0)) == "", "rugs lie in doors"


def test_what_is_just_far_enough_from_a_door_costs_where_the_scale_is_unsure():
    door, spot = opening(OpeningKind.DOOR, 0.95), Spot(SOFA, 0.1, 6.0 - 0.92 - 0.1 - SOFA.depth / 2, 0.0)
    tolls = []
    for sure in (1.0, 0.6):
        space = Space(replace(reading(BOX, (door,)), scale_confidence=sure))
        held_to = Rules(space, View(space), Allowance())
        assert broken(held_to, Spot(SOFA, spot.x, spot.y, 0.0)) == ""
        tolls.append(held_to.toll([spot]))
    assert tolls[0] == 0 < tolls[1]


def test_sills_bind_what_takes_the_light():
    window = rules(opening(OpeningKind.WINDOW, 0.98, width=2.0, z0=0.45))
    assert broken(window, Spot(SHELF, 0.1, 5.75, 0.0)) == "before a window"
    assert broken(window, Spot(CHAIR, 0.1, 5.6, 0.0)) == "", "chairs are looked through"
    assert broken(window, Spot(BED, 0.1, 4.85, 0.0)) == "", "a bed stands centred under a window"
    assert broken(window, Spot(BED, 0.7, 4.85, 0.0)) == "before a window"


def test_what_is_near_is_held_to_the_picture():
    assert broken(rules(), Spot(SOFA, 0.0, 4.5, 0.0)) == ""
    assert broken(rules(), Spot(SOFA, -1.85, 1.9, math.pi / 2)) == "cut by the picture's edge"
    down = Space(reading(BOX, view=camera(focal=0.45, pitch=0.5)))
    held_to = Rules(down, View(down), Allowance())
    assert broken(held_to, Spot(CATALOG["armchair_cube"], 0.0, 1.2, 0.0)) == "fills too much of the picture"
    assert broken(held_to, Spot(CATALOG["armchair_cube"], 0.0, 3.0, 0.0)) == ""
    assert broken(held_to, Spot(CATALOG["stool_stump"], 0.0, 0.6, 0.0)) == "where the camera stands"


def test_pieces_that_meet_are_refused_as_rectangles_meet():
    held_to, rng = rules(), np.random.default_rng(5)
    other = Spot(TABLE, 0.0, 3.5, 0.4)
    for _ in range(200):
        x, y, turn = (float(v) for v in rng.uniform((-1.8, 2.2, -3), (1.8, 4.8, 3)))
        met = "meets" in broken(held_to, Spot(CHAIR, x, y, turn), (other,))
        if Footprint(x, y, CHAIR.width, CHAIR.depth, turn).overlaps(other.floor):
            assert met or broken(held_to, Spot(CHAIR, x, y, turn))
        elif met:
            assert Footprint(x, y, CHAIR.width, CHAIR.depth, turn).grown(0.04).overlaps(other.floor)


def test_a_way_is_left_to_every_door():
    ground = Ground(
        Space(reading(Box(-1.0, 1.0, -1.0, 6.0, 2.6), (Opening("Y+", 0.5, 1.4, 0, 2.05, OpeningKind.DOOR, 0.95),))), 0.7
    )
    assert ground.ways_left([]) == COMFORTABLE
    assert ground.ways_left([Footprint(-0.5, 3.0, 1.0, 1.0)]) == COMFORTABLE
    assert ground.ways_left([Footprint(-0.35, 3.0, 1.3, 1.0)]) == WAY
    assert ground.ways_left([Footprint(-0.1, 3.0, 1.8, 1.0)]) == 0


def test_the_buffer_shows_what_hides_what():
    view = View(Space(reading(BOX)))
    far, near = Spot(SOFA, 0.0, 5.0, 0.0), Spot(SHELF, 0.0, 2.5, 0.0)
    alone, both = view.see((far,)), view.see((far, near))
    assert alone.visible[0] == pytest.approx(alone.whole[0], rel=0.1)
    assert both.visible[0] < 0.7 * alone.visible[0]
    assert view.see((near, far)).visible[0] == both.visible[1], "whatever their order"
    assert view.see((Spot(SOFA, -2.0, 2.0, math.pi / 2),)).cut[0] > 0.2


def test_a_sofa_that_looks_at_the_fire_is_worth_more_than_one_that_turns_its_back():
    fire = opening(OpeningKind.FIREPLACE, 0.95, width=1.4)
    space = Space(reading(BOX, (fire,)))
    view = View(space)
    assessor = Assessor(space, view, Rules(space, view, Allowance()), LIVING)
    beside, away = assessor.focus.looks_at(np.array([[-1.5, 4.0, math.pi / 2 + 0.6], [0.1, 4.0, 0.0]]))
    assert beside > 0 > away
    hidden, free = (
        assessor.terms((Spot(SOFA, -1.5, 3.0, math.pi / 2), Spot(SHELF, x, 4.0, 0.0)))["hides what is there"]
        for x in (0.1, 2.0)
    )
    assert hidden < free - 1, "a shelf before the fire costs"


@pytest.mark.parametrize("seed", range(2))
def test_a_living_room_keeps_its_fire_free_and_in_sight(seed):
    fire = opening(OpeningKind.FIREPLACE, 0.95, width=1.4)
    room = reading(BOX, (fire,))
    plan = plan_room(room, Brief(RoomType.LIVING_ROOM, Style.MODERN, seed), pieces())
    hearth = Footprint(0.1, 5.55, 1.4, 0.9)
    spots = [Spot(CATALOG[p.piece], p.x, p.y, p.rotation, p.z) for p in plan.pieces]
    assert not any(spot.stands and spot.floor.overlaps(hearth) for spot in spots)
    view = View(Space(room))
    [(_, _, mask)] = view.openings
    tall = np.array([spot.piece.category != "rug" for spot in spots] + [False])
    assert tall[view.see(tuple(spots)).buffer[mask]].mean() < 0.3


def test_a_long_room_takes_a_second_group_with_all_its_chairs():
    plan = plan_room(reading(Box(-2.6, 2.6, -1.0, 9.5, 2.6)), Brief(RoomType.LIVING_ROOM, Style.MODERN, 3), pieces())
    categories = [CATALOG[placed.piece].category for placed in plan.pieces]
    assert categories.count("dining_table") == 1
    assert categories.count("dining_chair") >= 3


def test_a_rug_is_of_one_group():
    seat, rug = Spot(CHAIR, 0.0, 3.5, 0.0), Spot(RUG, 0.0, 3.5, 0.0)
    assert broken(rules(), Spot(RUG, 0.3, 3.5, 0.0), placed=(seat,)) == ""
    assert broken(rules(), Spot(CHAIR, 0.3, 3.5, 0.0), placed=(rug,)) == ""
    assert broken(rules(), Spot(RUG, 0.3, 3.5, 0.0), placed=(replace(seat, apart=True),)) == "meets another piece"
    assert broken(rules(), Spot(CHAIR, 0.3, 3.5, 0.0), placed=(replace(rug, apart=True),)) == "meets another piece"
    for seed in range(2):
        plan = plan_room(
            reading(Box(-2.6, 2.6, -1.0, 9.5, 2.6)), Brief(RoomType.LIVING_ROOM, Style.MODERN, seed), pieces()
        )
        spots = [Spot(CATALOG[p.piece], p.x, p.y, p.rotation, p.z) for p in plan.pieces]
        tables = [spot for spot in spots if spot.piece.category in {"dining_table", "dining_chair"}]
        rugs = [spot for spot in spots if spot.lies]
        assert not any(rug.floor.overlaps(table.floor) for rug, table in itertools.product(rugs, tables))


def test_nobody_looks_at_a_screen_across_a_table_where_others_sit():
    space, sofa = Space(reading(BOX)), Spot(SOFA, -1.9, 3.5, math.pi / 2)
    unit = CATALOG["media_plain"]
    table = Spot(CATALOG["dining_round"], 0.6, 3.5, 0.0)
    free, low, hidden = (
        places(Relation.WATCHED, unit, space, sofa, (sofa, *others))
        for others in ((), (replace(table, piece=TABLE),), (table,))
    )
    assert len(free) == len(low) > 0
    assert not any(abs(y - 3.5) < 0.3 for _, y, _ in hidden)


def test_one_dines_elsewhere_than_by_the_fire():
    space = Space(
        reading(Box(-2.6, 2.6, -1.0, 9.5, 2.6), (Opening("Y+", 1.9, 3.3, 0, 1.2, OpeningKind.FIREPLACE, 0.95),))
    )
    view = View(space)
    assessor = Assessor(space, view, Rules(space, view, Allowance()), LIVING)
    sofa, table = Spot(SOFA, -2.0, 3.5, math.pi / 2), CATALOG["dining_rect"]
    by_it, away = (assessor.terms((sofa, Spot(table, 0.6, y, 0.0)))["a table at the fire"] for y in (7.2, 4.2))
    assert by_it < -1
    assert away == 0


def test_nothing_hangs_over_anything_or_is_seen_from_its_side():
    for seed, room_type in itertools.product(range(3), (RoomType.LIVING_ROOM, RoomType.BEDROOM)):
        plan = plan_room(reading(Box(-2.6, 2.6, -1.0, 8.0, 2.6)), Brief(room_type, Style.SCANDINAVIAN, seed), pieces())
        hung = [placed for placed in plan.pieces if CATALOG[placed.piece].mount == "wall"]
        for one, other in itertools.combinations(hung, 2):
            if one.rotation == other.rotation:
                assert not _on_wall(one).overlaps(_on_wall(other)), f"{one.piece} over {other.piece}"
        for placed in hung:
            towards = -placed.x * math.sin(placed.rotation) + placed.y * math.cos(placed.rotation)
            assert towards / math.hypot(placed.x, placed.y) >= 0.33 or CATALOG[placed.piece].category == "television"


def test_art_above_a_sofa_that_is_seen_from_its_side_is_left_out():
    space = Space(reading(Box(-0.8, 3.5, -1.0, 9.0, 2.6)))
    for y, hung in ((1.8, True), (6.0, False)):
        sofa = Spot(SOFA, -0.25, y, math.pi / 2)
        added = dress(space, (sofa,), Choice(pieces(), RoomType.LIVING_ROOM, Style.MODERN, 0))[1:]
        assert any(spot.rotation == sofa.rotation and abs(spot.y - y) < 0.5 for spot in added) is hung


def _on_wall(placed) -> Footprint:
    piece = CATALOG[placed.piece]
    along = placed.x * math.cos(placed.rotation) + placed.y * math.sin(placed.rotation)
    return Footprint(along, placed.z + piece.height / 2, piece.width, piece.height)


def test_a_plan_degrades_and_says_so():
    narrow = reading(Box(-0.72, 0.72, -1.0, 3.4, 2.6), view=camera(pitch=0.2))
    considered = Considered()
    plan = plan_room(narrow, Brief(RoomType.BEDROOM, Style.MODERN), pieces(), None, considered)
    assert considered.step != "everything"
    assert plan.warnings
    assert considered.told in plan.warnings


def test_a_refusal_gives_its_reason_and_what_would_fit():
    clear = np.array([(-2.4, -1.0), (1.0, -1.0), (1.0, 6.0), (-2.4, 6.0)])
    with pytest.raises(CannotStage, match="what stands there") as refused:
        plan_room(
            reading(BOX, keep_clear=(clear, np.add(clear, (1.7, 0)))), Brief(RoomType.BEDROOM, Style.MODERN), pieces()
        )
    assert "would do" not in refused.value.message
    strip = np.array([(-2.4, -1.0), (2.0, -1.0), (2.0, 6.0), (-2.4, 6.0)])
    with pytest.raises(CannotStage, match=r"It would do as an entryway\."):
        plan_room(reading(BOX, keep_clear=(strip,)), Brief(RoomType.BEDROOM, Style.MODERN), pieces())


def test_what_stands_in_a_bathroom_stands_beside_the_mat_not_on_it():
    for seed in range(3):
        plan = plan_room(reading(BOX), Brief(RoomType.BATHROOM, Style.COASTAL, seed), pieces())
        floors = [
            Spot(CATALOG[p.piece], p.x, p.y, p.rotation).floor for p in plan.pieces if CATALOG[p.piece].mount == "floor"
        ]
        assert any(CATALOG[p.piece].category == "bath_mat" for p in plan.pieces)
        assert len(floors) >= 2
        assert not any(one.overlaps(other) for one, other in itertools.combinations(floors, 2))


def test_nothing_stands_or_hangs_through_a_sloping_ceiling():
    slopes = (Slope("X-", 1.0, 0.8), Slope("X+", 1.2, 1.0))
    room = replace(reading(BOX), slopes=slopes)
    held_to = Rules(Space(room), View(Space(room)), Allowance())
    assert broken(held_to, Spot(SHELF, -1.6, 4.0, math.pi / 2)) == "through a sloping ceiling"
    assert broken(held_to, Spot(SHELF, -0.6, 4.0, math.pi / 2)) == ""
    assert broken(held_to, Spot(TABLE, -1.7, 4.0, 0.0)) == "", "what is low fits below"
    for room_type in (RoomType.OFFICE, RoomType.BEDROOM, RoomType.LIVING_ROOM):
        for placed in plan_room(room, Brief(room_type, Style.MODERN), pieces()).pieces:
            piece = CATALOG[placed.piece]
            corners = Spot(piece, placed.x, placed.y, placed.rotation).floor.points()
            top = placed.z + piece.height
            assert all((slope.height(BOX, corners) > top - 0.01).all() for slope in slopes), placed.piece


def test_glass_binds_what_stands_before_it_indoors_only():
    glass = Opening("Y+", 0.2, 4.8, 0.0, 2.4, OpeningKind.WINDOW, 0.9, ((OpeningKind.WINDOW, 0.9),))
    space = Space(reading(BOX, (glass,)))
    for programme, told in ((PROGRAMMES[RoomType.OUTDOOR][0], ""), (LIVING, "before a window")):
        assert broken(Rules(space, View(space), Allowance(), programme), Spot(SOFA, 0.1, 5.45, 0.0)) == told


def test_glass_all_around_a_sunroom_is_sat_before():
    glass = tuple(
        Opening(
            wall, 0.2, 4.8, 0.0, 2.4, OpeningKind.WINDOW, 0.6, ((OpeningKind.WINDOW, 0.6), (OpeningKind.DOOR, 0.37))
        )
        for wall in ("X-", "X+", "Y+")
    )
    plan = plan_room(reading(BOX, glass), Brief(RoomType.OUTDOOR, Style.MODERN), pieces())
    categories = [CATALOG[placed.piece].category for placed in plan.pieces]
    assert "outdoor_sofa" in categories
    assert categories.count("outdoor_chair") >= 1
    assert "planter" in categories


@pytest.mark.parametrize("room_type", RoomType)
def test_what_is_less_than_asked_for_must_be_worth_more(room_type):
    tried = list(steps(room_type))
    assert [step.less for step in tried] == sorted(step.less for step in tried)
    asked = {PROGRAMMES[room_type][0].name}
    for step in tried:
        if not asked & {programme.name for programme in step.programmes}:
            assert step.less >= 3
            assert step.told


def test_a_chair_at_a_table_is_seen_from_its_side_and_costs_by_its_back_only():
    chair = CATALOG["chair_cantilever"]
    table = Spot(CATALOG["dining_rect"], 0.0, 3.0, math.pi / 2)
    aside, away = (
        seating.backs((table, Spot(chair, 0.0, 2.0, turn)), np.array([0.1, 0.07])) for turn in (math.pi / 2, math.pi)
    )
    assert aside == 0
    assert away < -1


def test_shelves_near_the_camera_cost_and_shelves_at_the_back_do_not():
    view = View(Space(reading(BOX)))
    sofa = Spot(SOFA, 0.0, 5.0, 0.0)
    for x, y, costs in ((-2.0, 5.7, False), (-1.6, 2.2, True)):
        spots = sofa, Spot(SHELF, x, y, math.pi / 2)
        assert (looming(spots, view.see(spots)) < -0.5) is costs
    low = sofa, Spot(TABLE, -1.0, 2.2, 0.0)
    assert looming(low, view.see(low)) == 0


@pytest.mark.parametrize(("name", "places", "costs"), [("breakfast_tulip", 2, True), ("dining_small_gate", 4, False)])
def test_a_table_for_two_is_little_for_a_dining_room(name, places, costs):
    table = Spot(CATALOG[name], 0.0, 3.0, 0.0)
    assert dining.seats(table) == places
    space = Space(reading(BOX))
    view = View(space)
    for programme, counts in ((DINING, costs), (PROGRAMMES[RoomType.KITCHEN][0], False)):
        assessor = Assessor(space, view, Rules(space, view, Allowance(), programme), programme)
        assert (assessor.terms((table,))["for two"] < 0) is counts
