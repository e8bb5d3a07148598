import asyncio
import socket
from datetime import UTC, datetime

import pytest

from realstaging.engines.replicate.client import ReplicateClient
from realstaging.engines.replicate.errors import (
    AccountRefused,
    AnswerLost,
    Moderated,
    NotReached,
    OutputRefused,
    PredictionFailed,
    Rejected,
    Throttled,
)
from realstaging.engines.replicate.limits import Circuit
from realstaging.engines.replicate.outputs import picture_of
from realstaging.engines.replicate.predictions import Prediction, Status
from realstaging.kit.errors import InvalidInput
from realstaging.sandbox.replicate.faults import Fault

MODEL = "qwen/qwen-image-edit"


async def test_a_prediction_waited_for_comes_back_with_its_picture(wire):
    prediction = await wire.client.create(MODEL, wire.input, token="att_1", wait=10)
    assert prediction.state is Status.SUCCEEDED
    picture = picture_of(await wire.client.download(prediction))
    assert (picture.format, picture.size) == ("WEBP", (450, 300))
    assert prediction.metrics
    assert prediction.metrics["predict_time"] >= 0


async def test_without_waiting_the_id_comes_at_once_and_the_end_by_webhook(wire):
    prediction = await wire.client.create(MODEL, wire.input, token="att_1", webhook_url=wire.webhook)
    assert not prediction.ended
    await wire.ended(prediction.id)
    await wire.house.wait_for(notices=1)
    token, notice = wire.house.notices[0]
    told = (token, notice.document["id"], notice.document["status"])
    assert told == ("att_1", prediction.id, Status.SUCCEEDED)
    assert (await wire.client.get(prediction.id)).state is Status.SUCCEEDED


async def test_the_token_marks_the_file_address_and_is_not_sent_to_the_files_host(wire):
    prediction = await wire.client.create(MODEL, wire.input, token="att_1", wait=10)
    assert prediction.input
    assert prediction.input["image"].endswith("#attempt=att_1")
    assert wire.house.photo_paths == ["/photo.jpg?signature=a%2Fb"]


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.SERVER_ERROR_CREATED])
async def test_a_lost_answer_is_never_sent_again_and_the_prediction_is_found_by_its_token(wire, fault):
    wire.fault(fault)
    with pytest.raises(AnswerLost) as lost:
        await wire.client.create(MODEL, wire.input, token="att_lost", webhook_url=wire.webhook)
    assert wire.sandbox.creates == 1
    assert lost.value.retry_after is None
    found = await wire.client.find("att_lost", lost.value.sent_at)
    assert found
    assert found.id in wire.sandbox.predictions


async def test_an_answer_that_comes_too_late_is_lost_and_found(wire):
    client = wire.new_client(timeout=0.2)
    wire.fault(Fault.SLOW_ANSWER, seconds=1.0)
    with pytest.raises(AnswerLost) as lost:
        await client.create(MODEL, wire.input, token="att_late")
    assert await client.find("att_late", lost.value.sent_at)
    await client.close()


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.REQUEST_LOST])
async def test_where_nothing_was_created_nothing_is_found(wire, fault):
    wire.fault(fault)
    with pytest.raises(AnswerLost) as lost:
        await wire.client.create(MODEL, wire.input, token="att_none")
    assert await wire.client.find("att_none", lost.value.sent_at) is None
    assert (wire.sandbox.creates, wire.sandbox.predictions) == (1, {})


async def test_find_pages_through_hundreds_and_stops_at_its_date(wire):
    wire.fault(Fault.HANG, times=None)
    for number in range(230):
        await wire.client.create(MODEL, wire.input, token=f"att_{number:03}")
    since = min(one.created_at for one in wire.sandbox.predictions.values())
    found = await wire.client.find("att_000", since)
    assert found
    assert found.created_at == since
    assert [one async for one in wire.client.list(datetime.now(UTC))] == []


@pytest.mark.parametrize("fault", [Fault.THROTTLED, Fault.THROTTLED_BARE])
async def test_a_throttled_create_says_how_long_to_wait_and_holds_the_next_one_back(wire, fault):
    wire.fault(fault, seconds=7)
    with pytest.raises(Throttled) as throttled:
        await wire.client.create(MODEL, wire.input, token="att_1")
    assert throttled.value.retry_after == 7
    assert wire.sandbox.predictions == {}


async def test_reading_is_repeated_over_errors_and_throttling(wire):
    prediction = await wire.client.create(MODEL, wire.input, token="att_1")
    wire.fault(Fault.READ_ERROR, times=2)
    wire.fault(Fault.READ_THROTTLED, seconds=3)
    assert (await wire.client.get(prediction.id)).id == prediction.id
    assert len(wire.pauses) == 3
    assert 3 in wire.pauses


