"""The engine against the stand-in on the wire, with the attempts of one process; those in PostgreSQL are in tests/faults."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace
from PIL import Image

from realstaging.engines.attempts import Attempt, Outcome, ProcessAttempts
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.faithful import in_thread
from realstaging.engines.paid import Chain, Chosen
from realstaging.engines.prompts import RoomSize
from realstaging.engines.replicate import choice, models
from realstaging.engines.replicate.asking import Timing
from realstaging.engines.replicate.choice import next_try
from realstaging.engines.replicate.engine import ReplicateEngine, _reason
from realstaging.engines.replicate.errors import AccountRefused, AnswerLost, Moderated, NoPicture, PredictionFailed
from realstaging.fidelity.assurance import assure
from realstaging.fidelity.report import Operation
from realstaging.kit.errors import CannotStage, InvalidInput, NotFound
from realstaging.sandbox.replicate.faults import Fault

KONTEXT, QWEN, GPT = "black-forest-labs/flux-kontext-pro", "qwen/qwen-image-edit-plus", "openai/gpt-image-1.5"
CHAIN = Chain((Chosen(KONTEXT), Chosen(QWEN)))
QUICK = Timing(lost_after=0.4, pause=0.05, overdue=0.01, shortest_look=0.1, longest=0.0)
BRIEF = Brief(RoomType.LIVING_ROOM, Style.MODERN, 11, request_key="one")


@pytest.fixture
async def staged(wire, photo, tmp_path):
    wire.sandbox._models = {name: models.openapi(model) for name, model in models.catalogue().items()}
    source = tmp_path / "photo.jpg"
    source.write_bytes(photo)
    attempts = ProcessAttempts()

    async def stage(chain=CHAIN, brief=BRIEF, webhook=wire.webhook, timing=QUICK, **more):
        engine = ReplicateEngine(
            wire.client, attempts, chain, compute=in_thread, timing=timing, webhook_url=webhook, **more
        )
        stage.engine, stage.attempts, stage.steps = engine, attempts, []

        async def accept(candidate, doors=()):
            return await in_thread(assure, source, candidate, tmp_path / "result.png", brief.operation, False, doors)

        return await engine.stage(source, brief, accept, lambda step: stage.steps.append(step.step))

    stage.attempts = attempts
    return stage


async def outcomes(staged):
    return [attempt.outcome for attempt in await staged.attempts.of("one")]


async def test_a_photo_is_staged_at_its_own_size(wire, staged, tmp_path):
    done = await staged()
    with Image.open(tmp_path / "result.png") as picture:
        assert picture.size == (450, 300) == (done.width, done.height)
    assert staged.steps == ["preparing", "waiting_for_model", "receiving"]
    assert done.made_by["model"] == KONTEXT
    [prediction] = wire.sandbox.predictions.values()
    assert prediction.input["seed"] == 11
    [attempt] = await staged.attempts.of("one")
    assert (attempt.outcome, attempt.cost) == (Outcome.PASSED, 40_000)


@pytest.mark.parametrize("operation", Operation)
async def test_the_model_is_told_instructions_and_where_it_furnishes_the_rooms_measures(wire, staged, operation):
    class Measured:
        async def of(self, photo):
            return RoomSize(4.0, 5.0, 2.6)

        async def doors(self, photo):
            return ()

    brief = replace(BRIEF, operation=operation, instructions="a piano\x07 please")
    # What takes things away is judged otherwise than the stand-in's furniture wants: only what was asked matters here.
    with suppress(CannotStage):
        await staged(brief=brief, measures=Measured())
    prompt = next(iter(wire.sandbox.predictions.values())).input["prompt"]
    assert "The client also wishes: a piano please." in prompt
    assert prompt.endswith("Keep the light and the colours of the photograph.")
    assert ("4.0 m wide and 5.0 m deep" in prompt) == (operation is Operation.STAGE)


@pytest.mark.parametrize("model", sorted(models.catalogue()))
async def test_every_model_of_the_catalogue_is_understood_by_its_provider(staged, model):
    done = await staged(Chain((Chosen(model),)))
    assert done.made_by["model"] == model


@pytest.mark.parametrize(
    ("faults", "became", "paid"),
    [
        ([Fault.ANSWER_LOST], [Outcome.PASSED], 1),
        ([Fault.SERVER_ERROR_CREATED], [Outcome.PASSED], 1),
        ([Fault.SERVER_ERROR], [Outcome.LOST, Outcome.PASSED], 1),
        ([Fault.REQUEST_LOST], [Outcome.LOST, Outcome.PASSED], 1),
        ([Fault.THROTTLED, Fault.THROTTLED_BARE], [Outcome.PASSED], 1),
        ([Fault.READ_ERROR, Fault.READ_THROTTLED], [Outcome.PASSED], 1),
        ([Fault.FAILED], [Outcome.FAILED, Outcome.PASSED], 1),
        ([Fault.ABORTED], [Outcome.FAILED, Outcome.PASSED], 1),
        ([Fault.CANCELED], [Outcome.FAILED, Outcome.PASSED], 2),
        ([Fault.MODERATED], [Outcome.MODERATED, Outcome.PASSED], 1),
        ([Fault.WRONG_HOST], [Outcome.UNUSABLE, Outcome.PASSED], 2),
        ([Fault.BROKEN_OUTPUT], [Outcome.UNUSABLE, Outcome.PASSED], 2),
        ([Fault.FAILS_GATE], [Outcome.UNFAITHFUL, Outcome.PASSED], 2),
        pytest.param([Fault.FAILS_GATE] * 2, [Outcome.UNFAITHFUL] * 2 + [Outcome.PASSED], 3, marks=pytest.mark.long),
    ],
    ids=lambda value: "+".join(map(str, value)) if isinstance(value, list) else str(value),
)
async def test_what_goes_wrong_once_is_mended(wire, staged, faults, became, paid):
    for fault in faults:
        wire.fault(fault, seconds=1)
    await staged()
    assert await outcomes(staged) == became
    charged = [one for one in wire.sandbox.predictions.values() if one.charged]
    recorded = [one for one in await staged.attempts.of("one") if one.cost]
    assert len(charged) == len(recorded) == paid


@pytest.mark.parametrize(
    ("fault", "error", "attempts"),
    [
        (Fault.FAILS_GATE, CannotStage, 3),
        (Fault.MODERATED, Moderated, 2),
        (Fault.FAILED, PredictionFailed, 4),
        (Fault.NOT_A_PICTURE, NoPicture, 3),
        (Fault.NO_CREDIT, AccountRefused, 1),
    ],
)
async def test_what_stays_wrong_ends_within_its_attempts(wire, staged, fault, error, attempts):
    wire.fault(fault, times=None)
    with pytest.raises(error):
        await staged()
    assert len(await outcomes(staged)) == attempts
    assert wire.sandbox.creates == attempts


async def test_an_answer_that_is_not_understood_is_asked_for_again(wire, staged):
    """A newer release may write what this one cannot read."""

    async def told(token, seconds):
        return {"status": ["what"]}

    staged.attempts.told = told
    await staged()
    assert await outcomes(staged) == [Outcome.PASSED]
    assert wire.sandbox.creates == 1


async def test_what_bears_no_mark_is_not_asked_again(wire, staged):
    wire.fault(Fault.ANSWER_LOST)
    with pytest.raises(AnswerLost):
        await staged(webhook=None)
    assert wire.sandbox.creates == 1


async def test_where_no_webhook_can_come_the_end_is_looked_for_soon(staged):
    """At the command line nobody waits for twice what a model usually takes."""
    patient = msgspec.structs.replace(QUICK, overdue=1000.0, unannounced=0.0)
    async with asyncio.timeout(20):
        await staged(webhook=None, timing=patient)


async def test_a_picture_of_another_ratio_is_cut_back(staged):
    assert (await staged(Chain((Chosen(GPT),)))).width == 450


async def test_a_call_cut_off_is_gone_on_with(wire, staged):
    wire.sandbox.conduct.run_median = 0.5
    cut_off = asyncio.create_task(staged())
    while not wire.sandbox.predictions:
        await asyncio.sleep(0.01)
    cut_off.cancel()
    await asyncio.wait({cut_off})
    await staged()
    assert wire.sandbox.creates == 1


async def test_a_finished_request_asked_again_is_not_paid_again(wire, staged):
    await staged()
    await staged()
    assert wire.sandbox.creates == 1


async def test_stop_ends_what_runs_and_writes_down_its_cost(wire, staged):
    wire.fault(Fault.HANG)
    running = asyncio.create_task(staged())
    while not any(one.started_at for one in wire.sandbox.predictions.values()):
        await asyncio.sleep(0.01)
    await staged.engine.stop("one")
    with pytest.raises(NoPicture):
        await running
    [attempt] = await staged.attempts.of("one")
    assert (attempt.outcome, attempt.cost, attempt.answer["status"]) == (Outcome.STOPPED, 40_000, "canceled")
    assert wire.sandbox.creates == 1


def attempt(outcome, model=KONTEXT, cost=0, number=1):
    now = datetime.now(UTC)
    return Attempt(
        model, None, 1, "1", 1, token="t", request_key="w", number=number, created_at=now, cost=cost, outcome=outcome
    )


def test_the_next_model_is_asked_when_one_does_not_serve():
    assert next_try(CHAIN, 5, []).chosen.model == KONTEXT
    assert next_try(CHAIN, 5, [attempt(Outcome.UNFAITHFUL)]).seed == 6
    assert next_try(CHAIN, 5, [attempt(Outcome.UNFAITHFUL)] * 2).chosen.model == QWEN
    assert next_try(CHAIN, 5, [attempt(Outcome.REFUSED)]).chosen.model == QWEN
    assert next_try(CHAIN, 5, [attempt(Outcome.LOST)] * 3).chosen.model == KONTEXT


@pytest.mark.parametrize(
    ("history", "error"),
    [
        ([attempt(Outcome.UNFAITHFUL, cost=1)] * 3, CannotStage),
        ([attempt(Outcome.LOST)] * 6, NoPicture),
        ([attempt(Outcome.STOPPED)], NoPicture),
        ([attempt(Outcome.REFUSED), attempt(Outcome.MODERATED, QWEN)], Moderated),
    ],
)
def test_it_ends(history, error):
    with pytest.raises(error):
        next_try(CHAIN, 5, history)


def test_only_models_that_can_do_it_are_asked():
    kontext, qwen = models.find(KONTEXT), models.find(QWEN)
    indoors = replace(qwen, does=replace(qwen.does, operations=(Operation.STAGE,), rooms=(RoomType.BEDROOM,)))
    catalogue = {KONTEXT: kontext, QWEN: indoors}

    def asked(chain, operation, room):
        return [chosen.model for chosen in choice.able(chain, operation, room, catalogue).models]

    gone = Chain((Chosen("nobody/gone"), *CHAIN.models))
    assert asked(gone, Operation.STAGE, RoomType.BEDROOM) == [KONTEXT, QWEN]
    assert asked(CHAIN, Operation.STAGE, RoomType.OUTDOOR) == [KONTEXT]
    assert asked(CHAIN, Operation.EMPTY, RoomType.BEDROOM) == [KONTEXT]
    with pytest.raises(CannotStage):
        asked(Chain((Chosen(QWEN),)), Operation.DECLUTTER, RoomType.BEDROOM)


def test_a_chain_is_checked():
    with pytest.raises(InvalidInput):
        choice.check(Chain(()))
    with pytest.raises(NotFound):
        choice.check(Chain((Chosen("nobody/nothing"),)))
    with pytest.raises(InvalidInput):
        choice.check(Chain((Chosen(KONTEXT, {"seed": 4}),)))


def test_what_a_provider_says_can_be_kept_whatever_is_in_it():
    """PostgreSQL's text holds no NUL."""
    assert _reason(PredictionFailed(reason="out of\0 memory")).endswith("out of memory")
