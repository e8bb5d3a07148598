"""Rooms centre on their lamp, their fire and their view: tables and seats stand on the middle that these give."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import plan_room
from realstaging.engines.local.layout.centring import Focus, on_axis, under_lamps
from realstaging.engines.local.layout.programme import DINING_ZONE, LIVING, SEATS
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Spot
from realstaging.engines.local.room.reading import Box, Lamp, Opening, OpeningKind
from tests.engines.local.rooms import camera, reading

CATALOG = {piece.name: piece for piece in pieces()}
BOX = Box(-2.8, 2.8, -1.0, 6.5, 2.6)
ROOM = reading(BOX, view=camera(focal=0.6, pitch=0.12))


def table_of(lamp: Lamp | None, style: Style, seed: int) -> Spot:
    room = replace(ROOM, lamps=(lamp,) if lamp else ())
    plan = plan_room(room, Brief(RoomType.DINING_ROOM, style, seed), pieces())
    [table] = [placed for placed in plan.pieces if CATALOG[placed.piece].category == "dining_table"]
    return Spot(CATALOG[table.piece], table.x, table.y, table.rotation)


@pytest.mark.parametrize(("style", "seed"), [(Style.MODERN, 0), (Style.SCANDINAVIAN, 1), (Style.INDUSTRIAL, 2)])
@pytest.mark.parametrize("x", [-0.7, 0.6])
def test_a_table_stands_under_the_lamp(x, style, seed):
    lamp = Lamp(x, 3.4, 0.85)
    table = table_of(lamp, style, seed)
    sight = np.array([lamp.x, lamp.y]) / math.hypot(lamp.x, lamp.y)
    across = (table.x - lamp.x) * -sight[1] + (table.y - lamp.y) * sight[0]
    assert abs(across) < 0.15, "as one sees it, it is below the lamp"
    assert math.hypot(table.x - lamp.x, table.y - lamp.y) < 0.9


def test_what_is_off_the_lamp_as_one_sees_it_is_worse_than_what_is_nearer_or_farther():
    [below, beside, behind, far] = under_lamps(
        [Lamp(0.0, 3.0, 0.8)], np.array([(0.0, 3.0), (0.5, 3.0), (0.0, 3.5), (2.5, 3.0)])
    )
    assert below == pytest.approx(0.8)
    assert below > behind > beside > far
    assert far < 0.01
    assert under_lamps([], np.zeros((2, 2))).tolist() == [0, 0]


def test_a_seat_gains_by_being_centred_on_what_it_looks_at():
    fire = (0.5, 5.0, 0.9)
    centred, aside, turned = on_axis([fire], np.array([(0.5, 2.0, math.pi), (1.4, 2.0, math.pi), (0.5, 2.0, 0.0)]))
    assert centred == pytest.approx(0.9)
    assert aside < 0.1
    assert turned == 0


def test_seats_gain_by_a_lamp_above_their_middle():
    space = Space(replace(ROOM, lamps=(Lamp(0.0, 3.0, 0.8),)))
    below, beside = Focus(space, LIVING.main).centred(np.array([(0.0, 4.0, 0.0), (1.2, 4.0, 0.0)]))
    assert below > beside + 0.5
    fire = Opening("X-", 4.0, 5.4, 0.0, 1.2, OpeningKind.FIREPLACE, 0.95)
    by_fire = Focus(Space(replace(space.reading, openings=(fire,))), LIVING.main)
    assert by_fire.centred(np.array([(0.0, 4.0, 0.0)]))[0] < 0.1, "the fire is the middle where one burns"
    window = Opening("Y+", 2.0, 3.6, 0.9, 2.1, OpeningKind.WINDOW, 0.95)
    facing, askew = Focus(Space(reading(BOX, (window,))), SEATS.main).centred(
        np.array([(0.0, 2.0, math.pi), (1.0, 2.0, math.pi)])
    )
    assert facing > askew + 0.1


def test_a_second_table_gains_by_a_lamp_above_it():
    focus = Focus(Space(replace(ROOM, lamps=(Lamp(-1.0, 4.0, 0.8),))), DINING_ZONE.main)
    sofa, table = CATALOG["sofa_track"], CATALOG["breakfast_tulip"]
    below, elsewhere = (focus.second_tables((Spot(sofa, 1.5, 3.0, 0.0), Spot(table, x, 4.0, 0.0))) for x in (-1.0, 1.0))
    assert below > 0.7
    assert elsewhere < 0.1
