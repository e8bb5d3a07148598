"""Asking the issuer for its keys: once for all who wait, no longer than told, and not again and again while it is away."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from harness.service import AUDIENCE
from realstaging.kit.errors import Unauthenticated, Unavailable
from realstaging.runtime.identity import SILENT_PAUSE, Identity
from realstaging.sandbox import oidc
from realstaging.sandbox.oidc_tokens import SigningKey


@asynccontextmanager
async def issuer(answer):
    """An issuer that answers as told, and how often it was asked."""
    asked = []

    async def take(request):
        asked.append(request.path)
        return await answer(request)

    app = web.Application()
    app.router.add_get("/{path:.*}", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


async def silent(_request):
    await asyncio.sleep(3600)


async def nonsense(_request):
    return web.json_response(["no", "keys"])


@pytest.mark.parametrize("answer", [silent, nonsense])
async def test_an_issuer_without_an_answer_is_asked_once_and_waited_for_once(answer, tmp_path):
    async with issuer(answer) as (url, asked):
        token = oidc.mint_token(tmp_path / "key.pem", issuer=url, audience=AUDIENCE, person=oidc.PEOPLE[0])
        verifier = Identity(url, AUDIENCE, patience=0.3)
        began = time.monotonic()
        outcomes = await asyncio.gather(*(verifier.verify(token) for _ in range(50)), return_exceptions=True)
        outcomes.append((await asyncio.gather(verifier.verify(token), return_exceptions=True))[0])
        assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
        assert len(asked) == 1
        assert time.monotonic() - began < SILENT_PAUSE


async def test_unknown_keys_are_asked_for_once_in_a_while(tmp_path):
    """Whoever makes up key ids cannot make us knock at the issuer's door with each."""
    known = SigningKey(tmp_path / "key.pem").public_jwk

    async def none_of_these(request):
        if request.path.endswith("openid-configuration"):
            return web.json_response({"jwks_uri": f"http://{request.host}/keys"})
        return web.json_response({"keys": [known]})

    async with issuer(none_of_these) as (url, asked):
        verifier = Identity(url, AUDIENCE)
        forged = oidc.mint_token(tmp_path / "forged.pem", issuer=url, audience=AUDIENCE, person=oidc.PEOPLE[0])
        outcomes = await asyncio.gather(*(verifier.verify(forged) for _ in range(20)), return_exceptions=True)
        assert all(isinstance(outcome, Unauthenticated) for outcome in outcomes)
        assert len(asked) == 2
