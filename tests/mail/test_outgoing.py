"""Handing letters over, on the wire: what is taken, what is tried again, what never will be."""

import asyncio

import pytest

from realstaging.mail.addresses import Mailbox, digest, mailbox, reachable
from realstaging.mail.answers import NotYet, Refused
from realstaging.mail.outgoing import MOST_AT_ONCE, Letterhead, Outgoing
from realstaging.mail.server import mail_server
from realstaging.sandbox.smtp.server import Habits, SmtpSandbox
from tests.cli.tls import certificate, server_context

LETTERHEAD = Letterhead(Mailbox("Real Staging", "hello@mail.example.com"))
MESSAGE = b"Subject: hello\r\n\r\nwith\r\n.a dot\r\n"
STEPS = ("connect", "ehlo", "mail", "rcpt", "data", "content", "taken")


def outgoing(port, host="127.0.0.1", **more):
    options = {"tls": "none", "user": "", **more}
    user = f"{options['user']}@" if options["user"] else ""
    query = f"?tls={options['tls']}" if options["tls"] != "implicit" else ""
    scheme = "smtps" if options["tls"] == "implicit" else "smtp"
    return Outgoing(mail_server(f"{scheme}://{user}{host}:{port}{query}"), LETTERHEAD, patience=2)


async def test_a_letter_arrives_as_it_was_sent_from_who_has_signed_in():
    sandbox = SmtpSandbox(Habits(user="me@example.com", password="p:/@ä#%"))
    async with sandbox.serving() as port:
        said = await outgoing(port, user="me%40example.com:p%3A%2F%40%C3%A4%23%25").deliver("ada@example.com", MESSAGE)
        assert said.startswith("250")
        [letter] = sandbox.inbox.letters
        assert (letter.data, letter.sender, letter.recipients) == (
            MESSAGE,
            "hello@mail.example.com",
            ("ada@example.com",),
        )
        assert letter.user == "me@example.com"
        for user in ("me%40example.com:other", ""):
            with pytest.raises(NotYet):
                await outgoing(port, user=user).deliver("ada@example.com", MESSAGE)
    assert sandbox.inbox.taken == 1


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_nothing_is_said_before_it_is_encrypted(tls, tmp_path, monkeypatch):
    path = certificate(tmp_path)
    sandbox = SmtpSandbox(
        Habits(user="me", password="hush", context=server_context(path)), implicit_tls=tls == "implicit"
    )
    async with sandbox.serving() as port:
        with pytest.raises(NotYet, match="ertificate"):
            await outgoing(port, "localhost", tls=tls, user="me:hush").deliver("ada@example.com", MESSAGE)
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        await outgoing(port, "localhost", tls=tls, user="me:hush").deliver("ada@example.com", MESSAGE)
        [letter] = sandbox.inbox.letters
        assert (letter.encrypted, letter.user) == (True, "me")


async def test_a_server_without_tls_is_told_nothing_where_tls_is_wanted():
    sandbox = SmtpSandbox(Habits(user="me", password="hush"))
    async with sandbox.serving() as port:
        with pytest.raises(NotYet):
            await outgoing(port, tls="starttls", user="me:hush").deliver("ada@example.com", MESSAGE)
    assert sandbox.inbox.taken == 0


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("answer", ["451 4.3.0 Later", "421 4.3.2 Closing", "drop"])
async def test_what_time_may_heal_is_tried_again(step, answer):
    sandbox = SmtpSandbox(Habits(user="me", password="hush"))
    async with sandbox.serving() as port:
        sandbox.misbehave(step, answer)
        with pytest.raises(NotYet):
            await outgoing(port, user="me:hush").deliver("ada@example.com", MESSAGE)


@pytest.mark.parametrize(
    ("step", "answer", "hard"),
    [
        ("rcpt", "550 5.1.1 No such user", True),
        ("rcpt", "550 5.1.10 Null MX", True),
        ("rcpt", "550 No such user here", True),
        ("rcpt", "553 Mailbox name not allowed", True),
        ("rcpt", "550 Relaying denied", False),
        ("rcpt", "550 5.7.1 Not by our rules", False),
        ("rcpt", "552 5.2.2 Mailbox full", False),
        ("rcpt", "554 5.7.1 Address not verified", False),
        ("data", "554 5.5.1 No", False),
        ("content", "550 5.7.1 Looks like spam", False),
        ("content", "554 5.6.0 Not like this", False),
    ],
)
async def test_what_is_refused_for_good_and_whether_anybody_is_there(step, answer, hard):
    sandbox = SmtpSandbox()
    async with sandbox.serving() as port:
        sandbox.misbehave(step, answer)
        with pytest.raises(Refused) as refused:
            await outgoing(port).deliver("ada@example.com", MESSAGE)
    assert refused.value.hard is hard
    assert answer.partition(" ")[2] in str(refused.value)


@pytest.mark.parametrize("answer", ["550 5.1.1 <ada@example.com>: no such user", "451 ada@example.com is busy"])
async def test_what_is_kept_of_an_answer_names_nobody(answer):
    """Servers repeat whom a message was to, and what they said stood in logs and on operators' pages."""
    sandbox = SmtpSandbox()
    async with sandbox.serving() as port:
        sandbox.misbehave("rcpt", answer)
        with pytest.raises((Refused, NotYet)) as refused:
            await outgoing(port).deliver("ada@example.com", MESSAGE)
        assert "[address]" in str(refused.value)
        assert "ada" not in str(refused.value)
        sandbox.misbehave("taken", "250 2.1.5 queued for ada@example.com")
        assert await outgoing(port).deliver("ada@example.com", MESSAGE) == "250 2.1.5 queued for [address]"


