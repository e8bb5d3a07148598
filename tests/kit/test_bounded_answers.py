"""Answers that come in pieces, on real sockets."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from realstaging.kit import bounded_answers
from realstaging.kit.bounded_answers import AnswerTooLong

PIECES = [bytes([number]) * 1000 for number in range(5)]


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

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    yield f"http://{host}:{port}/"
    await runner.cleanup()


@pytest.mark.parametrize("query", ["", "?sized"])
async def test_an_answer_is_read_to_its_end_and_no_further_than_its_limit(address, query):
    async with aiohttp.ClientSession() as session:
        async with session.get(address + query) as answer:
            assert await bounded_answers.whole(answer, 5000) == b"".join(PIECES)
        async with session.get(address + query) as answer:
            with pytest.raises(AnswerTooLong):
                await bounded_answers.whole(answer, 4999)
