"""What interrupts a wall is told by simple rules, as probabilities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realstaging.engines.local.layout.likelihood import probabilities as passed_on
from realstaging.engines.local.room.kinds import classified, probabilities
from realstaging.engines.local.room.reading import Opening, OpeningKind
from realstaging.engines.local.room.scale import ceiling_cue, door_cues, estimate_scale, heads_of_doors
from realstaging.engines.local.room.signs import Signs, signs_of
from realstaging.engines.local.room.spans import Span
from realstaging.engines.local.room.walls import CELL, WallView

WINDOW, DOOR, DOORWAY, CLOSET = OpeningKind.WINDOW, OpeningKind.DOOR, OpeningKind.DOORWAY, OpeningKind.CLOSET
FIREPLACE, RADIATOR, BUILTIN = OpeningKind.FIREPLACE, OpeningKind.RADIATOR, OpeningKind.BUILTIN

LEAF = {"width": 0.85, "z0": 0.0, "z1": 2.08, "sure": 0.97, "above": 0.3, "below": 0.3}
GAP = LEAF | {"above": 0.8, "below": 0.8, "through": 0.9}
GLASS = {"width": 1.6, "z0": 0.0, "z1": 2.1, "sure": 0.97, "above": 0.9, "below": 0.8, "outdoors": True}
SHELVES = {"width": 4.5, "z0": 0.0, "z1": 2.5, "sure": 0.97, "above": 0.8, "below": 0.8}
HEATER = {"width": 0.8, "z0": 0.0, "z1": 0.9, "sure": 0.6, "below": 0.9}


@pytest.mark.parametrize(
    ("signs", "kind", "least", "most"),
    [
        (LEAF, DOOR, 0.85, 1.0),
        (LEAF | {"skirting": -1}, DOOR, 0.9, 1.0),
        (LEAF | {"skirting": 1}, DOOR, 0.0, 0.6),
        (GAP, DOORWAY, 0.8, 1.0),
        (GAP | {"skirting": 1}, DOORWAY, 0.0, 0.45),
        (GAP | {"sill": 0.8}, DOORWAY, 0.0, 0.7),
        (GAP | {"above": 0.05}, DOORWAY, 0.0, 0.69),
        (LEAF | {"width": 0.45}, DOOR, 0.0, 0.2),
        (LEAF | {"width": 0.45, "cut": True}, DOOR, 0.7, 1.0),
        (GLASS, WINDOW, 0.5, 0.8),
        (GLASS, DOOR, 0.2, 0.5),
        (GLASS | {"sill": 0.5, "below": 0.1}, WINDOW, 0.9, 1.0),
        (GLASS | {"z0": 0.9, "red": True, "outdoors": False}, WINDOW, 0.0, 0.5),
        (HEATER, RADIATOR, 0.4, 0.6),
        (HEATER | {"lit": True}, RADIATOR, 0.0, 0.1),
        (SHELVES | {"width": 2.0, "sure": 0.9}, CLOSET, 0.6, 1.0),
        (SHELVES | {"width": 2.0, "sure": 0.9, "lit": True}, CLOSET, 0.0, 0.55),
        (HEATER | {"z0": 0.4}, RADIATOR, 0.4, 0.6),
        (LEAF | {"sill": 0.8, "below": 0.1, "above": 0.2}, DOOR, 0.0, 0.85),
        (LEAF | {"width": 1.6}, DOOR, 0.0, 0.035),
        (SHELVES | {"above": 0.2}, CLOSET, 0.0, 0.5),
        (SHELVES | {"above": 0.2, "mouth": (1.0, 2.0)}, BUILTIN, 0.75, 1.0),
        (SHELVES | {"mouth": (1.0, 2.0)}, BUILTIN, 0.75, 1.0),
        (SHELVES | {"width": 1.6, "mouth": (0.3, 1.3)}, FIREPLACE, 0.9, 1.0),
    ],
)
def test_rules_make_kinds_more_or_less_likely(signs, kind, least, most):
    likely = probabilities(Signs(**signs))
    assert least <= likely.get(kind, 0.0) <= most
    assert sum(likely.values()) <= 1.0


def test_the_layout_is_told_what_was_measured():
    measured = Opening("X-", 0, 1, 0, 2, DOOR, 0.6, ((DOOR, 0.6), (WINDOW, 0.3)))
    assert passed_on(measured) == {DOOR: 0.6, WINDOW: 0.3}


def wall(*parts: tuple[Span, tuple[float, float, float]], lines: tuple[float, ...] = (), skirting=()) -> WallView:
    """A wall of 5 x 2.6 m of cream paint with rectangles of other colours; uprights at ``lines``; a board's top along ``skirting``."""
    shape = round(2.6 / CELL), round(5 / CELL)
    lab = np.tile(np.float32((70, 1, 8)), (*shape, 1))
    odd = np.zeros(shape, np.float32)
    for span, colour in parts:
        area = slice(int(span.z0 / CELL), int(span.z1 / CELL)), slice(int(span.t0 / CELL), int(span.t1 / CELL))
        lab[area] = colour
        odd[area] = 1.0
    uprights = np.array([(t, 0.0, 2.0) for t in lines], float).reshape(-1, 3)
    levels = np.array([(0.12, a, b) for a, b in skirting], float).reshape(-1, 3)
    return WallView("Y+", lab, np.full(shape, -5, np.float32), np.ones(shape, bool), odd, uprights, levels)


