"""Every state that attempts may be found in, met by every answer of the provider, the gate and the storage."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from realstaging.engines.attempts import NewAttempt, Outcome, ProcessAttempts, files_of
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.faithful import in_thread
from realstaging.engines.replicate.asking import Timing
from realstaging.engines.replicate.choice import Chain, Chosen
from realstaging.engines.replicate.engine import ReplicateEngine
from realstaging.engines.replicate.limits import Circuit
from realstaging.fidelity.assurance import Assured, Unfaithful
from realstaging.fidelity.report import Registration, Report, Tone, Verdict
from realstaging.kit.errors import AppError
from realstaging.kit.keyring import KeyRing
from realstaging.sandbox.replicate.faults import Fault, Order
from realstaging.storage import open_storage

CHAIN = Chain((Chosen("black-forest-labs/flux-kontext-pro"), Chosen("qwen/qwen-image-edit-plus")))
BRIEF = Brief(RoomType.LIVING_ROOM, Style.MODERN, 11, request_key="one")
TIMING = Timing(
    deadline=1.5,
    lost_after=0.2,
    pause=0.02,
    overdue=0.0,
    shortest_look=0.05,
    longest=0.0,
    shortest_life=0.3,
    grace=0.2,
    finishing=1000.0,
)
# `finishing` is longer than that: each wait has to end by itself. Enough for a call that lasts as long as it may on a machine that has other things to do; an endless one never gets by.
PATIENCE = 20.0
MOST_RUNS = 5
PRICE = 40_000
REPORT = Report(
    1, Verdict.PASS, Verdict.PASS, 1.0, (), Registration(True, (), 0, 0, 1, 9, 1), Tone((), (), 0, 0), (), b""
)
BEFORE = (Outcome.UNFAITHFUL, Outcome.UNUSABLE, Outcome.FAILED, Outcome.LOST, Outcome.REFUSED, Outcome.MODERATED)
PAID = {Outcome.UNFAITHFUL, Outcome.UNUSABLE}
FAULTS = (None, Fault.FAILED, Fault.FAILED_BILLED, Fault.MODERATED, Fault.CANCELED, Fault.ABORTED, Fault.HANG,
            Fault.WRONG_HOST, Fault.NOT_A_PICTURE, Fault.NO_OUTPUT, Fault.BROKEN_OUTPUT)  # fmt: skip
CALLS = (Fault.LIST_REFUSED, Fault.LOOK_UNKNOWN, Fault.STOP_UNKNOWN, Fault.STOP_REFUSED, Fault.STOP_ERROR, Fault.STOP_LATE,
         Fault.READ_ERROR, Fault.SERVER_ERROR, Fault.SERVER_ERROR_CREATED, Fault.ANSWER_LOST, Fault.NO_CREDIT)  # fmt: skip


@dataclass(frozen=True)
class State:
    """``before``: outcomes of earlier attempts. ``step``: how far the newest one came. ``calls``: which calls fail from now on."""

    step: str = "none"
    before: tuple[Outcome, ...] = ()
    fault: Fault | None = None
    outcome: Outcome | None = None
    ended: bool = False
    file_gone: bool = False
    kept: bool = False
    storage_broken: bool = False
    refusals: tuple[bool, ...] = ()
    calls: frozenset[Fault] = frozenset()
    late: bool = False


STEPS = ("none", "opened", "sent", "created", "known", "answered")
STATES = st.builds(
    State,
    step=st.sampled_from(STEPS),
    before=st.lists(st.sampled_from(BEFORE), max_size=3).map(tuple),
    fault=st.sampled_from(FAULTS),
    outcome=st.none() | st.just(Outcome.PASSED) | st.sampled_from(Outcome),
    ended=st.booleans(),
    file_gone=st.booleans(),
    kept=st.booleans(),
    storage_broken=st.booleans(),
    refusals=st.lists(st.booleans(), max_size=3).map(tuple),
    calls=st.frozensets(st.sampled_from(CALLS), max_size=2),
    late=st.booleans(),
).filter(lambda state: state.step == "none" or sum(outcome in PAID for outcome in state.before) < CHAIN.paid)


async def reached(wire, state, folder):
    """The attempts, the storage and the provider of this state."""
    wire.sandbox.predictions.clear()
    wire.sandbox.faults.clear()
    wire.sandbox.creates = 0
    storage = open_storage(
        (folder / "files").as_uri(), public_url="http://localhost", keys=KeyRing("a key for tests that is long enough")
    )
    attempts = ProcessAttempts()
    for number, outcome in enumerate(state.before, 1):
        token = (await attempts.open("one", number, new(number))).token
        await attempts.send(token)
        attempts._change(token, cost=PRICE if outcome in PAID else 0, ended_at=wire.client._clock())
        await attempts.concluded(token, outcome, "before")
    if state.step != "none":
        await newest(wire, state, attempts, storage)
    if state.late:
        for one in list(attempts._attempts.values()):
            attempts._change(one.token, created_at=one.created_at - timedelta(hours=1))
    if state.storage_broken:
        (folder / "files").mkdir(exist_ok=True)
        aside = folder / "files" / "attempts"
        if not aside.exists():
            aside.write_text("in the way")
    for fault in sorted(state.calls):
        wire.sandbox.faults.order(Order(fault, times=None, seconds=0.1))
    return attempts, storage


async def newest(wire, state, attempts, storage):
    number = len(state.before) + 1
    token = (await attempts.open("one", number, new(number))).token
    if state.step == "opened":
        return await attempts.concluded(token, state.outcome, "") if state.outcome is Outcome.STOPPED else None
    await attempts.send(token)
    if state.step != "sent":
        await asked(wire, state, attempts, storage, token)
    if state.outcome and (state.step == "answered" or state.outcome in {Outcome.STOPPED, Outcome.LOST}):
        await attempts.concluded(token, state.outcome, "stored")
    return None


async def asked(wire, state, attempts, storage, token):
    """From the call that creates a prediction to what the state has of it."""
    if state.fault:
        wire.sandbox.faults.order(Order(state.fault))
    made = await wire.client.create(
        CHAIN.models[0].model, {"prompt": "a sofa", "image": wire.input["image"]}, token=token,
        webhook_url=wire.webhook, cancel_after=1,
    )  # fmt: skip
    prediction = wire.sandbox.predictions[made.id]
    if state.step in {"known", "answered"}:
        await attempts.created(token, made.id)
    if state.fault is not Fault.HANG and (state.ended or state.step == "answered"):
        await prediction.ended.wait()
        if state.file_gone:
            prediction.picture = None
    if state.step == "answered":
        if state.fault is Fault.HANG:
            await wire.client.cancel(made.id)
        await attempts.answered(token, (await wire.client.get(made.id)).answer())
        if state.kept:
            await storage.put(files_of(token)[1], wire.sandbox.conduct.picture, "image/png")


def new(number):
    return NewAttempt(CHAIN.models[(number - 1) // 2 % 2].model, None, number, "1", PRICE)


class Gate:
    """Refuses or lets pass in the order given, then lets everything pass."""

    def __init__(self, refusals):
        self.refusals = list(refusals)

    async def __call__(self, candidate, doors=()):
        if self.refusals and self.refusals.pop(0):
            raise Unfaithful("Another house.")
        assert candidate.read_bytes()
        return Assured(REPORT, rebuilt=True, untouched_share=0.9, counted_against="photo")


async def run_to_its_end(wire, photo, state, timing=TIMING, accept=None):
    """What came of it, as a job would run it: again while time may heal it, at most five times. The attempts as they are then."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "photo.jpg"
        source.write_bytes(photo)
        attempts, storage = await reached(wire, state, folder)
        created = wire.sandbox.creates
        client = wire.new_client(circuit=Circuit(threshold=10_000))
        engine = ReplicateEngine(
            client, attempts, CHAIN, compute=in_thread, storage=storage, by_address=False,
            timing=timing, webhook_url=wire.webhook,
        )  # fmt: skip
        accept = accept or Gate(state.refusals)
        for _ in range(MOST_RUNS):
            try:
                async with asyncio.timeout(PATIENCE):
                    ended = await engine.stage(source, BRIEF, accept, lambda step: None)
            except AppError as error:
                ended = error
            if not (isinstance(ended, AppError) and ended.retry_after is not None):
                break
        await client.close()
        return ended, await attempts.of("one"), wire.sandbox.creates - created
