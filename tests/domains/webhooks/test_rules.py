"""What becomes of a delivery after a try, and of its endpoint. Pure."""

from datetime import UTC, datetime, timedelta

import pytest
import standardwebhooks
import svix.webhooks

from realstaging.domains.webhooks import messages, rules
from realstaging.domains.webhooks.messages import MESSAGES, WebhookEvent
from realstaging.domains.webhooks.rules import Failing, Tried
from realstaging.domains.webhooks.schemas import DeliveryState
from realstaging.kit.ids import new_id
from realstaging.runtime.outward import Answered

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FIRST = Tried(1, 0, NOW)


def decided(status=None, tried=FIRST, jitter=0.0, **more):
    return rules.decide(Answered(5, status, **more), tried, jitter)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_2xx_is_the_end(status):
    assert decided(status) == rules.Decision(DeliveryState.DELIVERED)


def test_410_is_the_end_of_the_endpoint():
    assert decided(410) == rules.Decision(DeliveryState.FAILED, gone=True)


@pytest.mark.parametrize("status", [100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 408, 500, 501])
def test_all_else_is_tried_again_without_slowing_down(status):
    assert decided(status) == rules.Decision(DeliveryState.WAITING, NOW + timedelta(seconds=5))


def test_the_schedule_is_the_specifications():
    waits = []
    for number in range(1, 10):
        least, most = (decided(500, Tried(number, 0, NOW), jitter).next_at - NOW for jitter in (0, 1))
        assert most == least * 1.1
        waits.append(least.total_seconds())
    assert waits == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert decided(500, Tried(10, 0, NOW)) == rules.Decision(DeliveryState.FAILED)


@pytest.mark.parametrize("status", [429, 502, 503, 504, None])
def test_who_cannot_keep_up_is_left_alone_longer_and_longer(status):
    waits = [
        (decided(status, Tried(1, failures, NOW)).paused_until - NOW).total_seconds()
        for failures in (0, 1, 2, 5, 6, 7, 500)
    ]
    assert waits == [5, 10, 20, 160, 320, 600, 600]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        *[("0", 0), ("120", 120), (" 7 ", 7), ("86400", 86400), ("86401", 86400), ("9" * 400, 86400)],
        *[
            ("Thu, 26 Nov 2026 12:02:00 GMT", 120),
            ("Thu, 26 Nov 2026 11:00:00 GMT", 0),
            ("Thu, 26 Nov 2099 12:00:00 GMT", 86400),
        ],
        *[("", None), ("soon", None), ("-5", None), ("1.5", None), ("٣", None), ("Thu, 99 Nov 2026", None)],
    ],
)
def test_what_retry_after_asks_for(said, seconds):
    found = rules.asked_for(said, NOW)
    assert (found and found.total_seconds()) == seconds or (seconds == 0 and found == timedelta(0))


def test_retry_after_is_obeyed_whatever_the_status():
    decision = decided(500, retry_after="3600")
    assert decision.next_at == decision.paused_until == NOW + timedelta(hours=1)
    sooner = decided(503, Tried(3, 4, NOW), retry_after="1")
    assert sooner.paused_until == NOW + timedelta(seconds=1)
    assert sooner.next_at == NOW + timedelta(seconds=1800)


def test_the_owner_is_told_before_an_endpoint_is_disabled():
    def after(days, warned=None):
        failing = Failing(NOW - timedelta(days=days), None if warned is None else NOW - timedelta(days=warned))
        return rules.must_warn(failing, NOW), rules.must_disable(failing, NOW)

    assert after(2.9) == (False, False)
    assert after(3) == (True, False)
    assert after(30) == (True, False)
    assert after(4.9, warned=1.9) == (False, False)
    assert after(5, warned=2) == (False, True)
    assert after(30, warned=0.9) == (False, False)


def test_both_public_libraries_verify_what_we_sign_and_nothing_else():
    secrets = [rules.new_secret(bytes(range(number, number + 32))) for number in (1, 7)]
    body, message_id, stamp = '{"type":"a.b","ä":1}', rules.webhook_id(new_id().hex), int(datetime.now(UTC).timestamp())
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": rules.signatures(secrets, message_id, stamp, body),
    }
    for secret in secrets:
        for library in (standardwebhooks, svix.webhooks):
            library.Webhook(secret).verify(body, headers)
            for other in ({"webhook-id": "msg_2"}, {"webhook-timestamp": str(stamp - 1)}):
                with pytest.raises(library.WebhookVerificationError):
                    library.Webhook(secret).verify(body, {**headers, **other})
            with pytest.raises(library.WebhookVerificationError):
                library.Webhook(rules.new_secret(b"x" * 32)).verify(body, headers)


def test_every_event_has_a_message_of_its_own_that_is_small():
    tags = [message.kind() for message in MESSAGES]
    assert tags == [*WebhookEvent, "webhook.test"]
    for type_ in [None, *WebhookEvent]:
        message = messages.example(type_, new_id(), NOW)
        written = messages.written(message)
        assert len(written) < messages.LARGEST_BODY
        assert written.startswith(f'{{"type":"{type_ or "webhook.test"}","timestamp":"2026-11-26T12:00:00Z","data":{{')
        assert message.data.test