WOOD, SOOT, STONE, SUN, WHITE = (
    (45.0, 12.0, 20.0),
    (8.0, 0.0, 0.0),
    (60.0, 2.0, 6.0),
    (88.0, 1.0, 7.0),
    (92.0, 0.0, 2.0),
)


def test_a_hearth_among_shelves_is_a_fireplace_of_its_own():
    shelves, mouth = Span(0.3, 4.6, 0, 2.4, 0.95), Span(2.0, 3.0, 0.15, 0.8, 1)
    fire = Span(2.4, 2.6, 0.2, 0.5, 1)
    view = wall((shelves, WOOD), (Span(1.7, 3.3, 0, 1.3, 1), STONE), (mouth, SOOT), (fire, WHITE))
    kinds = {opening.kind: opening for opening in classified(shelves, view)}
    assert kinds.keys() == {BUILTIN, FIREPLACE}
    assert kinds[FIREPLACE].t0 < 2.0
    assert kinds[FIREPLACE].t1 > 3.0
    assert kinds[FIREPLACE].t1 - kinds[FIREPLACE].t0 < 2.0


def test_a_dark_doorway_holds_no_fire():
    gap = Span(2.0, 2.9, 0, 2.05, 0.95)
    dark = wall((gap, SOOT), lines=(2.0, 2.9))
    dim_room = wall((gap, (35.0, 2.0, 5.0)), (Span(2.0, 2.9, 0, 0.5, 1), SOOT), lines=(2.0, 2.9))
    for view in (dark, dim_room):
        assert FIREPLACE not in {opening.kind for opening in classified(gap, view)}


def test_sun_on_the_wall_is_no_radiator():
    patch = Span(1.0, 1.8, 0.0, 0.9, 0.6)
    assert classified(patch, wall((patch, SUN))) == []
    [heater] = classified(patch, wall((patch, SUN), lines=(1.0, 1.8)))
    assert heater.kind is RADIATOR


def test_a_red_wall_is_no_window():
    patch = Span(1.0, 2.2, 0.9, 2.0, 0.9)
    [brick] = classified(patch, wall((patch, (40.0, 25.0, 20.0))))
    [glass] = classified(patch, wall((patch, (96.0, -1.0, -2.0))))
    assert dict(brick.likely)[WINDOW] < 0.6 < dict(glass.likely)[WINDOW]


def test_one_does_not_walk_over_a_skirting_board():
    span = Span(2.0, 2.9, 0, 2.05, 0.95)
    on, off = (
        wall((span, WHITE), lines=(2.0, 2.9), skirting=runs) for runs in ([(0.0, 5.0)], [(0.0, 2.0), (2.9, 5.0)])
    )
    [over], [way] = classified(span, on), classified(span, off)
    assert dict(over.likely)[DOOR] < 0.65
    assert dict(way.likely)[DOOR] > 0.9


