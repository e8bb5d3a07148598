"""Security headers on every answer, from one place: pages, data, files, streams, errors.

What an answer has set itself stays (a page's policy has a nonce, a picture may be kept for a year); everything else gets the
strictest there is. OWASP's cheat sheet on HTTP headers, ASVS 5 chapter 3.4.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from realstaging.kit import addresses
from realstaging.settings import Settings

NOTHING: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For what is no page."""
YEAR: Final = 31_536_000
REFERENCE_SCRIPT: Final = (
    'window.ui = SwaggerUIBundle({url: "/docs/openapi.json", dom_id: "#swagger-container", deepLinking: true, '
    "presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset]});"
)
"""Starts the viewer of the API reference; the policy knows it by its hash."""


def page_policy(issuer: str, storage: str) -> Callable[[str], str]:
    """The policy of the web app's pages, by the nonce of its styles: it names the only other origins it speaks to.

    Mantine writes style elements while it runs; they carry the nonce.
    """
    others = " ".join(sorted({addresses.origin(issuer), addresses.origin(storage)} - {""}))

    def policy(nonce: str) -> str:
        return (
            f"default-src 'self'; img-src 'self' blob: data: {others}; connect-src 'self' {others}; "
            f"style-src 'self' 'nonce-{nonce}'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
            f"form-action 'self' {addresses.origin(issuer)}"
        )

    return policy


def _reference_policy() -> str:
    digest = base64.b64encode(hashlib.sha256(REFERENCE_SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'self'; script-src 'self' 'sha256-{digest}'; img-src 'self' data:; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )


REFERENCE_POLICY: Final = _reference_policy()


def guards(settings: Settings) -> dict[bytes, bytes]:
    """What every answer has, whatever it is, where it does not say otherwise itself."""
    always = {
        b"content-security-policy": NOTHING.encode(),
        b"cache-control": b"no-store",
        b"x-content-type-options": b"nosniff",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"referrer-policy": b"no-referrer",
        b"x-frame-options": b"DENY",
    }
    if settings.production:
        always[b"strict-transport-security"] = f"max-age={YEAR}".encode()
    return always


def protected(settings: Settings) -> Callable[[ASGIApp], ASGIApp]:
    """Middleware."""
    always = guards(settings)

    def middleware(app: ASGIApp) -> ASGIApp:
        async def protecting(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP:
                await app(scope, receive, send)
                return
            reference = scope["path"].rstrip("/") == "/docs"
            wanted = {**always, b"content-security-policy": REFERENCE_POLICY.encode()} if reference else always

            async def guarded(message: Message) -> None:
                if message["type"] == "http.response.start":
                    own = [(name.lower(), value) for name, value in message["headers"]]
                    named = {name for name, _ in own}
                    message["headers"] = [*own, *(pair for pair in wanted.items() if pair[0] not in named)]
                await send(message)

            await app(scope, receive, guarded)

        return protecting

    return middleware
