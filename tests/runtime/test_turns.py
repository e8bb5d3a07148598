"""Turns: few at once, one at a time on one thing, and nobody waits for ever."""

import asyncio

import pytest

from realstaging.kit.errors import Unavailable
from realstaging.kit.ids import new_id
from realstaging.runtime.turns import Turns


class Working:
    """What is under way, and the most that ever was."""

    def __init__(self):
        self.now = self.most = 0

    async def on(self, turns, thing):
        async with turns.turn(thing):
            self.now += 1
            self.most = max(self.most, self.now)
            for _ in range(5):
                await asyncio.sleep(0)
            self.now -= 1


@pytest.mark.parametrize(("things", "most"), [(20, 3), (2, 2), (1, 1)])
async def test_so_many_at_once_and_one_on_each_thing(things, most):
    turns, working = Turns(places=3), Working()
    ids = [new_id() for _ in range(things)]
    await asyncio.gather(*(working.on(turns, ids[number % things]) for number in range(40)))
    assert (working.most, working.now) == (most, 0)


async def test_who_waits_for_another_is_told_to_come_back_and_holds_no_place():
    turns, thing = Turns(places=2, patience=0.01), new_id()
    async with turns.turn(thing):
        with pytest.raises(Unavailable, match="Ask again"):
            async with turns.turn(thing):
                pass
        async with turns.turn(new_id()):
            pass
    async with turns.turn(thing):
        pass


async def test_who_gives_up_leaves_the_turn_to_the_next():
    turns, thing = Turns(places=1), new_id()
    async with turns.turn(thing):
        gone = asyncio.create_task(Working().on(turns, thing))
        next_one = asyncio.create_task(Working().on(turns, thing))
        await asyncio.sleep(0)
        gone.cancel()
    await asyncio.wait_for(next_one, 5)
    assert gone.cancelled()
