"""Letters as bytes: read again by the standard library, whatever stands in them."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser
from uuid import UUID

import pytest

from realstaging.domains.notifications import rules, wording
from realstaging.domains.notifications.letters import (
    OPTIONAL,
    AnyLetter,
    BatchReady,
    BudgetSpent,
    Erased,
    ErasureBegun,
    ExportReady,
    Invitation,
    MembersChanged,
    NewDevice,
    PaymentTrouble,
    Picture,
    Reason,
    Recipient,
    StagingFailed,
    WebhookDisabled,
)
from realstaging.domains.notifications.rendering import Links, rendered
from realstaging.mail.addresses import Mailbox
from realstaging.mail.message import LARGEST_HTML, Content, Envelope, TooLargeToSend, composed
from realstaging.mail.message import Picture as Attached

AT = datetime(2026, 11, 26, 20, 5, tzinfo=UTC)
HOME = "https://app.example.com"
UNSUBSCRIBE = f"{HOME}/api/v1/mail/unsubscribe?token={'a' * 120}"
TO = Recipient("Ada", "ada@example.com")


def letters(text="Ada & Söhne", to=TO, many=1):
    """One of each kind, with a text of somebody's choosing wherever there is one."""
    common = {"to": to, "key": "k", "account_id": UUID(int=1)}
    picture, reason = Picture(text, "results/a/thumb.webp"), Reason(text, text)
    return [
        Invitation(**common, inviter=text, office=text, role=text, path="/invitations/1", expires_at=AT),
        BatchReady(
            **common,
            project=text,
            path="/projects/1",
            ready=2,
            failed=many + 1,
            canceled=1,
            pictures=(picture,) * min(many, 6),
            reasons=(reason,) * many,
        ),
        StagingFailed(**common, project=text, path="/projects/1", reason=reason),
        NewDevice(**common, device=text, address=text, at=AT, path="/sessions"),
        ExportReady(**common, path="/exports/1", expires_at=AT),
        WebhookDisabled(**common, endpoint=text, reason=text, path="/webhooks", off_at=AT),
        PaymentTrouble(**common, account=text, trouble="late", plan=text, until=AT, path="/settings/billing"),
        MembersChanged(**common, office=text, who=text, change="joined", role=text, path="/members"),
        BudgetSpent(**common, office=text, percent=80, budget_usd="1.25", month=AT.date(), path="/usage"),
        ErasureBegun(**common, account=text, who=text, due_at=AT, path="/settings/privacy"),
        Erased(**common, receipt_id=UUID(int=2), deleted={"photos": 3, "people": 1}, kept=(text,), path="/"),
    ]


def written(letter, name="Ada"):
    """The message, read again."""
    said = wording.words(letter)
    links = Links(HOME, f"{HOME}/settings/mail", UNSUBSCRIBE if letter.kind in OPTIONAL else None)
    made = rendered(said, links, {"results/a/thumb.webp": "picture-1@example.com"})
    envelope = Envelope(
        "<1@mail.example.com>",
        AT,
        Mailbox("Real Staging", "hello@mail.example.com"),
        Mailbox(rules.plain(name, 60), "ada@example.com"),
        Mailbox("", "help@example.com"),
        links.unsubscribe,
        (("X-SES-CONFIGURATION-SET", "mail"),),
    )
    attached = (Attached("picture-1@example.com", b"\xff\xd8\xff\xd9"),) if said.pictures else ()
    data = composed(envelope, Content(said.subject, made.text, made.html, attached))
    return data, message_from_bytes(data, policy=policy.default)


