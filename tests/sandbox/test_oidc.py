"""The sandbox issuer, spoken to over HTTP as a browser and the web app do."""

import base64
import hashlib
import re
import secrets
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import jwt
import pytest
from aiohttp import web

from realstaging.dev.ports import free_port
from realstaging.kit.clock import utc_now
from realstaging.kit.errors import Unauthenticated
from realstaging.runtime.identity import Identity
from realstaging.sandbox.oidc import PEOPLE, Sessions, create_app, mint_token

WEB = "http://localhost:8000"
AUDIENCE = "https://api.test"
CLIENT = "realstaging-web"


class Times:
    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return utc_now() + self.ahead


class Browser:
    """A sign-in with PKCE, step by step."""

    def __init__(self, http, issuer):
        self.http = http
        self.issuer = issuer
        self.verifier = secrets.token_urlsafe(48)

    def request(self, **changes):
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": CLIENT,
            "redirect_uri": f"{WEB}/callback",
            "response_type": "code",
            "scope": "openid profile email offline_access",
            "state": "the state",
            "nonce": "the nonce",
            "audience": AUDIENCE,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **changes,
        }
        return {name: value for name, value in asked.items() if value is not None}

    async def choose(self, person, **changes):
        """Press a button; the query of the address the browser is sent to."""
        answer = await self.http.post(
            f"{self.issuer}/authorize", params=self.request(**changes), data=person, allow_redirects=False
        )
        assert answer.status == 303
        address = urlsplit(answer.headers["Location"])
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{WEB}/callback"
        return {name: values[0] for name, values in parse_qs(address.query).items()}

    async def token(self, **form):
        answer = await self.http.post(f"{self.issuer}/token", data={"client_id": CLIENT, **form})
        return answer.status, await answer.json()

    async def redeem(self, code, **changes):
        form = {"code": code, "redirect_uri": f"{WEB}/callback", "code_verifier": self.verifier, **changes}
        return await self.token(grant_type="authorization_code", **form)

    async def refresh(self, token):
        return await self.token(grant_type="refresh_token", refresh_token=token)

    async def sign_in(self, person=None, **changes):
        back = await self.choose(person or {"subject": "sandbox|ada"}, **changes)
        status, tokens = await self.redeem(back["code"])
        assert status == 200
        return tokens


@pytest.fixture
def times():
    return Times()


@pytest.fixture
def key_file(tmp_path):
    return tmp_path / "oidc.pem"


@pytest.fixture
def sessions():
    return Sessions()


@pytest.fixture
async def issuer(key_file, times, sessions):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app = create_app(url, AUDIENCE, key_file, web_origin=WEB, client_id=CLIENT, clock=times, sessions=sessions)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield url
    await runner.cleanup()


@pytest.fixture
async def browser(issuer):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Browser(http, issuer)


async def test_one_click_signs_in_and_the_api_believes_the_token(browser, issuer):
    page = await (await browser.http.get(f"{issuer}/authorize", params=browser.request())).text()
    people = re.findall(r'name="subject" value="([^"]+)"', page)
    assert people == [person.subject for person in PEOPLE]
    assert "Sandbox." in page

    back = await browser.choose({"subject": people[1]})
    assert (back["state"], back["iss"]) == ("the state", issuer)
    status, tokens = await browser.redeem(back["code"])

    assert status == 200
    claims = await Identity(issuer, AUDIENCE).verify(tokens["access_token"])
    assert (claims.subject, claims.email, claims.name) == ("sandbox|paul", "paul@example.com", "Paul Photographer")
    identity = jwt.decode(tokens["id_token"], options={"verify_signature": False}, audience=CLIENT)
    assert (identity["aud"], identity["nonce"], identity["iss"]) == (CLIENT, "the nonce", issuer)


async def test_an_email_address_makes_a_new_person(browser, issuer):
    tokens = await browser.sign_in({"email": "New.Person@Example.com"})
    claims = await Identity(issuer, AUDIENCE).verify(tokens["access_token"])
    assert (claims.subject, claims.email) == ("sandbox|new.person@example.com", "new.person@example.com")


async def test_discovery_names_endpoints_that_answer(browser, issuer):
    found = await (await browser.http.get(f"{issuer}/.well-known/openid-configuration")).json()
    assert found["issuer"] == issuer
    assert found["code_challenge_methods_supported"] == ["S256"]
    for name in ("jwks_uri", "authorization_endpoint", "end_session_endpoint", "userinfo_endpoint", "token_endpoint"):
        assert (await browser.http.get(found[name])).status != 404, name


