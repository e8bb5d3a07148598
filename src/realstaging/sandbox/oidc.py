"""An OpenID Connect issuer for development and tests, on the wire: the web app and the API reach it as they reach Auth0.

Authorization code with PKCE (RFC 7636, S256 only), refresh tokens with rotation (RFC 9700, §4.14: a refresh token used twice ends
its whole family, but for an overlap) and revocation (RFC 7009), discovery, JWKS, userinfo, sessions and RP-initiated logout, or none of
it; a Management API that ends sessions and deletes people (`oidc_management`). Anybody is let in: never for production.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from realstaging.kit import addresses
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import Unauthenticated
from realstaging.sandbox.oidc_issuer import Issuer, Refused, Sessions, SignIn
from realstaging.sandbox.oidc_management import management_routes
from realstaging.sandbox.oidc_page import CONTENT_SECURITY_POLICY, message_page, people_page
from realstaging.sandbox.oidc_tokens import HOUR, Person, SigningKey, mint_token

__all__ = ["PEOPLE", "Person", "Sessions", "create_app", "mint_token"]

PEOPLE: Final = (
    Person("sandbox|ada", "Ada Agent", "ada@example.com", "Agent"),
    Person("sandbox|paul", "Paul Photographer", "paul@example.com", "Photographer"),
    Person("sandbox|olga", "Olga Office", "olga@example.com", "Office"),
)


def _with_query(address: str, **parameters: str | None) -> str:
    query = urlencode({name: value for name, value in parameters.items() if value is not None})
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


COOKIE: Final = "sandbox_session"
ISSUER: Final = web.AppKey("issuer", Issuer)


def create_app(
    issuer_url: str,
    audience: str,
    key_file: Path,
    people: tuple[Person, ...] = PEOPLE,
    *,
    web_origin: str = "http://localhost:8000",
    client_id: str = "realstaging-web",
    lifetime: timedelta = HOUR,
    clock: Clock = utc_now,
    sessions: Sessions = Sessions(),  # noqa: B008 - frozen
) -> web.Application:
    """The issuer as an aiohttp application.

    ``issuer_url`` is where it is served; ``audience`` the API's identifier; ``key_file`` keeps the signing key; ``web_origin`` the
    only origin that is redirected to and that scripts may ask from (on loopback, with any port); ``lifetime`` that of access tokens;
    ``sessions`` whether browsers are known again, how that ends, and for how long a spent refresh token may be used once more.
    """
    app = web.Application(middlewares=[_share_with_web_app, _explain_refusals])
    app[ISSUER] = Issuer(
        url=issuer_url,
        audience=audience,
        client_id=client_id,
        web_origin=web_origin.rstrip("/"),
        people=tuple(people),
        key=SigningKey(key_file),
        clock=clock,
        lifetime=lifetime,
        sessions=sessions,
    )
    app.add_routes(management_routes(app[ISSUER]))
    app.add_routes(
        [
            web.get("/", _home),
            web.get("/.well-known/openid-configuration", _discovery),
            web.get("/.well-known/jwks.json", _jwks),
            web.get("/authorize", _choose),
            web.post("/authorize", _chosen),
            web.post("/token", _token),
            web.get("/userinfo", _userinfo),
            web.post("/revoke", _revoke),
            *([web.get("/logout", _logout)] if sessions.end else []),
            web.options("/{any:.*}", _preflight),
        ]
    )
    return app


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def _share_with_web_app(request: web.Request, handler: Handler) -> web.StreamResponse:
    """CORS for the one web origin."""
    answer = await handler(request)
    answer.headers["Vary"] = "Origin"
    asking = request.headers.get("Origin", "")
    if request.app[ISSUER].serves(asking):
        answer.headers["Access-Control-Allow-Origin"] = asking
        answer.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
        answer.headers["Access-Control-Allow-Methods"] = "GET, POST"
        answer.headers["Access-Control-Max-Age"] = "600"
    return answer


@web.middleware
async def _explain_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        if request.path == "/token":
            return _json({"error": refused.error, "error_description": refused.description}, status=400)
        return _page(message_page("This sign-in cannot go on", refused.description), status=400)


def _page(text: str, *, status: int = 200) -> web.Response:
    headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store"}
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _redirect(address: str) -> web.Response:
    """See Other: what was posted here is not posted there."""
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _json(content: dict[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response(content, status=status, headers={"Cache-Control": "no-store", **(headers or {})})


async def _home(request: web.Request) -> web.Response:
    return _page(message_page("The sandbox sign-in service", f"Open {request.app[ISSUER].web_origin} to sign in."))


async def _discovery(request: web.Request) -> web.Response:
    return _json(request.app[ISSUER].discovery())


async def _jwks(request: web.Request) -> web.Response:
    return _json({"keys": [request.app[ISSUER].key.public_jwk]})


async def _preflight(_request: web.Request) -> web.Response:
    return web.Response(status=204)


def _checked(request: web.Request) -> tuple[str, Refused | None]:
    """Where to answer, and what is wrong with the request if anything is."""
    issuer, asked = request.app[ISSUER], request.query
    redirect_uri = issuer.check_client(asked)
    try:
        issuer.check_request(asked)
    except Refused as refused:
        return redirect_uri, refused
    if asked.get("prompt") == "none" and _session(request) is None:
        return redirect_uri, Refused("login_required", "Nobody is signed in here.")
    return redirect_uri, None


def _back_with_refusal(request: web.Request, redirect_uri: str, refused: Refused) -> web.Response:
    answer = {"error": refused.error, "error_description": refused.description, "iss": request.app[ISSUER].url}
    return _redirect(_with_query(redirect_uri, **answer, state=request.query.get("state")))


async def _choose(request: web.Request) -> web.StreamResponse:
    redirect_uri, refused = _checked(request)
    if refused:
        return _back_with_refusal(request, redirect_uri, refused)
    if known := _session(request):
        return _back_with_code(request, known)
    return _page(people_page(request.app[ISSUER].people))


async def _chosen(request: web.Request) -> web.StreamResponse:
    redirect_uri, refused = _checked(request)
    if refused:
        return _back_with_refusal(request, redirect_uri, refused)
    issuer = request.app[ISSUER]
    person = issuer.person(await request.post())
    sign_in = SignIn(person, issuer.clock())
    answer = _back_with_code(request, sign_in)
    if issuer.sessions.kept:
        answer.set_cookie(COOKIE, issuer.begin_session(sign_in), httponly=True, samesite="Lax")
    return answer


def _back_with_code(request: web.Request, sign_in: SignIn) -> web.Response:
    issuer, asked = request.app[ISSUER], request.query
    code = issuer.give_code(sign_in, asked)
    return _redirect(_with_query(asked["redirect_uri"], code=code, state=asked.get("state"), iss=issuer.url))


def _session(request: web.Request) -> SignIn | None:
    """Who signed in before in this browser, lately enough for what is asked."""
    return request.app[ISSUER].known(request.cookies.get(COOKIE, ""), request.query)


async def _token(request: web.Request) -> web.Response:
    issuer, asked = request.app[ISSUER], await request.post()
    match asked.get("grant_type"):
        case "authorization_code":
            return _json(issuer.redeem_code(asked))
        case "refresh_token":
            return _json(issuer.redeem_refresh_token(asked))
        case _:
            raise Refused("unsupported_grant_type", "grant_type must be authorization_code or refresh_token.")


async def _userinfo(request: web.Request) -> web.Response:
    issuer = request.app[ISSUER]
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        claims = issuer.key.read(token, issuer=issuer.url, audience=issuer.audience, now=issuer.clock())
    except Unauthenticated:
        return _json(
            {"error": "invalid_token"}, status=401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}
        )
    told = {name: claims[f"{issuer.audience}/{name}"] for name in ("email", "email_verified", "name")}
    return _json({"sub": claims["sub"], **told})


async def _revoke(request: web.Request) -> web.Response:
    request.app[ISSUER].revoke(str((await request.post()).get("token")))
    return web.Response(status=200)


async def _logout(request: web.Request) -> web.StreamResponse:
    issuer, asked = request.app[ISSUER], request.query
    if "id_token_hint" in asked:
        issuer.check_id_token_hint(asked["id_token_hint"])
    issuer.signed_in.pop(request.cookies.get(COOKIE, ""), None)
    back = asked.get("post_logout_redirect_uri", "")
    if issuer.serves(addresses.origin(back)):
        answer = _redirect(_with_query(back, state=asked.get("state")))
    else:
        answer = _page(message_page("Signed out", "You can close this page."))
    answer.del_cookie(COOKIE)
    return answer
