from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from realstaging.engines.replicate.predictions import Prediction, Status
from realstaging.engines.replicate.webhook import verify
from realstaging.kit.errors import Forged, InvalidInput
from realstaging.sandbox.replicate.app import WEBHOOK_SECRET
from realstaging.sandbox.replicate.faults import Fault
from realstaging.sandbox.replicate.predictions import sign

MODEL = "qwen/qwen-image-edit"


# The example of the Standard Webhooks specification's libraries: anyone can recompute it.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
SENT = datetime.fromtimestamp(1614265330, UTC)
HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}


def test_the_published_example_verifies():
    with pytest.raises(InvalidInput):  # signed rightly, though it holds no prediction
        verify(BODY, HEADERS, [SECRET], SENT)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg_other"},
        {"webhook-timestamp": "1614265331"},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-timestamp": "9" * 5000},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
        {"webhook-signature": "v1,é"},
    ],
)
def test_anything_else_is_forged(change):
    with pytest.raises(Forged):
        verify(BODY, HEADERS | change, [SECRET], SENT)


@pytest.mark.parametrize("age", [timedelta(seconds=301), timedelta(seconds=-301)])
def test_a_notice_too_old_or_from_the_future_is_forged(age):
    with pytest.raises(Forged):
        verify(BODY, HEADERS, [SECRET], SENT + age)


def test_any_of_several_secrets_and_signatures_will_do():
    body = b'{"id": "abc", "status": "succeeded"}'
    headers = sign(body, WEBHOOK_SECRET, "msg_1", SENT)
    headers["webhook-signature"] = f"v1,AAAA {headers['webhook-signature']}"
    assert verify(body, headers, [SECRET, WEBHOOK_SECRET], SENT).document["id"] == "abc"
    with pytest.raises(Forged):
        verify(body, headers, [], SENT)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_dG9vIHNob3J0", "whsec_?"])
def test_a_secret_that_is_empty_or_cut_off_verifies_nothing(secret):
    for known in ([secret], [SECRET, secret]):
        with pytest.raises(ValueError, match="webhook's secret"):
            verify(BODY, HEADERS, known, SENT)


async def take(wire, fault, count, forged=0):
    wire.fault(fault)
    await wire.client.create(MODEL, wire.input, token="att_1", webhook_url=wire.webhook)
    await wire.house.wait_for(count, forged)
    return [notice for _, notice in wire.house.notices]


async def test_a_duplicate_carries_the_same_id(wire):
    first, second = await take(wire, Fault.WEBHOOK_DUPLICATED, 2)
    assert first.id == second.id


async def test_a_notice_out_of_order_says_what_was_before(wire):
    first, second = await take(wire, Fault.WEBHOOK_REORDERED, 2)
    assert tuple(msgspec.convert(one.document, Prediction).state for one in (first, second)) == (
        Status.SUCCEEDED,
        Status.PROCESSING,
    )


@pytest.mark.parametrize("fault", [Fault.WEBHOOK_FORGED, Fault.WEBHOOK_REPLAYED])
async def test_a_forged_or_replayed_notice_is_turned_away_and_the_true_one_taken(wire, fault):
    notices = await take(wire, fault, 1, forged=1)
    assert len(notices) == 1
    assert "example.com" not in notices[0].document["output"]