@pytest.mark.parametrize(("step", "answer"), [("connect", "554 5.7.1 Go away"), ("mail", "550 5.7.1 Not your domain")])
async def test_what_the_server_holds_against_us_is_no_letters_fault(step, answer):
    sandbox = SmtpSandbox()
    async with sandbox.serving() as port:
        sandbox.misbehave(step, answer)
        with pytest.raises(NotYet):
            await outgoing(port).deliver("ada@example.com", MESSAGE)


async def test_a_server_that_says_nothing_is_not_waited_for():
    sandbox = SmtpSandbox()
    async with sandbox.serving() as port:
        sandbox.misbehave("mail", "slow", seconds=60)
        sender = Outgoing(mail_server(f"smtp://127.0.0.1:{port}?tls=none"), LETTERHEAD, patience=0.2)
        with pytest.raises(NotYet):
            await sender.deliver("ada@example.com", MESSAGE)


async def test_a_server_that_comes_back_is_not_overrun():
    sandbox = SmtpSandbox()
    async with sandbox.serving() as port:
        sender = outgoing(port)
        sandbox.misbehave("mail", "slow", times=99, seconds=0.01)
        await asyncio.gather(*(sender.deliver("ada@example.com", MESSAGE) for _ in range(5 * MOST_AT_ONCE)))
    assert sandbox.inbox.taken == 5 * MOST_AT_ONCE
    # One that has said goodbye may still be hanging up.
    assert sandbox.most_at_once <= MOST_AT_ONCE + 2


async def test_a_letter_that_was_taken_is_sent_however_the_goodbye_goes():
    sandbox = SmtpSandbox()
    async with sandbox.serving() as port:
        said = await outgoing(port).deliver("ada@example.com", MESSAGE)
    assert said == "250 2.0.0 Taken as 1"


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example.com",
        "smtp://",
        "smtp://mail.example.com/path",
        "smtp://mail.example.com?tls=maybe",
        "smtps://mail.example.com?tls=none",
        "smtp://mail.example.com?password=hush",
        "smtp://mail.example.com?header=Bcc:me@example.com",
        "smtp://mail.example.com?header=X-A:b%0D%0ABcc:%20me@example.com",
        "smtp://mail.example.com:port",
    ],
)
def test_a_mail_url_that_is_none_is_refused_without_repeating_it(url):
    with pytest.raises(ValueError) as refused:
        mail_server(url)
    assert "example" not in str(refused.value)
    assert "hush" not in str(refused.value)


def test_a_mail_url_says_how_the_server_is_spoken_to():
    assert mail_server("smtp://h").tls == "starttls"
    assert (mail_server("smtp://h").port, mail_server("smtps://h").port) == (587, 465)
    server = mail_server(
        "smtp://u%40x:hush%2Fhush@h:2525?header=X-SES-CONFIGURATION-SET:mail&header=X-PM-Message-Stream:outbound"
    )
    assert server.headers == (("X-SES-CONFIGURATION-SET", "mail"), ("X-PM-Message-Stream", "outbound"))
    assert (server.user, server.password) == ("u@x", "hush/hush")
    assert "hush" not in repr(server)


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("ada@example.com", "ada@example.com"),
        (" Ada.L+tag@Example.COM ", "Ada.L+tag@example.com"),
        ("ada@bücher.de", "ada@xn--bcher-kva.de"),
        *(
            (wrong, None)
            for wrong in ("", "ada", "ada@", "@example.com", "ada@localhost", "a..b@example.com", "ä@example.com")
        ),
        *(
            (wrong, None)
            for wrong in ("a b@example.com", "ada@-x.de", "ada@[127.0.0.1]", "<ada@example.com>", '"a"@example.com')
        ),
        *(
            (wrong, None)
            for wrong in ("a@b.de,c@d.de", "a@b.de\r\nRCPT TO:<c@d.de>", "a@b.de>\r\n", f"{'a' * 65}@example.com")
        ),
        (f"a@{'b.' * 130}de", None),
    ],
)
def test_only_what_a_server_takes_is_an_address(address, wire):
    assert reachable(address) == wire


def test_one_address_is_one_however_it_is_written():
    assert digest("Ada@Example.com") == digest(" ada@example.COM")
    assert digest("ada@bücher.de") == digest("ada@xn--bcher-kva.de")
    assert digest("ada@example.com") != digest("adb@example.com")
    assert mailbox("Real Staging <hello@mail.example.com>") == LETTERHEAD.sender
    for wrong in ("Real Staging", "a@b", "Real Staging <hello@example>"):
        with pytest.raises(ValueError):
            mailbox(wrong)


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("anna@straße.de", "anna@xn--strae-oqa.de"),
        ("anna@STRAßE.de", "anna@xn--strae-oqa.de"),
        ("anna@σ.βόλος.gr", "anna@xn--4xa.xn--nxasmm1c.gr"),
        ("anna@r3---sn.example.com", "anna@r3---sn.example.com"),
        ("anna@straße..de", None),
        (f"anna@{'ß' * 64}.de", None),
    ],
)
def test_a_domain_is_its_own_and_not_the_one_it_resembles(address, wire):
    assert reachable(address) == wire
