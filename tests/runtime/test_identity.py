"""Asking the issuer for its keys: once for all who wait, no longer than told, and not again and again while it is away."""

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from harness.service import AUDIENCE
from realstaging.kit.bounded_answers import LONGEST_DOCUMENT
from realstaging.kit.clock import utc_now
from realstaging.kit.errors import Unauthenticated, Unavailable
from realstaging.kit.tasks import ended
from realstaging.runtime.identity import CACHED_FOR, KEYS_AGE, SILENT_PAUSE, Identity
from realstaging.sandbox import oidc
from realstaging.sandbox.oidc_tokens import SigningKey, common_claims


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


async def nested(_request):
    return web.Response(body=b"[" * 900_000, content_type="application/json")


async def endless(_request):
    return web.json_response({"issuer": "it", "padding": " " * LONGEST_DOCUMENT})


@pytest.mark.parametrize("answer", [silent, nonsense, nested, endless])
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


def serving(keys):
    """An issuer with the keys that are in the list at the moment."""

    async def answer(request):
        if request.path.endswith("openid-configuration"):
            return web.json_response({"jwks_uri": f"http://{request.host}/keys"})
        return web.json_response({"keys": [key.public_jwk for key in keys]})

    return answer


def token(key, issuer, kind="at+jwt", **claims):
    now = utc_now()
    content = common_claims(oidc.PEOPLE[0], issuer=issuer, audience=AUDIENCE, now=now, lifetime=timedelta(hours=1))
    return key.sign({name: value for name, value in {**content, **claims}.items() if value is not None}, kind=kind)


@pytest.mark.parametrize("kind", ["JWT", "at+jwt", "AT+JWT", "application/at+jwt"])
async def test_an_access_token_may_be_called_so(kind, tmp_path):
    key = SigningKey(tmp_path / "key.pem")
    async with issuer(serving([key])) as (url, _):
        assert (await Identity(url, AUDIENCE).verify(token(key, url, kind))).subject == "sandbox|ada"


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        *((kind, {}) for kind in ("", "ID", "logout+jwt", "dpop+jwt", "JWE", 7)),
        *(("JWT", {name: "x"}) for name in ("nonce", "at_hash", "c_hash")),
        *(("JWT", {"typ": kind}) for kind in ("ID", "Refresh")),
        ("JWT", {"token_use": "id"}),
        *(("JWT", {"iss": value}) for value in ("https://another.test", None)),
        *(("JWT", {"aud": value}) for value in ("realstaging-web", None)),
        *(("JWT", {"sub": value}) for value in ("", "a\0", "x" * 300, None)),
        *(("JWT", {"exp": value}) for value in (1, None)),
    ],
)
async def test_what_is_no_access_token_of_ours_is_none(kind, claims, tmp_path):
    key = SigningKey(tmp_path / "key.pem")
    async with issuer(serving([key])) as (url, _):
        with pytest.raises(Unauthenticated):
            await Identity(url, AUDIENCE).verify(token(key, url, kind, **claims))


async def test_while_the_issuer_moves_both_its_names_are_good_and_name_the_same_person(tmp_path):
    keys = [SigningKey(tmp_path / f"{name}.pem") for name in ("new", "old")]
    async with issuer(serving(keys[:1])) as (new, _), issuer(serving(keys[1:])) as (old, _):
        verifier = Identity(new, AUDIENCE, former_issuer=old)
        claims = [await verifier.verify(token(key, url)) for key, url in zip(keys, (new, old), strict=True)]
        assert {one.issuers for one in claims} == {(new, old)}
        for key, url in zip(keys, (old, new), strict=True):
            with pytest.raises(Unauthenticated):
                await verifier.verify(token(key, url))
        with pytest.raises(Unauthenticated):
            await Identity(new, AUDIENCE).verify(token(keys[1], old))


async def renewed(verifier, url):
    """Keys are fetched by the clock once more, and taken in."""
    keys = verifier._keys[url]
    before = keys._keys
    renewing = asyncio.create_task(verifier.keep_keys(age=0.01))
    async with asyncio.timeout(10):
        while keys._keys is before:
            await asyncio.sleep(0.005)
    await ended(renewing)


async def test_a_key_that_is_withdrawn_is_believed_for_minutes_and_no_longer(tmp_path):
    now = 1e9
    keys = [SigningKey(tmp_path / "key.pem")]
    async with issuer(serving(keys)) as (url, _):
        verifier = Identity(url, AUDIENCE, clock=lambda: now)
        signed = token(keys[0], url)
        await verifier.verify(signed)
        keys[:] = [SigningKey(tmp_path / "next.pem")]
        verifier._keys[url]._fetch_again_at = 0.0
        await renewed(verifier, url)
        now += CACHED_FOR + 1
        with pytest.raises(Unauthenticated):
            await verifier.verify(signed)
        assert (await verifier.verify(token(keys[0], url))).subject == "sandbox|ada"
    assert KEYS_AGE + CACHED_FOR < 600


async def test_keys_stay_while_the_issuer_is_silent(tmp_path):
    key, away = SigningKey(tmp_path / "key.pem"), []

    async def answer(request):
        return web.Response(status=503) if away else await serving([key])(request)

    async with issuer(answer) as (url, asked):
        verifier = Identity(url, AUDIENCE)
        await verifier.verify(token(key, url))
        away.append(True)
        verifier._keys[url]._fetch_again_at = 0.0
        renewing = asyncio.create_task(verifier.keep_keys(age=60))
        async with asyncio.timeout(10):
            while len(asked) < 3:
                await asyncio.sleep(0.005)
        await ended(renewing)
        assert (await verifier.verify(token(key, url, jti="another"))).subject == "sandbox|ada"


@pytest.mark.parametrize(
    ("said", "verified", "signed_in_at"),
    [
        ({}, True, None),
        ({"email_verified": False, "auth_time": 1000}, False, 1000),
        ({"email_verified": None, "auth_time": None, "iat": 2000}, False, 2000),
        ({"email_verified": "true", "auth_time": "1000", "iat": 2000}, True, 2000),
        ({"email_verified": "false", "auth_time": True, "iat": 2000}, False, 2000),
        ({"email": None, "email_verified": True}, False, None),
        ({"email_verified": None, f"{AUDIENCE}/email_verified": True, f"{AUDIENCE}/auth_time": 7}, True, None),
    ],
)
async def test_what_is_said_of_the_address_and_of_the_sign_in_is_kept(said, verified, signed_in_at, tmp_path):
    key = SigningKey(tmp_path / "key.pem")
    async with issuer(serving([key])) as (url, _):
        claims = await Identity(url, AUDIENCE).verify(token(key, url, **said))
    assert claims.email_verified is verified
    assert signed_in_at is None or claims.signed_in_at == signed_in_at


async def test_a_token_that_lives_long_is_told_of_once(tmp_path):
    key = SigningKey(tmp_path / "key.pem")
    async with issuer(serving([key])) as (url, _):
        verifier = Identity(url, AUDIENCE)
        with capture_logs() as lines:
            for name in ("a", "b"):
                await verifier.verify(token(key, url, jti=name, exp=utc_now().timestamp() + 90_000))
    assert [line["event"] for line in lines] == ["identity.long_lived"]
