"""Answers that come in pieces, on real sockets."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from realstaging.kit import bounded_answers
from realstaging.kit.bounded_answers import AnswerTooLong

PIECES = [bytes([number]) * 1000 for number in range(5)]


@asynccontextmanager
async def served(answer):
    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    try:
        yield f"http://{host}:{port}/"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def told(said):
    async def answer(_request):
        return web.Response(body=said, content_type="text/plain")

    async with served(answer) as address:
        yield address


@pytest.fixture
async def address():
    async def answer(request):
        response = web.StreamResponse()
        if "sized" in request.query:
            response.content_length = len(b"".join(PIECES))
        await response.prepare(request)
        for piece in PIECES:
            await response.write(piece)
            await asyncio.sleep(0.01)
        return response

    async with served(answer) as address:
        yield address


@pytest.mark.parametrize("query", ["", "?sized"])
async def test_an_answer_is_read_to_its_end_and_no_further_than_its_limit(address, query):
    async with aiohttp.ClientSession() as session:
        async with session.get(address + query) as answer:
            assert await bounded_answers.whole(answer, 5000) == b"".join(PIECES)
        async with session.get(address + query) as answer:
            with pytest.raises(AnswerTooLong):
                await bounded_answers.whole(answer, 4999)


@pytest.mark.parametrize("said", [b"[" * 100_000, b"{", b"", b"\xff"])
async def test_what_is_no_document_is_a_value_error(said):
    async with told(said) as address, aiohttp.ClientSession() as session, session.get(address) as answer:
        with pytest.raises(ValueError):
            await bounded_answers.document(answer, 100_000)


async def test_a_document_is_read_whatever_type_it_says_it_has():
    async with told(b'{"a": [1]}') as address, aiohttp.ClientSession() as session, session.get(address) as answer:
        assert await bounded_answers.document(answer, 10) == {"a": [1]}