async def test_a_code_is_good_once_for_one_minute_and_one_verifier(browser, times):
    code = (await browser.choose({"subject": "sandbox|ada"}))["code"]
    assert (await browser.redeem(code))[0] == 200
    assert (await browser.redeem(code))[1]["error"] == "invalid_grant"

    code = (await browser.choose({"subject": "sandbox|ada"}))["code"]
    assert (await browser.redeem(code, code_verifier="another"))[1]["error"] == "invalid_grant"

    code = (await browser.choose({"subject": "sandbox|ada"}))["code"]
    assert (await browser.redeem(code, redirect_uri=f"{WEB}/other"))[1]["error"] == "invalid_grant"

    code = (await browser.choose({"subject": "sandbox|ada"}))["code"]
    times.ahead = timedelta(seconds=61)
    assert (await browser.redeem(code))[1]["error"] == "invalid_grant"


async def test_refresh_tokens_rotate_and_a_stolen_one_ends_the_family(browser, issuer):
    first = (await browser.sign_in())["refresh_token"]
    status, tokens = await browser.refresh(first)
    assert status == 200
    assert (await Identity(issuer, AUDIENCE).verify(tokens["access_token"])).subject == "sandbox|ada"

    assert (await browser.refresh(first))[1]["error"] == "invalid_grant"
    assert (await browser.refresh(tokens["refresh_token"]))[1]["error"] == "invalid_grant"


@pytest.mark.parametrize("sessions", [Sessions(overlap=timedelta(seconds=5))])
async def test_two_tabs_may_refresh_at_once_within_the_overlap(browser, sessions, times):
    first = (await browser.sign_in())["refresh_token"]
    second = (await browser.refresh(first))[1]["refresh_token"]
    assert (await browser.refresh(first))[0] == 200
    assert (await browser.refresh(second))[0] == 200
    # Only the token before the newest: an older one is stolen, however quickly it comes.
    assert (await browser.refresh(first))[1]["error"] == "invalid_grant"
    assert (await browser.refresh(second))[1]["error"] == "invalid_grant"

    first = (await browser.sign_in())["refresh_token"]
    second = (await browser.refresh(first))[1]["refresh_token"]
    times.ahead = timedelta(seconds=5)
    assert (await browser.refresh(first))[1]["error"] == "invalid_grant"
    assert (await browser.refresh(second))[1]["error"] == "invalid_grant"


async def test_access_tokens_say_what_is_ours_below_the_audience(browser):
    tokens = await browser.sign_in()
    access, identity = (
        jwt.decode(tokens[name], options={"verify_signature": False}) for name in ("access_token", "id_token")
    )
    assert {"email", "email_verified", "name", "roles", "sid"} & set(access) == set()
    assert (access[f"{AUDIENCE}/email"], access[f"{AUDIENCE}/email_verified"]) == ("ada@example.com", True)
    assert access[f"{AUDIENCE}/roles"] == ["Agent"]
    assert identity["sid"] == access[f"{AUDIENCE}/sid"]
    _, refreshed = await browser.refresh(tokens["refresh_token"])
    again = jwt.decode(refreshed["access_token"], options={"verify_signature": False})
    assert again[f"{AUDIENCE}/sid"] == identity["sid"]
    other = jwt.decode((await browser.sign_in())["id_token"], options={"verify_signature": False})
    assert other["sid"] != identity["sid"]


class Management:
    """A program that bears the client credentials."""

    def __init__(self, browser):
        self.http = browser.http
        self.issuer = browser.issuer

    async def token(self, **changes):
        asked = {
            "grant_type": "client_credentials",
            "client_id": "sandbox-management",
            "client_secret": "sandbox-management-secret",
            "audience": f"{self.issuer}/api/v2/",
            **changes,
        }
        answer = await self.http.post(f"{self.issuer}/oauth/token", json=asked)
        return answer.status, await answer.json()

    async def ask(self, method, path, token):
        headers = {"Authorization": f"Bearer {token}"}
        answer = await self.http.request(method, f"{self.issuer}/api/v2/{path}", headers=headers)
        return answer.status


async def test_the_management_api_deletes_a_person(browser):
    management = Management(browser)
    status, given = await management.token()
    assert (status, given["token_type"]) == (200, "Bearer")
    ada, paul = await browser.sign_in(), await browser.sign_in({"subject": "sandbox|paul"})
    assert await management.ask("DELETE", "users/sandbox%7Cada", given["access_token"]) == 204
    assert (await browser.refresh(ada["refresh_token"]))[1]["error"] == "invalid_grant"
    assert (await browser.refresh(paul["refresh_token"]))[0] == 200
    # Again, and of nobody: it is the same.
    assert await management.ask("DELETE", "users/sandbox%7Cada", given["access_token"]) == 204
    assert await management.ask("DELETE", "users/sandbox%7Cnobody", given["access_token"]) == 204


