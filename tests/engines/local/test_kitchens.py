"""Kitchens, planned: somewhere to sit where there is room for it, and the aisles kept free."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import cv2
import msgspec
import numpy as np
import pytest

from harness.plans import SIZE, faults
from harness.readings import reading_of
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import dining, plan_room, seating
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.programme import LIVING, PROGRAMMES
from realstaging.engines.local.layout.relations import counter, fronts
from realstaging.engines.local.layout.rules import Allowance, Rules
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Spot
from realstaging.engines.local.layout.steps import LENIENT, STRICT
from realstaging.engines.local.layout.view import View
from realstaging.engines.local.room.occluders import footprints
from realstaging.engines.local.room.reading import Box, Opening, OpeningKind, RoomReading
from realstaging.kit.errors import CannotStage
from realstaging.synthetic import bare
from tests.engines.local.rooms import broken, picture, reading

CATALOG = {piece.name: piece for piece in pieces()}
BOX = Box(-2.4, 2.6, -1.0, 6.0, 2.6)
DRAWN = 12
CHAIR = CATALOG["chair_shell"]
CUPBOARDS = Opening("Y+", 0.8, 4.2, 0.0, 2.05, OpeningKind.BUILTIN, 0.9)
KITCHEN = Brief(RoomType.KITCHEN, Style.MODERN)


def island(z: float) -> tuple[RoomReading, np.ndarray]:
    """An island of ``z`` metres before the far wall, its front darker than its top: its reading and its picture."""
    room = reading(BOX)
    floor, pixels, mask = Footprint(0.1, 3.6, 2.0, 0.9).points(), picture(room), np.zeros(room.labels.shape, np.uint8)
    corners = room.project(np.concatenate([np.column_stack([floor, np.full(4, up)]) for up in (0.0, z)]))
    cv2.fillConvexPoly(mask, cv2.convexHull(np.round(corners).astype(np.int32)), 1)
    pixels[mask > 0] = (180, 170, 160)
    cv2.fillConvexPoly(pixels, np.round(corners[[0, 1, 5, 4]]).astype(np.int32), (30, 28, 25))
    there = mask > 0
    hidden = footprints(room.camera, room.box, room.labels, there)
    return replace(room, occluders=there, floor_mask=room.floor_mask & ~there, keep_clear=hidden), pixels


@pytest.mark.parametrize(("z", "category"), [(0.92, "counter_stool"), (1.08, "bar_stool")])
def test_stools_suit_the_height_of_what_they_stand_at(z, category):
    space = Space(*island(z))
    for name in ("counter_stool", "bar_stool"):
        stool = next(piece for piece in pieces() if piece.category == name)
        assert bool(list(counter(stool, space))) is (name == category)


@pytest.mark.parametrize("style", [Style.MODERN, Style.FARMHOUSE, Style.COASTAL])
def test_an_island_is_sat_at_by_two_or_more(style):
    room, pixels = island(0.92)
    plan = plan_room(room, Brief(RoomType.KITCHEN, style), pieces(), pixels)
    stools = [placed for placed in plan.pieces if CATALOG[placed.piece].category == "counter_stool"]
    assert len(stools) >= 2
    assert len({placed.piece for placed in stools}) == 1
    assert all(2.3 < placed.y < 3.1 and abs(placed.x - 0.1) < 1.0 for placed in stools), "along its near side"


def test_a_runner_lies_before_worktops_not_before_a_bay():
    room = reading(BOX)
    pixels = picture(room)
    for ends, top in ((((-2.4, 1.5), (-2.4, 6.0)), 0.5), (((-2.0, 6.0), (2.2, 6.0)), 0.91)):
        low = room.project(
            np.array([(*end, up) for end, up in zip((*ends, *ends[::-1]), (0, 0, top, top), strict=True)])
        )
        cv2.fillPoly(pixels, [np.round(low).astype(np.int32)], (60, 50, 40))
        doors = [np.linspace(*(room.project(np.array((*end, up))) for end in ends), 12) for up in (0.1, top)]
        for foot, head in zip(*doors, strict=True):
            cv2.line(pixels, *(np.round(point).astype(int).tolist() for point in (foot, head)), (200, 190, 180), 1)
    runner = next(piece for piece in pieces() if piece.category == "rug" and piece.depth < 0.9)
    turned = {round(rotation, 2) for _, _, rotation in fronts(runner, Space(room, pixels), topped=True)}
    assert turned == {0.0}, "along the far wall alone"


@pytest.mark.parametrize("seed", [130, 142])
def test_a_kitchen_whose_worktops_are_out_of_view_still_gets_a_runner(seed):
    plan = plan_room(reading_of(bare.draw_kitchen(seed, SIZE)), Brief(RoomType.KITCHEN, Style.COASTAL), pieces())
    assert any(CATALOG[placed.piece].category == "rug" for placed in plan.pieces)


def table(name: str, *chairs: float) -> tuple[Spot, ...]:
    """A table with chairs turned so many radians."""
    return (Spot(CATALOG[name], 0, 0, 0), *(Spot(CATALOG["chair_shell"], 1, 1, turn) for turn in chairs))


def test_two_chairs_of_a_table_sit_across_from_one_another():
    assert dining.seats(table("breakfast_tulip")[0]) == 2
    assert dining.seats(table("dining_small_gate")[0]) == 4
    assert not seating.askew(table("breakfast_tulip", 0.0, math.pi))
    for side_by_side in (0.0, math.pi / 2):
        assert seating.askew(table("breakfast_tulip", 0.0, side_by_side))


def test_an_aisle_may_be_a_little_narrower_but_never_too_narrow_to_pass():
    cupboards = Opening("Y+", 0.8, 4.2, 0.0, 2.0, OpeningKind.BUILTIN, 0.9)
    space = Space(reading(BOX, (cupboards,)))
    chair = CATALOG["chair_shell"]
    for allowance, least in ((STRICT, 1.05), (LENIENT, 0.9)):
        rules = Rules(space, View(space), allowance, PROGRAMMES[RoomType.KITCHEN][0])
        before = np.arange(0.5, 1.5, 0.02)
        poses = np.column_stack([np.full(len(before), 0.1), 6.0 - before - chair.depth / 2, np.zeros(len(before))])
        free = before[rules.broken(chair, poses) < 0]
        assert least < free.min() < least + 0.15


def test_most_drawn_kitchens_get_somewhere_to_sit_and_none_loses_its_aisle():
    seated, styles = 0, list(Style)
    for seed in range(DRAWN):
        room = reading_of(bare.draw_kitchen(seed, SIZE))
        plan = plan_room(room, Brief(RoomType.KITCHEN, styles[seed % len(styles)]), pieces())
        assert faults(room, plan) == [], seed
        there = Counter(CATALOG[placed.piece].category for placed in plan.pieces)
        seated += there["dining_chair"] >= 2 or there["counter_stool"] > 0
    assert seated >= 0.75 * DRAWN


def test_a_kitchen_gets_a_table_clear_of_whoever_works_there_and_a_runner_before_the_worktops():
    room = reading(BOX, (CUPBOARDS,))
    plan = plan_room(room, KITCHEN, pieces())
    spots = [Spot(CATALOG[p.piece], p.x, p.y, p.rotation, p.z) for p in plan.pieces]
    categories = [spot.piece.category for spot in spots]
    assert categories.count("dining_table") == 1
    assert categories.count("dining_chair") >= 2
    aisle = Footprint(0.1, 6.0 - 1.0 / 2, 3.4, 1.0)
    assert not any(spot.stands and spot.floor.overlaps(aisle) for spot in spots)
    [runner] = [spot for spot in spots if spot.piece.category == "rug"]
    assert runner.rotation == pytest.approx(0.0)
    assert 6.0 - runner.y < 1.0


def test_an_aisle_is_kept_before_what_is_built_in_where_people_work():
    space = Space(reading(BOX, (replace(CUPBOARDS, kind=OpeningKind.CLOSET, confidence=0.6),)))
    for programme, told in (
        (PROGRAMMES[RoomType.KITCHEN][0], "where somebody works at what is built in"),
        (LIVING, ""),
    ):
        held_to = Rules(space, View(space), Allowance(), programme)
        assert broken(held_to, Spot(CHAIR, 0.1, 5.4, 0.0)) == told
        assert broken(held_to, Spot(CATALOG["rug_medium"], 0.1, 5.0, 0.0)) == ""
        assert broken(held_to, Spot(CHAIR, 0.1, 4.5, 0.0)) == ""


def test_a_narrow_kitchen_gets_its_runner_without_an_excuse():
    room = reading(Box(-0.9, 1.1, -1.0, 3.6, 2.6), (Opening("Y+", 0.0, 2.0, 0.0, 2.0, OpeningKind.BUILTIN, 0.9),))
    plan = plan_room(room, KITCHEN, pieces())
    assert {CATALOG[placed.piece].category for placed in plan.pieces} <= {"rug", "plant"}
    assert plan.warnings == ()


def test_a_kitchen_without_floor_is_refused_with_its_reason():
    clear = np.array([(-2.4, -1.0), (2.6, -1.0), (2.6, 6.0), (-2.4, 6.0)])
    with pytest.raises(CannotStage, match="what stands there"):
        plan_room(reading(BOX, (CUPBOARDS,), keep_clear=(clear,)), KITCHEN, pieces())


def test_stools_stand_at_the_side_of_an_island_that_looks_into_the_room():
    [side, *_] = Space(*island(0.95)).fittings.sides
    assert side.length == pytest.approx(2.0, abs=0.25)
    assert side.out @ (0, -1) > 0.95
    stool = msgspec.structs.replace(CHAIR, name="stool", category="counter_stool", width=0.42, depth=0.42)
    found = list(counter(stool, Space(*island(0.95))))
    assert len(found) == 3
    for x, y, rotation in found:
        assert 2.5 < y < 3.05, "before the island's side at 3.15"
        assert abs(x - 0.1) < 0.8
        assert math.cos(rotation - math.pi) > 0.95, "they look at it"
    assert Space(*island(2.1)).fittings.sides == (), "nobody sits at a wall's end"
    assert Space(reading(BOX)).fittings.sides == ()
