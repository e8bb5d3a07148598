"""What providers tell: believed where it is theirs, and nobody is asked anything at an address that a stranger wrote."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from realstaging.kit.errors import Forged
from realstaging.mail.notices import Notice
from realstaging.mail.postmark import PostmarkReader
from realstaging.mail.resend import ResendReader
from realstaging.mail.ses import SesReader
from realstaging.sandbox.replicate.predictions import sign

NOW = datetime(2026, 11, 26, 20, 5, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes....").decode()
TOPIC = "arn:aws:sns:eu-central-1:123456789012:mail"
CERTIFICATE = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"


def basic(password):
    return {"authorization": "Basic " + base64.b64encode(f"postmark:{password}".encode()).decode()}


@pytest.mark.parametrize(
    ("told", "notices"),
    [
        ({"RecordType": "Bounce", "Type": "HardBounce", "Email": "a@x.de"}, [Notice("a@x.de", "bounce")]),
        ({"RecordType": "Bounce", "Type": "SoftBounce", "Email": "a@x.de"}, []),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Email": "a@x.de"}, [Notice("a@x.de", "complaint")]),
        (
            {
                "RecordType": "SubscriptionChange",
                "SuppressSending": True,
                "Recipient": "a@x.de",
                "SuppressionReason": "HardBounce",
            },
            [Notice("a@x.de", "bounce")],
        ),
        ({"RecordType": "SubscriptionChange", "SuppressSending": False, "Recipient": "a@x.de"}, []),
        ({"RecordType": "Delivery", "Recipient": "a@x.de"}, []),
        ({}, []),
    ],
)
async def test_postmark(told, notices):
    reader = PostmarkReader("a password that nobody guesses")
    body = json.dumps(told).encode()
    assert list(await reader.read(body, basic("a password that nobody guesses"))) == notices
    for headers in ({}, basic("another"), basic(""), {"authorization": "Basic é"}, {"authorization": "Bearer x"}):
        with pytest.raises(Forged):
            await reader.read(body, headers)


async def test_what_is_no_json_is_nobodys():
    with pytest.raises(Forged):
        await PostmarkReader("secret").read(b"[]", basic("secret"))


def svix(body, secret=SECRET, at=NOW):
    return {name.replace("webhook-", "svix-"): value for name, value in sign(body, secret, "msg_1", at).items()}


@pytest.mark.parametrize(
    ("told", "notices"),
    [
        (
            {"type": "email.bounced", "data": {"to": ["a@x.de"], "bounce": {"type": "Permanent"}}},
            [Notice("a@x.de", "bounce")],
        ),
        ({"type": "email.bounced", "data": {"to": ["a@x.de"], "bounce": {"type": "Transient"}}}, []),
        ({"type": "email.complained", "data": {"to": ["a@x.de"]}}, [Notice("a@x.de", "complaint")]),
        ({"type": "email.delivered", "data": {"to": ["a@x.de"]}}, []),
    ],
)
async def test_resend(told, notices):
    reader = ResendReader(SECRET, clock=lambda: NOW)
    body = json.dumps(told).encode()
    signed = svix(body)
    assert list(await reader.read(body, signed)) == notices
    rotated = {**signed, "svix-signature": f"v1,AAAA v2,x {signed['svix-signature']}"}
    assert list(await reader.read(body, rotated)) == notices
    other = "whsec_" + base64.b64encode(b"b" * 32).decode()
    for forged in (
        {},
        svix(body, other),
        svix(body + b" "),
        svix(body, at=NOW - timedelta(minutes=6)),
        svix(body, at=NOW + timedelta(minutes=6)),
        {**signed, "svix-id": "msg_2"},
        {**signed, "svix-timestamp": "9" * 400},
        {**signed, "svix-timestamp": "²"},
        {**signed, "svix-signature": "v1,é"},
    ):
        with pytest.raises(Forged):
            await reader.read(body, forged)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_dG9vIHNob3J0", "whsec_?"])
def test_a_secret_that_is_empty_or_cut_off_makes_no_reader_of_resend(secret):
    with pytest.raises(ValueError, match="webhook's secret"):
        ResendReader(secret)


class Amazon:
    """A topic of SNS: its key, its certificate, and who was asked what."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.asked = []
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.amazonaws.com")])
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(1)
            .not_valid_before(NOW - timedelta(days=1))
            .not_valid_after(NOW + timedelta(days=1))
            .sign(self.key, hashes.SHA256())
            .public_bytes(serialization.Encoding.PEM)
        )

    async def fetch(self, address):
        self.asked.append(address)
        return self.certificate

    def reader(self, clock=lambda: NOW):
        return SesReader(TOPIC, self.fetch, clock)

    def signed(self, version="2", **changed):
        message = {
            "Type": "Notification",
            "MessageId": "1",
            "TopicArn": TOPIC,
            "Message": "hello",
            "Timestamp": "2026-11-26T20:04:00.000Z",
            "SignatureVersion": version,
            "SigningCertURL": CERTIFICATE,
            **changed,
        }
        confirms = message["Type"] != "Notification"
        names = ["Message", "MessageId", *(["SubscribeURL"] if confirms else ["Subject"]), "Timestamp"]
        names += [*(["Token"] if confirms else []), "TopicArn", "Type"]
        text = "".join(f"{name}\n{message[name]}\n" for name in names if name in message)
        digest = hashes.SHA256() if version == "2" else hashes.SHA1()
        message["Signature"] = base64.b64encode(self.key.sign(text.encode(), padding.PKCS1v15(), digest)).decode()
        return message