async def test_the_management_api_asks_who_it_is(browser):
    management = Management(browser)
    assert (await management.token(client_secret="another"))[0] == 401
    assert (await management.token(audience=AUDIENCE))[0] == 403
    assert (await management.token(grant_type="password"))[0] == 400
    narrow = (await management.token(scope="delete:sessions"))[1]["access_token"]
    assert await management.ask("DELETE", "users/sandbox%7Cada", narrow) == 403
    person = (await browser.sign_in())["access_token"]
    for token in (person, "no token", ""):
        assert await management.ask("DELETE", "users/sandbox%7Cada", token) == 401
    assert (await browser.http.delete(f"{browser.issuer}/api/v2/users/sandbox%7Cada")).status == 401


@pytest.mark.parametrize("sessions", [Sessions(kept=True)])
@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "sessions/{sid}"), ("POST", "sessions/{sid}/revoke"), ("DELETE", "users/sandbox%7Cada/sessions")],
)
async def test_the_management_api_ends_a_session_with_its_refresh_tokens(browser, issuer, sessions, method, path):
    management = Management(browser)
    token = (await management.token())[1]["access_token"]
    tokens = await browser.sign_in()
    sid = jwt.decode(tokens["id_token"], options={"verify_signature": False})["sid"]
    assert await management.ask(method, path.format(sid=sid), token) in {202, 204}
    assert (await browser.refresh(tokens["refresh_token"]))[1]["error"] == "invalid_grant"
    answer = await browser.http.get(f"{issuer}/authorize", params=browser.request(prompt="none"), allow_redirects=False)
    assert "login_required" in answer.headers["Location"]


async def test_a_refresh_token_needs_its_scope_and_is_no_access_token(browser, issuer):
    assert "refresh_token" not in await browser.sign_in(scope="openid email")
    refresh_token = (await browser.sign_in())["refresh_token"]
    with pytest.raises(Unauthenticated):
        await Identity(issuer, AUDIENCE).verify(refresh_token)


async def test_sign_ins_outlive_a_restart(browser, issuer, key_file):
    tokens = await browser.sign_in()
    port = free_port()
    runner = web.AppRunner(create_app(issuer, AUDIENCE, key_file, web_origin=WEB, client_id=CLIENT))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    browser.issuer = f"http://127.0.0.1:{port}"
    try:
        assert (await browser.refresh(tokens["refresh_token"]))[0] == 200
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"audience": "https://another"}, "access_denied"),
        ({"scope": "email"}, "invalid_scope"),
        ({"prompt": "none"}, "login_required"),
    ],
)
async def test_a_wrong_request_goes_back_with_its_reason(browser, changes, error):
    back = await browser.choose({"subject": "sandbox|ada"}, **changes)
    assert (back["error"], back["state"]) == (error, "the state")
    assert back["error_description"]


@pytest.mark.parametrize(
    "changes", [{"client_id": "another"}, {"redirect_uri": "https://evil.example/callback"}, {"redirect_uri": None}]
)
async def test_nothing_is_sent_to_a_stranger(browser, issuer, changes):
    asked = browser.request(**changes)
    answer = await browser.http.get(f"{issuer}/authorize", params=asked, allow_redirects=False)
    assert answer.status == 400
    assert "This sign-in cannot go on" in await answer.text()


async def test_userinfo_answers_the_bearer_until_the_token_expires(browser, issuer, times):
    headers = {"Authorization": f"Bearer {(await browser.sign_in())['access_token']}"}
    answer = await browser.http.get(f"{issuer}/userinfo", headers=headers)
    assert (await answer.json())["email"] == "ada@example.com"
    times.ahead = timedelta(hours=1, seconds=1)
    assert (await browser.http.get(f"{issuer}/userinfo", headers=headers)).status == 401


async def test_scripts_of_the_web_app_may_ask_and_no_others(browser, issuer):
    vite = "http://127.0.0.1:5173"
    for origin, allowed in ((WEB, WEB), (vite, vite), ("https://evil.example", None)):
        answer = await browser.http.options(f"{issuer}/token", headers={"Origin": origin})
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed
        answer = await browser.http.post(f"{issuer}/token", headers={"Origin": origin}, data={})
        assert (answer.status, answer.headers.get("Access-Control-Allow-Origin")) == (400, allowed)


