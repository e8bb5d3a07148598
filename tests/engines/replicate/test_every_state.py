"""A run ends, whatever it finds: with a picture or with a reason, in its time, and without paying more than it may."""

import asyncio

import pytest
from hypothesis import HealthCheck, example, given, settings
from msgspec.structs import replace

from harness.service import room
from realstaging.engines.attempts import Outcome
from realstaging.engines.brief import Staged
from realstaging.engines.replicate import models
from realstaging.engines.replicate.errors import DeadlinePassed, Rejected, ResultLost
from realstaging.kit.errors import AppError
from realstaging.sandbox.replicate.faults import Fault
from tests.engines.replicate.every_state import CHAIN, STATES, TIMING, State, run_to_its_end

SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
PASSED = State(step="answered", outcome=Outcome.PASSED)


@pytest.fixture
async def provider(wire):
    wire.sandbox._models = {name: models.openapi(model) for name, model in models.catalogue().items()}
    wire.sandbox.conduct.picture = room(450, 300)
    wire.sandbox.conduct.webhook_tries = 1
    return wire


async def check(provider, photo, state):
    ended, attempts, creates = await run_to_its_end(provider, photo, state)
    assert isinstance(ended, Staged | AppError)
    # A number of attempts the chain allows, counting those that were there; what is charged is what it allows as well.
    allowed = max(CHAIN.all, len(state.before) + 1)
    paid = sum(attempt.cost > 0 for attempt in attempts)
    assert len(attempts) <= allowed
    assert paid <= CHAIN.paid
    if isinstance(ended, Staged):
        assert [attempt.outcome for attempt in attempts][-1] is Outcome.PASSED
    if state.outcome is Outcome.PASSED and state.step == "answered":
        assert creates == 0
        assert isinstance(ended, Staged | ResultLost) or state.storage_broken
    open_ones = [attempt for attempt in attempts if attempt.outcome is None]
    assert len(open_ones) <= 1
    return ended


@SETTINGS
@given(state=STATES)
@example(state=State(step="answered", outcome=Outcome.PASSED, refusals=(True,)))
@example(state=State(step="answered", outcome=Outcome.PASSED, file_gone=True))
@example(state=State(step="sent", calls=frozenset({Fault.LIST_REFUSED})))
@example(state=State(step="known", fault=Fault.HANG, calls=frozenset({Fault.STOP_UNKNOWN, Fault.LOOK_UNKNOWN})))
@example(state=State(step="known", fault=Fault.HANG, calls=frozenset({Fault.STOP_ERROR})))
@example(state=State(step="sent", calls=frozenset({Fault.READ_ERROR})))
async def test_every_run_ends(provider, photo, state):
    await check(provider, photo, state)


@pytest.mark.parametrize(
    ("state", "end"),
    [
        (PASSED, Staged),
        (State(step="answered", outcome=Outcome.PASSED, refusals=(True,)), ResultLost),
        (State(step="answered", outcome=Outcome.PASSED, file_gone=True), ResultLost),
        (State(step="answered", outcome=Outcome.PASSED, file_gone=True, kept=True), Staged),
        (State(step="answered", outcome=Outcome.PASSED, late=True), Staged),
        (State(step="sent", calls=frozenset({Fault.LIST_REFUSED})), Rejected),
        (State(step="created", calls=frozenset({Fault.LIST_REFUSED})), Rejected),
    ],
    ids=range(7),
)
async def test_how_it_ends(provider, photo, state, end):
    assert isinstance(await check(provider, photo, state), end)


async def test_what_is_computed_for_ever_ends_as_well(provider, photo):
    async def hangs(*_):
        await asyncio.Event().wait()

    timing = replace(TIMING, finishing=0.2)
    for state in (State(), State(step="answered", outcome=Outcome.PASSED)):
        ended, _, creates = await run_to_its_end(provider, photo, state, timing, hangs)
        assert isinstance(ended, DeadlinePassed)
        assert creates <= 1