def glass(sides_from: float, *, sill: float = 0.3, seen: float = 5.0) -> dict[OpeningKind, float]:
    """What a bright opening is with a line at ``sill``, from where on its sides stand; the picture shows ``seen`` metres of the wall."""
    span = Span(2.0, 3.0, 0, 2.1, 0.98)
    view = wall((Span(2.0, 3.0, sill, 2.1, 1), (90.0, -6.0, -6.0)))
    view.seen[:, int(seen / CELL) :] = False
    lined = replace(
        view,
        uprights=np.array([(t, sides_from, 2.1) for t in (2.0, min(3.0, seen))]),
        levels=np.array([(sill, 2.0, min(3.0, seen))]),
    )
    likely = [dict(found.likely) for found in classified(span, lined)]
    return likely[0]


def test_a_low_sill_with_the_wall_below_it_is_a_windows():
    window, door = glass(0.3), glass(0.0)
    assert window[WINDOW] > 0.9
    assert door[WINDOW] < 0.5, "the rail of a glazed door, whose sides stand on the floor"


def test_a_window_that_the_picture_cuts_has_its_sill_in_what_is_seen_of_it():
    assert glass(0.6, sill=0.6, seen=2.55)[WINDOW] > 0.8


def test_a_wall_of_the_floors_colour_shows_no_floor_through_it():
    gap = Span(2.0, 3.4, 0, 2.05, 0.95)
    view = wall((gap, (75.0, 2.0, 9.0)), lines=(2.0, 3.4))
    foot, beside, all_of_it = np.s_[:12, 66:114], np.s_[:12], np.s_[:, 66:114]
    through = []
    for like_floor in (foot, beside, all_of_it):
        view.floor[:] = -5
        view.floor[like_floor] = 3
        through.append(signs_of(gap, view).through)
    assert through == [pytest.approx(1.0, abs=0.05), 0, 0], "a way; a wall like its floor; glass that shows its colours"
    view.floor[:] = -5
    view.floor[foot] = 3
    [way] = classified(gap, view)
    assert way.kind is DOORWAY


def test_daylight_tells_glass_from_a_way_where_the_floor_mirrors_the_windows():
    """A room lit by lamps: its floor, in which windows are mirrored, has the colours of glass, and so floor is seen at their foot."""
    gap = Span(2.0, 3.4, 0, 2.05, 0.95)
    kinds = {}
    for name, colour in {"daylight": (86.0, -1.0, 2.0), "lamplight": (60.0, 8.0, 18.0)}.items():
        view = wall((gap, colour), lines=(2.0, 3.4))
        view.lab[view.odd < 0.5] = (72.0, 9.0, 22.0)
        view.floor[:12, 66:114] = 3
        [found] = classified(gap, view)
        kinds[name] = dict(found.likely)
    assert kinds["lamplight"][DOORWAY] > 0.8
    assert kinds["daylight"].get(DOORWAY, 0.0) < 0.1
    assert kinds["daylight"][WINDOW] > 0.5


def door(width: float, head: float, likely: float = 0.9) -> Opening:
    return Opening("X-", 1.0, 1.0 + width, 0.0, head, DOOR, likely, ((DOOR, likely),))


def test_what_nobody_fits_through_sets_no_scale():
    assert heads_of_doors((door(0.45, 2.0), door(1.8, 2.0), door(0.9, 2.0, 0.4)), 1.3) == []
    assert heads_of_doors((door(0.9, 2.6),), 1.3) == [(2.0, 0.9)]


def test_a_door_does_not_decide_the_scale_alone():
    ceiling = 2.0  # camera heights: 1.3 m under 2.6 m
    alone = estimate_scale([ceiling_cue(ceiling)]).camera_height
    # A "door" of 1.9 camera heights would make the ceiling 2.19 m high.
    contradicts, bears_out = door_cues([(1.9, 0.95)], ceiling), door_cues([(1.6, 0.95)], ceiling)
    two = door_cues([(1.9, 0.95), (1.92, 0.95)], ceiling)
    assert estimate_scale([ceiling_cue(ceiling), *contradicts]).camera_height == pytest.approx(alone, rel=0.03)
    assert estimate_scale([ceiling_cue(ceiling), *bears_out]).camera_height == pytest.approx(1.3, rel=0.03)
    assert estimate_scale([ceiling_cue(ceiling), *two]).camera_height == pytest.approx(2.08 / 1.91, rel=0.04)
