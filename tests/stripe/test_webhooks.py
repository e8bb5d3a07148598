"""What is taken for Stripe's word: its own signer's notices, whatever stands around them, and nothing else."""

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
import stripe

from realstaging.kit.errors import Forged
from realstaging.stripe.errors import NotTaken
from realstaging.stripe.version import API_VERSION
from realstaging.stripe.webhooks import EVENTS, Webhooks

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SECRET = "whsec_a_secret_for_tests_alone"


def event(**changed):
    told = {
        "id": "evt_1",
        "object": "event",
        "type": "invoice.paid",
        "created": int(NOW.timestamp()),
        "livemode": False,
        "api_version": API_VERSION,
        "data": {"object": {"id": "in_1", "object": "invoice"}},
    }
    return json.dumps({**told, **changed}).encode()


def signed(body, secret=SECRET, age=0):
    """The header that Stripe's own library would send."""
    return stripe.WebhookSignature.generate_signature_header(body.decode(), secret, int(NOW.timestamp()) - age)


def reader(*, live=False):
    return Webhooks(SECRET, live=live, clock=lambda: NOW)


def test_stripes_own_signature_is_taken_and_the_event_read():
    body = event()
    told = reader().read(body, signed(body))
    assert (told.id, told.type, told.object_id, told.object_type) == ("evt_1", "invoice.paid", "in_1", "invoice")
    assert told.created == NOW
    # While a secret is rotated there are two; older schemes are passed over.
    old, new = signed(body, "whsec_the_one_before"), signed(body)
    assert reader().read(body, f"{old},{new.partition(',')[2]},v0=abc")
    assert reader().read(body, signed(body, age=299))
    assert reader().read(body, signed(body, age=-299))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=1",
        "v1=abc",
        "t=,v1=",
        "t=x,v1=x",
        "t=1_0,v1=x",
        "t=٣,v1=x",
        f"t={'9' * 400},v1=x",
        "v1=é",
        ",=,=,",
        "t=1,t=2,v1=x",
        "v1=x," * 1000,
    ],
)
def test_what_is_no_signature_is_refused(header):
    with pytest.raises(Forged):
        reader().read(event(), header)


def test_what_is_not_stripes_or_not_of_now_is_refused():
    body = event()
    for bad in (
        signed(body, "whsec_somebody_elses_secret"),
        signed(body, age=301),
        signed(body, age=-301),
        signed(event(id="evt_2")),
        signed(body).replace("v1=", "v0="),
        f"{signed(body)},t=1",
        f"{signed(body)}{',v0=x' * 300}",
    ):
        with pytest.raises(Forged):
            reader().read(body, bad)
    with pytest.raises(Forged):
        reader().read(body.replace(b"in_1", b"in_2"), signed(body))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"api_version": "2024-06-20"}, "API 2024-06-20"),
        ({"api_version": None}, "API None"),
        ({"livemode": True}, "It is live."),
        ({"object": "v2.core.event"}, "thin"),
        ({"data": {}}, "cannot be read"),
        ({"created": "soon"}, "cannot be read"),
    ],
)
def test_stripes_events_that_are_not_meant_for_us_are_refused_and_told_why(changed, why):
    body = event(**changed)
    with pytest.raises(NotTaken, match=why):
        reader().read(body, signed(body))


def test_live_takes_no_play_money():
    body, real = event(), event(livemode=True)
    with pytest.raises(NotTaken, match="test mode"):
        reader(live=True).read(body, signed(body))
    assert reader(live=True).read(real, signed(real)).livemode
    for broken in (b"", b"[]", b"{", b"null", b"\xff"):
        with pytest.raises(NotTaken):
            reader().read(broken, _sum(broken))


def _sum(body):
    """Stripe's library signs text alone."""
    moment = int(NOW.timestamp())
    digest = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    return f"t={moment},v1={digest}"


def test_the_version_is_the_libraries_own_and_events_are_told_once():
    assert stripe.api_version == API_VERSION
    assert len(set(EVENTS)) == len(EVENTS)