class Seen(HTMLParser):
    """Every element, every address, every text of a page."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.addresses, self.texts, self.alternatives = set(), [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.addresses += [value for name, value in attrs if name in {"href", "src"}]
        self.alternatives += [dict(attrs).get("alt") for _ in range(tag == "img")]

    def handle_data(self, data):
        self.texts.append(data)


def test_there_are_words_for_every_kind():
    assert {letter.kind for letter in letters()} == {kind.__struct_config__.tag for kind in AnyLetter.__args__}
    assert OPTIONAL.keys() < {letter.kind for letter in letters()}


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: letter.kind)
def test_a_letter_is_whole(letter):
    data, message = written(letter)
    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) < 998
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<1@mail.example.com>"
    assert message["From"] == "Real Staging <hello@mail.example.com>"
    assert message["X-SES-CONFIGURATION-SET"] == "mail"
    assert message["Subject"]
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    seen = Seen(html)
    assert "{{" not in html + text
    assert {"script", "form", "link"} & seen.elements == set()
    # No picture from elsewhere, which would tell when the letter is read; no link but to us.
    assert all(address.startswith((f"{HOME}/", "cid:")) for address in seen.addresses)
    assert all(seen.alternatives)
    said = wording.words(letter)
    for sentence in (*said.paragraphs, said.closing, said.why, *([said.action.label] if said.action else [])):
        assert sentence in text
        assert sentence in "".join(seen.texts)
    # Whose account is gone has nowhere to go.
    assert (said.action is None) == (letter.kind == "erased")
    if said.action:
        assert f"{HOME}{said.action.path}" in text
        assert f"{HOME}{said.action.path}" in seen.addresses
    if letter.kind in OPTIONAL:
        # In one piece, as it is followed by a program.
        assert f"List-Unsubscribe: <{UNSUBSCRIBE}>\r\n".encode() in data
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert UNSUBSCRIBE in text
    else:
        assert "List-Unsubscribe" not in message


FIELDS = {
    *("Message-ID", "Date", "From", "To", "Reply-To", "Subject", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "X-SES-CONFIGURATION-SET", "MIME-Version", "Content-Type"),
}
HOSTILE = [
    "Ada\r\nBcc: everybody@example.com",
    "Ada\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "<img src=https://evil.example.com/pixel.gif><a href='https://evil.example.com'>you won</a>",
    "{{ 7 * 7 }}{% include 'letter.txt' %}{{ ''.__class__.__mro__ }}",
    "visit www.evil.example.com or https://evil.example.com/now",
    "שלום \u202eevil\u202c \u2066x\u2069",
    "👩‍👩‍👧 Zoë \U0001f3e0" * 40,
    "=?utf-8?q?=0D=0ABcc:_x@example.com?=",
    'Ada" <x@evil.example.com>, "Bob',
    "\x00\x1b[31m\u2028\u2029\ufeff",
    "x" * 20_000,
    "%s %(a)s {0} {who}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_somebody_chose_becomes_more_than_a_text(text):
    for letter in letters(text, many=10):
        data, message = written(letter, name=text)
        assert len(data) < 200_000
        assert set(message.keys()) <= FIELDS
        assert len(set(message.keys())) == len(message.keys())
        [to] = message["To"].addresses
        assert to.addr_spec == "ada@example.com"
        plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
        seen = Seen(html)
        assert {"script", "form"} & seen.elements == set()
        assert all(address.startswith((f"{HOME}/", "cid:")) for address in seen.addresses)
        assert "49" not in plain
        assert "://evil" not in plain
        assert "\u202e" not in html
        assert len(str(message["Subject"])) <= wording.LONGEST_SUBJECT


def test_a_name_makes_no_link_and_stays_readable():
    assert rules.name("see https://evil.example.com/x") == "see https: //evil. example. com/x"
    assert rules.name("J.R. Smith & Co. St. Mary's") == "J.R. Smith & Co. St. Mary's"
    for dot in "。．｡":
        assert rules.name(f"evil{dot}com") == f"evil{dot} com"
    assert rules.plain("living room.jpg") == "living room.jpg"
    assert rules.plain("👩‍👩‍👧") == "👩‍👩‍👧"
    assert rules.plain("x" * 500, 10) == "x" * 9 + "…"


def test_a_letter_too_large_is_not_sent():
    envelope = Envelope("<1@x.de>", AT, Mailbox("", "a@x.de"), Mailbox("", "b@x.de"))
    for content in (
        Content("s", "t", "x" * (LARGEST_HTML + 1)),
        Content("s", "t", "h", (Attached("a@x.de", b"x" * 1_000_000),)),
    ):
        with pytest.raises(TooLargeToSend):
            composed(envelope, content)


def test_a_link_of_a_letter_says_whose_choice_it_is_and_of_what_and_cannot_be_made_up():
    keys = (b"a" * 32, b"b" * 32)
    choice = rules.Choice(bytes(range(32)), "batch_ready")
    token = rules.sealed(choice, keys)
    assert rules.opened(token, keys) == choice
    assert rules.opened(token, (b"c" * 32, b"a" * 32)) == choice
    told, mac = token.split(".")
    invented = [f"{told[:-1]}A.{mac}", f"{told}.{mac[:-2]}AA", token[:-1], "", ".", "a.b", "a.b.c", "é.é", "x" * 2000]
    invented += [rules.sealed(choice, (b"c" * 32,)), rules.sealed(rules.Choice(bytes(32), "invitation"), keys)]
    for wrong in invented:
        assert rules.opened(wrong, keys) is None, wrong


def test_pauses_grow_up_to_hours_and_end_after_three_days():
    assert rules.pause(0, 0.5) == timedelta(seconds=30)
    whole = timedelta()
    tries = 0
    while not rules.is_too_late(AT, AT + whole):
        whole += rules.pause(tries, 0.5)
        tries += 1
    assert 20 < tries < 40
    assert rules.pause(500, 1.0) <= timedelta(hours=5)


def test_who_gets_many_letters_waits_for_the_next_ones_turn():
    sent = [AT - timedelta(minutes=minute) for minute in range(rules.MOST_TO_ADDRESS)]
    assert rules.room_at(AT, sent[:-1], []) is None
    assert rules.room_at(AT, sent, []) == sent[-1] + rules.PER_ADDRESS
    many = [AT - timedelta(seconds=second) for second in range(rules.MOST_OF_ACCOUNT)]
    assert rules.room_at(AT, sent, many) == many[-1] + rules.PER_ACCOUNT


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_adds_a_header_by_itself(text):
    """Without the rules of letters before it: what writes messages stands alone."""
    envelope = Envelope("<1@x.de>", AT, Mailbox("", "a@x.de"), Mailbox(text[:200], "b@x.de"))
    try:
        data = composed(envelope, Content(text[:200], "t", "h"))
    except ValueError:
        return
    assert set(message_from_bytes(data, policy=policy.default).keys()) <= FIELDS