async def test_a_long_throttle_is_handed_to_the_caller(wire):
    wire.fault(Fault.READ_THROTTLED, seconds=40)
    with pytest.raises(Throttled) as throttled:
        await wire.client.get("abc")
    assert throttled.value.retry_after == 40
    assert wire.pauses == []


async def test_cancel_stops_a_prediction_that_hangs(wire):
    wire.fault(Fault.HANG)
    prediction = await wire.client.create(MODEL, wire.input, token="att_1")
    cancelled = await wire.client.cancel(prediction.id)
    assert cancelled.state is Status.CANCELED
    assert (await wire.client.cancel(prediction.id)).state is Status.CANCELED


async def test_cancel_after_ends_what_hangs(wire):
    wire.fault(Fault.HANG)
    prediction = await wire.client.create(MODEL, wire.input, token="att_1", cancel_after=1, wait=10)
    assert prediction.state is Status.CANCELED


async def test_a_deadline_before_the_start_aborts_and_is_not_charged(wire):
    wire.sandbox.conduct.queue = 30
    prediction = await wire.client.create(MODEL, wire.input, token="att_1", cancel_after=1, wait=10)
    assert prediction.state is Status.ABORTED
    assert not wire.sandbox.predictions[prediction.id].charged


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.MODERATED, Moderated),
        (Fault.FAILED, PredictionFailed),
        (Fault.ABORTED, PredictionFailed),
        (Fault.CANCELED, PredictionFailed),
        (Fault.WRONG_HOST, OutputRefused),
        (Fault.REDIRECT, OutputRefused),
        (Fault.HUGE_OUTPUT, OutputRefused),
        (Fault.NOT_A_PICTURE, OutputRefused),
        (Fault.NO_OUTPUT, OutputRefused),
    ],
)
async def test_what_is_no_usable_picture_is_refused_by_name(wire, fault, error):
    wire.fault(fault)
    prediction = await wire.client.create(MODEL, wire.input, token="att_1", wait=10)
    with pytest.raises(error):
        await wire.client.download(prediction)


async def test_a_broken_picture_is_found_when_it_is_decoded(wire):
    wire.fault(Fault.BROKEN_OUTPUT)
    prediction = await wire.client.create(MODEL, wire.input, token="att_1", wait=10)
    data = await wire.client.download(prediction)
    with pytest.raises(OutputRefused):
        picture_of(data)


async def test_an_account_without_credit_and_a_wrong_token_are_the_operators_matter(wire):
    wire.fault(Fault.NO_CREDIT)
    with pytest.raises(AccountRefused):
        await wire.client.create(MODEL, wire.input, token="att_1")
    stranger = ReplicateClient("r8_wrong", base_url=wire.api)
    with pytest.raises(AccountRefused):
        await stranger.get("abc")
    await stranger.close()


async def test_what_replicate_does_not_know_is_rejected(wire):
    with pytest.raises(Rejected):
        await wire.client.get("unknown")
    with pytest.raises(InvalidInput):
        await wire.client.get("../account")
    with pytest.raises(InvalidInput):
        await wire.client.create("owner/name/../../account", {}, token="att_1")


async def test_nobody_at_the_door_means_nothing_was_created_and_opens_the_circuit():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    now = 100.0
    client = ReplicateClient(
        "r8", base_url=f"http://127.0.0.1:{port}/v1", circuit=Circuit(threshold=2, pause=15, now=lambda: now)
    )
    for _ in range(2):
        with pytest.raises(NotReached) as refused:
            await client.create(MODEL, {}, token="att_1")
        assert refused.value.__cause__
    with pytest.raises(NotReached) as opened:
        await client.create(MODEL, {}, token="att_1")
    assert opened.value.retry_after == 15
    assert opened.value.__cause__ is None
    await client.close()


async def test_what_waits_for_its_turn_is_not_called_sent(wire):
    """Who takes over looks for an answer that was lost from then on: too early, and what is still to be asked would be asked twice."""
    turn = asyncio.Event()

    class Queue:
        async def admit(self, call):
            await turn.wait()

        async def slow_down(self, call, seconds):
            raise AssertionError

    sent = []

    async def sending():
        sent.append(len(wire.sandbox.predictions))

    client = ReplicateClient("r8_sandbox", base_url=wire.api, limiter=Queue())
    asked = asyncio.create_task(client.create(MODEL, wire.input, token="att_1", sending=sending))
    await asyncio.sleep(0.05)
    assert sent == []
    turn.set()
    await asked
    assert sent == [0]
    await client.close()


def test_a_status_not_known_yet_is_read_from_its_end():
    assert Prediction(id="a", status="queued").state is Status.PROCESSING
    assert Prediction(id="a", status="expired", completed_at=datetime.now(UTC)).ended