@pytest.fixture(scope="module")
def amazon():
    return Amazon()


def bounce(kind="Permanent", name="notificationType"):
    return json.dumps(
        {name: "Bounce", "bounce": {"bounceType": kind, "bouncedRecipients": [{"emailAddress": "a@x.de"}]}}
    )


COMPLAINT = json.dumps({"eventType": "Complaint", "complaint": {"complainedRecipients": [{"emailAddress": "a@x.de"}]}})


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize(
    ("message", "notices"),
    [
        (bounce(), [Notice("a@x.de", "bounce")]),
        (bounce(name="eventType"), [Notice("a@x.de", "bounce")]),
        (bounce("Transient"), []),
        (COMPLAINT, [Notice("a@x.de", "complaint")]),
        ('{"notificationType": "AmazonSnsSubscriptionSucceeded"}', []),
        ("Successfully validated SNS topic", []),
    ],
)
async def test_ses(amazon, version, message, notices):
    body = json.dumps(amazon.signed(version, Message=message, Subject="Amazon SES")).encode()
    assert list(await amazon.reader().read(body, {})) == notices


async def test_the_certificate_is_asked_for_once(amazon):
    reader, before = amazon.reader(), len(amazon.asked)
    for _ in range(3):
        await reader.read(json.dumps(amazon.signed(Message=bounce())).encode(), {})
    assert len(amazon.asked) == before + 1


async def test_what_was_changed_after_it_was_signed_is_forged(amazon):
    message = amazon.signed(Message=bounce())
    other = Amazon()
    changed = [{**message, name: "x"} for name in message]
    changed += [{**message, "Signature": other.signed(Message=bounce())["Signature"]}, {}, {"Type": "Notification"}]
    changed += [amazon.signed(Timestamp=at) for at in ("2026-11-26T18:00:00Z", "2026-11-26T22:00:00Z", "yesterday")]
    changed += [amazon.signed(TopicArn=TOPIC + "-of-somebody-else"), amazon.signed(Type="Something")]
    for told in changed:
        with pytest.raises(Forged):
            await amazon.reader().read(json.dumps(told).encode(), {})
    with pytest.raises(Forged):
        await amazon.reader(lambda: NOW + timedelta(days=2)).read(
            json.dumps(amazon.signed(Timestamp="2026-11-28T20:05:00Z")).encode(), {}
        )
    for body in (b"", b"[]", b"null", b'{"Type": {}}'):
        with pytest.raises(Forged):
            await amazon.reader().read(body, {})


ELSEWHERE = [
    "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com@evil.example/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com:8443/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    "https://bucket.s3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com/bucket/../SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem?x=1",
    "https://169.254.169.254/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com\\@evil.example/SimpleNotificationService-0123456789abcdef.pem",
    "file:///etc/passwd",
    "",
]


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_no_certificate_is_asked_for_elsewhere(amazon, address):
    before = len(amazon.asked)
    with pytest.raises(Forged):
        await amazon.reader().read(json.dumps(amazon.signed(SigningCertURL=address)).encode(), {})
    assert len(amazon.asked) == before


GOOD = f"https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=abc"


async def test_a_subscription_is_confirmed_at_amazons_own_address(amazon):
    message = amazon.signed(Type="SubscriptionConfirmation", SubscribeURL=GOOD, Token="abc")
    assert list(await amazon.reader().read(json.dumps(message).encode(), {})) == []
    assert amazon.asked[-1] == GOOD


@pytest.mark.parametrize(
    "address",
    [
        *ELSEWHERE,
        GOOD.replace("ConfirmSubscription", "Publish"),
        GOOD.replace(TOPIC, TOPIC + "x"),
        GOOD.replace("amazonaws.com/", "amazonaws.com/other/"),
        f"{GOOD}&Action=Publish",
        GOOD.replace("https", "http"),
    ],
)
async def test_and_nowhere_else(amazon, address):
    message = amazon.signed(Type="SubscriptionConfirmation", SubscribeURL=address, Token="abc")
    with pytest.raises(Forged):
        await amazon.reader().read(json.dumps(message).encode(), {})
    assert amazon.asked[-1] != address


@pytest.mark.parametrize("topic", ["", "mail", "arn:aws:sns:evil.example:123456789012:mail", TOPIC + "/x"])
def test_a_topic_that_is_none_is_refused(topic):
    with pytest.raises(ValueError):
        SesReader(topic)
