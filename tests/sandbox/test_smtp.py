"""The mail server's stand-in: what it takes it shows, whatever stands in it, and it goes wrong when it is told to."""

import re

import aiohttp
import pytest
from aiohttp import web

from realstaging.mail.addresses import Mailbox
from realstaging.mail.answers import NotYet
from realstaging.mail.outgoing import Letterhead, Outgoing
from realstaging.mail.server import mail_server
from realstaging.sandbox.smtp.inbox import MOST_KEPT
from realstaging.sandbox.smtp.page import create_app
from realstaging.sandbox.smtp.server import SmtpSandbox
from tests.mail.test_message import letters, written


@pytest.fixture
async def sandbox():
    sandbox = SmtpSandbox()
    runner = web.AppRunner(create_app(sandbox))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    async with sandbox.serving() as port, aiohttp.ClientSession(base_url=address) as sandbox.browser:
        letterhead = Letterhead(Mailbox("", "hello@mail.example.com"))
        sandbox.outgoing = Outgoing(mail_server(f"smtp://127.0.0.1:{port}?tls=none"), letterhead, patience=5)
        yield sandbox
    await runner.cleanup()


async def page(sandbox, path, status=200):
    async with sandbox.browser.get(path) as answer:
        assert answer.status == status
        return await answer.text(), answer.headers


async def test_every_letter_is_in_the_page_with_its_pictures_text_and_headers(sandbox):
    sent = letters("<script>alert(1)</script> Söhne")
    for letter in sent:
        data, _ = written(letter)
        await sandbox.outgoing.deliver("ada@example.com", data)
    listed, headers = await page(sandbox, "/")
    assert "script" not in headers["Content-Security-Policy"]
    assert listed.count('href="/letters/') == len(sent)
    assert "<script>" not in listed
    shown, _ = await page(sandbox, "/letters/2")
    assert "<script>" not in shown
    assert 'src="/letters/2/html"' in shown
    assert "List-Unsubscribe: &lt;https://app.example.com" in shown
    html, headers = await page(sandbox, "/letters/2/html")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert '<base target="_blank">' in html
    assert "cid:" not in html
    [picture] = re.findall(r'<img src="([^"]+)"', html)
    async with sandbox.browser.get(picture) as answer:
        assert await answer.read() == b"\xff\xd8\xff\xd9"
    for missing in ("/letters/99", "/letters/2/pictures/other", "/letters/99/html"):
        await page(sandbox, missing, 404)
    async with sandbox.browser.get("/letters.json") as answer:
        [newest, *_] = await answer.json()
    assert newest["number"] == len(sent)
    assert newest["to"] == ["ada@example.com"]


async def test_it_goes_wrong_once_when_the_page_says_so(sandbox):
    async with sandbox.browser.post("/misbehave", data={"step": "rcpt", "answer": "451 4.3.0 Later"}) as answer:
        assert "451 4.3.0 Later" in await answer.text()
    with pytest.raises(NotYet):
        await sandbox.outgoing.deliver("ada@example.com", b"x\r\n")
    await sandbox.outgoing.deliver("ada@example.com", b"x\r\n")
    for wrong in ({"step": "rcpt", "answer": "451 x\r\n250 y"}, {"step": "nowhere", "answer": "drop"}, {}):
        async with sandbox.browser.post("/misbehave", data=wrong):
            assert sandbox.faults == []


async def test_it_keeps_the_newest(sandbox):
    for _ in range(MOST_KEPT + 5):
        sandbox.inbox.taken += 1
        sandbox.inbox.letters.append(sandbox.inbox.taken)
    assert len(sandbox.inbox.letters) == MOST_KEPT
    assert sandbox.inbox.letters[0] == 6
