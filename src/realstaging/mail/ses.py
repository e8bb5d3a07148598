"""Amazon SES's notices, which come through SNS (https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html,
https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html).

A message names the address of the certificate that it is signed with, and one to confirm a subscription at. Both are asked for only
where they are SNS's own of the topic's region: whatever else a stranger writes there is never visited.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import aiohttp
import msgspec
import structlog
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from realstaging.kit import bounded_answers
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import Forged, Unavailable
from realstaging.mail.notices import Notice

log = structlog.get_logger()

TOPIC: Final = re.compile(r"arn:aws:sns:([a-z]{2}(?:-[a-z]+)+-\d):\d{12}:[A-Za-z0-9_-]{1,256}")
CERTIFICATE_PATH: Final = re.compile(r"/SimpleNotificationService-[0-9a-f]{16,64}\.pem")
OLDEST: Final = timedelta(hours=1)
"""SNS tries again for an hour at most as it is set up for HTTPS at first."""
LARGEST_ANSWER: Final = 64 * 1024
PATIENCE: Final = 10.0
MOST_CERTIFICATES: Final = 16
# The fields that are signed, in their order, by the kind of message.
SIGNED: Final = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    "UnsubscribeConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = {"1": hashes.SHA1(), "2": hashes.SHA256()}  # noqa: S303 - SNS's own version 1

Fetch = Callable[[str], Awaitable[bytes]]


async def fetched(address: str) -> bytes:
    """What is at an address that was looked at before: no redirects, no proxy, not endless."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, raise_for_status=True, trust_env=False) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            return await bounded_answers.whole(answer, LARGEST_ANSWER)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Unavailable("Amazon SNS does not answer. Send the notice again.") from error


class SesReader:
    """``topic``: the ARN of the one topic that is believed. Everybody at Amazon can have messages signed, of topics of their own."""

    def __init__(self, topic: str, fetch: Fetch = fetched, clock: Clock = utc_now) -> None:
        region = TOPIC.fullmatch(topic)
        if region is None:
            raise ValueError("not the ARN of a topic")
        self._topic = topic
        self._host = f"sns.{region[1]}.amazonaws.com"
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, rsa.RSAPublicKey] = {}

    async def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Notice]:  # noqa: ARG002 - all is in the body
        try:
            told = msgspec.json.decode(body, type=dict[str, str | bool | int | float | None])
        except msgspec.DecodeError as error:
            raise Forged from error
        message = {name: value for name, value in told.items() if isinstance(value, str)}
        await self._verify(message)
        if message["Type"] == "SubscriptionConfirmation":
            await self._confirm(message.get("SubscribeURL", ""))
        return _notices(message["Message"]) if message["Type"] == "Notification" else []

    async def _verify(self, message: Mapping[str, str]) -> None:
        signed, algorithm = SIGNED.get(message.get("Type", "")), HASHES.get(message.get("SignatureVersion", ""))
        if signed is None or algorithm is None or message.get("TopicArn") != self._topic or "Message" not in message:
            raise Forged
        self._check_age(message.get("Timestamp", ""))
        text = "".join(f"{name}\n{message[name]}\n" for name in signed if name in message)
        key = await self._key(message.get("SigningCertURL", ""))
        try:
            signature = base64.b64decode(message.get("Signature", ""), validate=True)
            key.verify(signature, text.encode(), padding.PKCS1v15(), algorithm)
        except (InvalidSignature, binascii.Error, ValueError) as error:
            raise Forged from error

    def _check_age(self, timestamp: str) -> None:
        try:
            sent_at = datetime.fromisoformat(timestamp)
        except ValueError as error:
            raise Forged from error
        if abs(self._clock() - sent_at.replace(tzinfo=sent_at.tzinfo or UTC)) > OLDEST:
            raise Forged

    def _is_ours(self, address: str) -> bool:
        """Whether an address is SNS's own of this region, letter for letter: no user, no port, nothing that is read in two ways."""
        return address.startswith(f"https://{self._host}/") and not set(address) & set("\\@#\t\r\n ")

    async def _key(self, address: str) -> rsa.RSAPublicKey:
        if not self._is_ours(address) or not CERTIFICATE_PATH.fullmatch(address.removeprefix(f"https://{self._host}")):
            raise Forged
        if address not in self._keys:
            key = self._read(await self._fetch(address))
            if len(self._keys) >= MOST_CERTIFICATES:
                self._keys.clear()
            self._keys[address] = key
        return self._keys[address]

    def _read(self, pem: bytes) -> rsa.RSAPublicKey:
        try:
            certificate = x509.load_pem_x509_certificate(pem)
            key = certificate.public_key()
        except ValueError as error:
            raise Forged from error
        now = self._clock()
        if not isinstance(key, rsa.RSAPublicKey) or not (
            certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
        ):
            raise Forged
        return key

    async def _confirm(self, address: str) -> None:
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        if not self._is_ours(address) or parts.path != "/" or asked.get("Action") != ["ConfirmSubscription"]:
            raise Forged
        if asked.get("TopicArn") != [self._topic]:
            raise Forged
        await self._fetch(address)
        log.info("mail.subscription_confirmed", topic=self._topic)


class _Address(msgspec.Struct, rename="camel"):
    email_address: str = ""


class _Bounce(msgspec.Struct, rename="camel"):
    bounce_type: str = ""
    bounced_recipients: list[_Address] = []


class _Complaint(msgspec.Struct, rename="camel"):
    complained_recipients: list[_Address] = []


class _Event(msgspec.Struct, rename="camel"):
    """``notificationType`` of an identity's notifications, ``eventType`` of a configuration set's events."""

    notification_type: str = ""
    event_type: str = ""
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None


def _notices(text: str) -> list[Notice]:
    try:
        event: Any = msgspec.json.decode(text, type=_Event)
    except msgspec.DecodeError:
        # SNS's own words at the start, for people.
        return []
    kind = event.notification_type or event.event_type
    if kind == "Bounce" and event.bounce and event.bounce.bounce_type == "Permanent":
        return [Notice(one.email_address, "bounce") for one in event.bounce.bounced_recipients]
    if kind == "Complaint" and event.complaint:
        return [Notice(one.email_address, "complaint") for one in event.complaint.complained_recipients]
    return []
