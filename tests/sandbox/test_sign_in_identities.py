"""Identities are deleted at the issuer, by its Management API as the sandbox has it."""

import pytest
from aiohttp import web

from harness.service import listener
from realstaging.kit.errors import Unavailable
from realstaging.runtime.sign_in_identities import NotAllowed, SignInIdentities
from realstaging.sandbox.oidc_management import CLIENT_ID, CLIENT_SECRET
from tests.sandbox.test_oidc import browser, issuer, key_file, sessions, times

__all__ = ["browser", "issuer", "key_file", "sessions", "times"]


async def test_who_is_deleted_gets_no_tokens_any_more_and_others_do(browser):
    ada, paul = await browser.sign_in(), await browser.sign_in({"subject": "sandbox|paul"})
    identities = SignInIdentities(browser.issuer, CLIENT_ID, CLIENT_SECRET)
    assert await identities.delete(browser.issuer, "sandbox|ada")
    assert (await browser.refresh(ada["refresh_token"]))[1]["error"] == "invalid_grant"
    assert (await browser.refresh(paul["refresh_token"]))[0] == 200
    assert await identities.delete(browser.issuer, "sandbox|ada"), "again, it is the same"


async def test_of_another_issuer_or_without_a_client_nothing_is_deleted(browser):
    ada = await browser.sign_in()
    assert not await SignInIdentities(browser.issuer).delete(browser.issuer, "sandbox|ada")
    others = SignInIdentities(browser.issuer, CLIENT_ID, CLIENT_SECRET)
    assert not await others.delete("https://elsewhere.example/", "sandbox|ada")
    assert (await browser.refresh(ada["refresh_token"]))[0] == 200


async def test_a_domain_of_ones_own_has_the_api_at_the_tenants(browser):
    ada, own = await browser.sign_in(), "https://login.example.com/"
    identities = SignInIdentities(own, CLIENT_ID, CLIENT_SECRET, address=f"{browser.issuer}/")
    assert await identities.delete(own, "sandbox|ada")
    assert (await browser.refresh(ada["refresh_token"]))[1]["error"] == "invalid_grant"


async def test_a_wrong_secret_is_told_and_is_nothing_that_time_heals(browser):
    with pytest.raises(NotAllowed):
        await SignInIdentities(browser.issuer, CLIENT_ID, "another").delete(browser.issuer, "sandbox|ada")


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_an_issuer_that_is_away_is_asked_again_later(status):
    async def answer(_request):
        return web.Response(status=status)

    listening, url = listener()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        with pytest.raises(Unavailable):
            await SignInIdentities(url, CLIENT_ID, CLIENT_SECRET).delete(url, "auth0|1")
    finally:
        await runner.cleanup()
    with pytest.raises(Unavailable):
        await SignInIdentities(url, CLIENT_ID, CLIENT_SECRET).delete(url, "auth0|1")
