"""What a house has that furniture gives way to: heaters, grilles, fires, doors that may be; and where pictures hang."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import plan_room
from realstaging.engines.local.layout.assessing import Assessor
from realstaging.engines.local.layout.considered import Considered
from realstaging.engines.local.layout.dressing import dress
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.programme import DINING, LIVING, SEATS, Relation
from realstaging.engines.local.layout.relations import places
from realstaging.engines.local.layout.rules import Allowance, Rules
from realstaging.engines.local.layout.searching import Search
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Spot
from realstaging.engines.local.layout.view import View
from realstaging.engines.local.room.reading import Box, Opening, OpeningKind, RoomReading
from tests.engines.local.rooms import broken, camera, reading

CATALOG = {piece.name: piece for piece in pieces()}
SOFA, TABLE, ARMCHAIR = CATALOG["sofa_track"], CATALOG["coffee_slab"], CATALOG["armchair_cube"]
SIDEBOARD, RUG, DINING_TABLE = CATALOG["sideboard_plain"], CATALOG["rug_medium"], CATALOG["dining_rect"]
BOX = Box(-2.4, 2.6, -1.0, 6.0, 2.6)
FIRE = Opening("Y+", 1.8, 3.2, 0, 1.2, OpeningKind.FIREPLACE, 0.95)


def heater(likely: float, wall="X-", t0: float = 4.0, t1: float = 4.8) -> Opening:
    """A heater that may be bare wall."""
    return Opening(wall, t0, t1, 0.1, 0.8, OpeningKind.RADIATOR, likely, ((OpeningKind.RADIATOR, likely),))


def held_to(room: RoomReading, allowance: Allowance | None = None) -> Rules:
    space = Space(room)
    return Rules(space, View(space), allowance or Allowance())


def assessor(room: RoomReading, programme=LIVING) -> Assessor:
    space = Space(room)
    view = View(space)
    return Assessor(space, view, Rules(space, view, Allowance()), programme)


def spots_of(plan) -> list[Spot]:
    return [Spot(CATALOG[p.piece], p.x, p.y, p.rotation, p.z) for p in plan.pieces]


@pytest.mark.parametrize(("likely", "told"), [(0.4, "before a radiator"), (0.9, "before a radiator"), (0.1, "")])
def test_nothing_stands_before_any_part_of_what_may_well_be_a_heater(likely, told):
    over_a_third = Spot(SIDEBOARD, -2.4 + 0.05 + SIDEBOARD.depth / 2, 3.8 - 0.27 + SIDEBOARD.width / 2, math.pi / 2)
    assert broken(held_to(reading(BOX, (heater(likely),))), over_a_third) == told
    weighed = held_to(reading(BOX, (heater(likely),)), Allowance(sure=0.8))
    assert broken(weighed, over_a_third) == told, "however far the rules give"


@pytest.mark.parametrize("seed", range(3))
def test_a_living_room_keeps_heaters_free(seed):
    walls = (("X-", 1.5, 2.4), ("X-", 3.6, 4.6), ("X+", 2.5, 3.4), ("Y+", 2.0, 3.2))
    room = reading(BOX, tuple(heater(0.4, *wall) for wall in walls))
    standing = [
        spot.floor
        for spot in spots_of(plan_room(room, Brief(RoomType.LIVING_ROOM, Style.MODERN, seed), pieces()))
        if spot.stands
    ]
    zones = [Footprint(-2.25, -1 + (t0 + t1) / 2, 0.3, t1 - t0) for wall, t0, t1 in walls if wall == "X-"]
    zones += [Footprint(2.45, 1.95, 0.3, 0.9), Footprint(0.2, 5.85, 1.2, 0.3)]
    assert not any(floor.overlaps(zone) for floor, zone in itertools.product(standing, zones))


def test_neither_legs_nor_rugs_are_on_a_grille_in_the_floor():
    grille = np.array([(0.0, 3.9), (0.3, 3.9), (0.3, 4.05), (0.0, 4.05)])
    rules = held_to(replace(reading(BOX), registers=(grille,)))
    for piece in (RUG, TABLE):
        assert broken(rules, Spot(piece, 0.1, 4.2, 0.0)) == "on a grille in the floor"
        assert broken(held_to(reading(BOX)), Spot(piece, 0.1, 4.2, 0.0)) == ""
    assert rules.ground.walkable.all(), "one walks over it"


def test_what_may_be_a_door_is_blocked_once_by_a_whole_group():
    door = Opening("X+", 3.0, 4.6, 0, 2.1, OpeningKind.WINDOW, 0.57, ((OpeningKind.DOORWAY, 0.3),))
    rules = held_to(reading(BOX, (door,)))
    group = [Spot(CATALOG["chair_shell"], 2.2, y, -math.pi / 2) for y in (2.4, 2.9, 3.4)]
    by_one = max(rules.toll([spot]) for spot in group)
    assert by_one > 0.5
    assert rules.toll(group) == pytest.approx(by_one)
    other = replace(door, wall="X-")
    both = held_to(reading(BOX, (door, other)))
    assert both.toll([group[0], Spot(SOFA, -1.9, 2.8, math.pi / 2)]) > rules.toll([group[0]]), "two doors are two"


def test_a_dining_room_with_floor_gets_a_table_though_all_its_openings_may_be_ways():
    """3 x 3 m are free in view; windows of three walls may be doorways, as in warm light over a bright floor."""
    may_be = ((OpeningKind.WINDOW, 0.3), (OpeningKind.DOORWAY, 0.67))
    glass = tuple(
        Opening(wall, t0, t1, 0.0, 2.2, OpeningKind.DOORWAY, 0.67, may_be)
        for wall, t0, t1 in (("X-", 4.4, 5.6), ("X+", 3.2, 4.0), ("X+", 4.2, 5.7), ("Y+", 0.5, 3.0))
    )
    for seed in range(2):
        room = reading(Box(-1.8, 1.7, -1.0, 4.7, 2.5), glass, camera(pitch=0.12))
        plan = plan_room(room, Brief(RoomType.DINING_ROOM, Style.MODERN, seed), pieces())
        categories = [spot.piece.category for spot in spots_of(plan)]
        assert "dining_table" in categories
        assert categories.count("dining_chair") >= 2


def test_chairs_on_one_side_of_a_table_only_cost():
    assess = assessor(reading(BOX), DINING)
    table, chair = Spot(DINING_TABLE, 0.0, 3.5, 0.0), CATALOG["chair_shell"]
    far = [Spot(chair, x, 4.25, 0.0) for x in (-0.4, 0.4)]
    across = [Spot(chair, -0.4, 4.25, 0.0), Spot(chair, -0.4, 2.75, math.pi)]
    one_sided, faced = (assess.terms((table, *chairs))["unfinished"] for chairs in (far, across))
    assert one_sided < faced - 1


def test_a_chair_by_the_fire_is_turned_to_it():
    assess = assessor(reading(BOX, (FIRE,)))
    sofa = Spot(SOFA, -1.9, 3.5, math.pi / 2)
    beside, angled, back = (
        assess.terms((sofa, Spot(ARMCHAIR, 1.2, 3.6, turn)))["its side to the fire"]
        for turn in (-math.pi / 2, -math.pi / 2 - math.radians(45), 0.0)
    )
    assert back < beside < angled == 0
    assert assessor(reading(BOX)).terms((sofa, Spot(ARMCHAIR, 1.2, 3.6, 0.0)))["its side to the fire"] == 0


def test_places_of_chairs_across_the_table_look_towards_the_fire():
    sofa = Spot(SOFA, -1.9, 3.5, math.pi / 2)
    table = Spot(TABLE, -0.7, 3.5, math.pi / 2)
    turned, usual = (
        places(Relation.CHAIR, ARMCHAIR, Space(room), sofa, (sofa, table))
        for room in (reading(BOX, (FIRE,)), reading(BOX))
    )
    across = np.abs(usual[:, 0] - usual[:, 0].max()) < 0.6
    to_fire = np.arctan2(0.1 - usual[:, 0], usual[:, 1] - 6.0)
    off = [np.abs(np.remainder(to_fire - poses[:, 2] + math.pi, 2 * math.pi) - math.pi) for poses in (turned, usual)]
    assert (off[0][across] < off[1][across] + 1e-9).all()
    assert off[0][across].max() < math.radians(80) < off[1][across].max()


@pytest.mark.parametrize("seed", range(2))
def test_no_chair_of_a_plan_sits_beside_the_fire_as_if_it_were_not_there(seed):
    plan = plan_room(reading(BOX, (FIRE,)), Brief(RoomType.LIVING_ROOM, Style.MODERN, seed), pieces())
    chairs = [spot for spot in spots_of(plan)[1:] if spot.piece.category in {"armchair", "accent_chair"}]
    assert chairs
    for chair in chairs:
        off = math.atan2(0.1 - chair.x, chair.y - 6.0) - chair.rotation
        assert math.cos(off) > 0.15, f"{chair.piece.name} at {chair.x}, {chair.y}"


def test_two_chairs_at_a_table_are_a_pair_or_stand_at_its_end_and_across():
    sofa, table = Spot(SOFA, -1.9, 3.5, math.pi / 2), Spot(TABLE, -0.7, 3.5, math.pi / 2)
    space = Space(reading(BOX))
    first = places(Relation.CHAIR, ARMCHAIR, space, sofa, (sofa, table))
    for x, y, rotation in first:
        second = places(Relation.CHAIR, ARMCHAIR, space, sofa, (sofa, table, Spot(ARMCHAIR, x, y, rotation)))
        assert 0 < len(second) < len(first)
        mirrored = np.hypot(second[:, 0] - x, second[:, 1] - (7.0 - y)) < 0.13
        at_end, ends = abs(math.cos(rotation)) > 0.9, np.abs(np.cos(second[:, 2])) > 0.9
        centred = np.abs(second[:, 1] - 3.5) < 0.05 if at_end else np.full(len(second), abs(y - 3.5) < 0.05)
        assert (mirrored | ((ends != at_end) & centred)).all()


@pytest.mark.parametrize("seed", range(3))
def test_two_armchairs_by_themselves_are_twins(seed):
    narrow = reading(Box(-1.5, 1.5, -1.0, 9.5, 2.6))
    space = Space(narrow)
    view, choice = View(space), Choice(pieces(), RoomType.LIVING_ROOM, Style.MODERN, seed)
    plans = Search(space, view, Rules(space, view, Allowance(), SEATS), SEATS, choice).plans(Considered())
    whole = [plan.spots for plan in plans if not plan.missing]
    assert whole
    for spots in whole:
        chairs = [spot.piece.name for spot in spots if spot.piece.category in {"armchair", "accent_chair"}]
        assert len(chairs) == 2
        assert len(set(chairs)) == 1


def test_five_armchairs_are_a_waiting_room():
    assess, sofa = assessor(reading(BOX)), Spot(SOFA, -1.9, 3.5, math.pi / 2)
    seats = tuple(Spot(ARMCHAIR, 1.5, 2.0 + 0.9 * place, -math.pi / 2) for place in range(5))
    assert assess.terms((sofa, *seats[:4]))["crowded"] == 0
    assert assess.terms((sofa, *seats))["crowded"] < -1


def test_one_sees_past_a_plant_before_a_window_but_not_past_shelves():
    window = Opening("Y+", 1.5, 3.5, 0.6, 2.1, OpeningKind.WINDOW, 0.95)
    rules = held_to(reading(BOX, (window,)))
    assert broken(rules, Spot(CATALOG["plant_fig"], 0.9, 5.6, 0.0)) == ""
    assert broken(rules, Spot(CATALOG["shelf_plain"], 0.9, 5.75, 0.0)) == "before a window"


def hung(room: RoomReading, *standing: Spot) -> list[Spot]:
    added = dress(Space(room), standing, Choice(pieces(), RoomType.LIVING_ROOM, Style.MODERN, 0))
    return [spot for spot in added if spot.piece.category in {"art", "mirror"}]


def test_pictures_by_themselves_hang_with_their_middle_at_eye_level():
    for spot in hung(reading(BOX), Spot(TABLE, 0.0, 3.5, 0.0)):
        assert spot.z + spot.piece.height / 2 == pytest.approx(1.45, abs=0.01)


def test_a_picture_hangs_clear_of_the_furniture_below_it_and_of_the_ceiling():
    for ceiling in (2.2, 2.6, 3.2):
        sofa = Spot(SOFA, 0.0, 6.0 - 0.05 - SOFA.depth / 2, 0.0)
        above = [
            spot
            for spot in hung(replace(reading(BOX), box=replace(BOX, ceiling=ceiling)), sofa)
            if spot.rotation == 0.0
        ]
        assert above
        for spot in above:
            assert spot.z >= SOFA.height + 0.15
            assert spot.z + spot.piece.height <= ceiling - 0.2


@pytest.mark.parametrize("y", np.arange(2.5, 8.1, 0.5))
def test_a_picture_above_furniture_is_turned_to_the_camera(y):
    """By 20 degrees (cosine 0.34) at least: below, one sees its edge."""
    sofa = Spot(SOFA, -1.4 + 0.05 + SOFA.depth / 2, float(y), math.pi / 2)
    above = [
        spot
        for spot in hung(reading(Box(-1.4, 3.0, -1.0, 10.0, 2.6)), sofa)
        if spot.rotation == sofa.rotation and abs(spot.y - y) < 0.7
    ]
    assert all(-spot.x / math.hypot(spot.x, spot.y) >= 0.34 for spot in above)


def test_the_limit_of_slant_is_what_keeps_pictures_off_side_walls():
    """Farther and farther along it, one hangs for as long as it is turned enough, and from then on none."""
    room, last = reading(Box(-1.4, 3.0, -1.0, 10.0, 2.6)), []
    for y in np.arange(2.5, 8.1, 0.25):
        sofa = Spot(SOFA, -0.9, float(y), math.pi / 2)
        beside = [spot for spot in hung(room, sofa) if abs(spot.y - y) < 0.7 and spot.rotation == sofa.rotation]
        last.append(min((-spot.x / math.hypot(spot.x, spot.y) for spot in beside), default=0.0))
    hangs = [slant for slant in last if slant]
    assert last == hangs + [0.0] * (len(last) - len(hangs))
    assert 0.34 <= min(hangs) < 0.36