async def test_logout_goes_back_to_the_web_app_only(browser, issuer):
    address = {"post_logout_redirect_uri": f"{WEB}/", "state": "bye"}
    answer = await browser.http.get(f"{issuer}/logout", params=address, allow_redirects=False)
    assert answer.headers["Location"] == f"{WEB}/?state=bye"
    answer = await browser.http.get(f"{issuer}/logout", params={"post_logout_redirect_uri": "https://evil.example/"})
    assert (answer.status, "Signed out" in await answer.text()) == (200, True)


async def test_a_revoked_refresh_token_ends_its_family(browser, issuer):
    first = (await browser.sign_in())["refresh_token"]
    second = (await browser.refresh(first))[1]["refresh_token"]
    for token in (second, "no token"):
        assert (await browser.http.post(f"{issuer}/revoke", data={"token": token})).status == 200
    assert (await browser.refresh(second))[1]["error"] == "invalid_grant"


@pytest.mark.parametrize("sessions", [Sessions(kept=True)])
async def test_a_browser_is_known_again_until_it_signs_out(browser, issuer, sessions, times):
    async def silently(**more):
        asked = browser.request(**more)
        answer = await browser.http.get(f"{issuer}/authorize", params=asked, allow_redirects=False)
        return answer.status, "code=" in answer.headers.get("Location", "")

    assert await silently() == (200, False)
    tokens = await browser.sign_in()
    assert await silently() == (303, True)
    assert await silently(prompt="none") == (303, True)
    assert await silently(prompt="login") == (200, False)

    times.ahead = timedelta(days=2)
    logout = {"post_logout_redirect_uri": f"{WEB}/", "id_token_hint": tokens["access_token"]}
    assert (await browser.http.get(f"{issuer}/logout", params=logout)).status == 400
    assert await silently() == (303, True)
    logout["id_token_hint"] = tokens["id_token"]
    answer = await browser.http.get(f"{issuer}/logout", params=logout, allow_redirects=False)
    assert answer.headers["Location"] == f"{WEB}/"
    assert await silently() == (200, False)


@pytest.mark.parametrize("sessions", [Sessions(kept=True)])
async def test_an_application_can_ask_for_a_fresh_sign_in_and_is_told_when_it_was(browser, issuer, sessions, times):
    async def begun(**more):
        answer = await browser.http.get(f"{issuer}/authorize", params=browser.request(**more), allow_redirects=False)
        return "code=" in answer.headers.get("Location", ""), "login_required" in answer.headers.get("Location", "")

    first = await browser.sign_in()
    at = (await Identity(issuer, AUDIENCE).verify(first["access_token"])).signed_in_at
    times.ahead = timedelta(minutes=11)
    assert await begun(max_age="3600") == (True, False)
    assert await begun(max_age="600") == (False, False)
    assert await begun(max_age="600", prompt="none") == (False, True)
    assert await begun(max_age="soon") == (False, False)
    _, refreshed = await browser.refresh(first["refresh_token"])
    claims = jwt.decode(refreshed["access_token"], options={"verify_signature": False})
    assert claims["auth_time"] == at < claims["iat"]
    again = await browser.sign_in(prompt="login")
    assert jwt.decode(again["access_token"], options={"verify_signature": False})["auth_time"] >= at + 660


@pytest.mark.parametrize("sessions", [Sessions(kept=True, end=False)])
async def test_it_can_be_an_issuer_that_ends_no_session(browser, issuer, sessions):
    found = await (await browser.http.get(f"{issuer}/.well-known/openid-configuration")).json()
    assert "end_session_endpoint" not in found
    assert (await browser.http.get(f"{issuer}/logout")).status == 405


async def test_minted_tokens_are_as_good_as_given_ones(issuer, key_file):
    token = mint_token(key_file, issuer=issuer, audience=AUDIENCE, person=PEOPLE[2])
    assert (await Identity(issuer, AUDIENCE).verify(token)).email == "olga@example.com"
    expired = mint_token(key_file, issuer=issuer, audience=AUDIENCE, person=PEOPLE[2], lifetime=timedelta(hours=-1))
    with pytest.raises(Unauthenticated):
        await Identity(issuer, AUDIENCE).verify(expired)


def test_the_key_is_readable_by_its_owner_only(key_file):
    create_app("http://issuer.test", AUDIENCE, key_file)
    assert key_file.stat().st_mode & 0o777 == 0o600
