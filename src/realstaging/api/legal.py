"""Legal pages, from Markdown that the operator edits, and security.txt: for everybody, without a script, a cookie or a sign-in."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from markdown_it import MarkdownIt

from realstaging.kit.clock import utc_now
from realstaging.runtime.rate_limits import Cost
from realstaging.settings import Settings

TEMPLATES: Final = Path(__file__).parent / "legal_pages"
PAGES: Final = {
    "terms": "Terms of service",
    "privacy": "Privacy",
    "acceptable-use": "Acceptable use",
    "processors": "Processors",
    "cookies": "Cookies",
}
LONGEST: Final = 500_000
"""Characters of a page: some hundred sheets of paper."""
EXPIRES: Final = timedelta(days=180)
"""RFC 9116 recommends less than a year; this one is written anew whenever it is asked for."""
WARNING: Final = "<p class=warning>This is a template that came with the software, for the operator's counsel to fill in. It binds nobody.</p>"
STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2621; --paper: #fbfaf6; --line: #d9d6cb; --link: #24543f; --warn: #fff3d0 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8e3; --paper: #161a18; --line: #3a413c; --link: #8fc7ab; --warn: #453a17 } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, sans-serif; overflow-wrap: break-word }
header, main, footer { max-width: 44rem; margin: 0 auto; padding: 1rem 1.25rem }
header a { font: 500 19px Georgia, serif; color: inherit; text-decoration: none }
h1 { font: 500 2rem/1.2 Georgia, serif } h2 { font: 500 1.3rem/1.3 Georgia, serif; margin-top: 2rem }
a { color: var(--link) } table { display: block; overflow-x: auto; border-collapse: collapse; font-size: 15px }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); min-width: 8rem }
footer { border-top: 1px solid var(--line); margin-top: 2rem; font-size: 15px } footer a { display: inline-block; padding: .4rem .9rem .4rem 0 }
.warning { background: var(--warn); padding: .75rem 1rem; border-radius: 8px }
"""


OPTIONS: Final[Any] = {"exclude_from_auth": True, "include_in_schema": False, "opt": {"cost": Cost.FILE}}


@get("/legal", **OPTIONS)
async def first_page() -> Redirect:
    """The terms."""
    return Redirect("/legal/terms")


@get("/legal/{page:str}", media_type=MediaType.HTML, **OPTIONS)
async def legal_page(page: FromPath[str], settings: NamedDependency[Settings]) -> Response[str]:
    """A page: the operator's own, else the template."""
    if page not in PAGES:
        raise NotFoundException(f"There is no such page. There are: {', '.join(PAGES)}.")
    own = Path(settings.legal_folder) if settings.legal_folder else None
    nonce = secrets.token_urlsafe(16)
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy}
    return Response(_page(page, own, nonce), media_type=MediaType.HTML, headers=headers)


@get("/.well-known/security.txt", media_type=MediaType.TEXT, **OPTIONS)
async def security(settings: NamedDependency[Settings]) -> str:
    """Whom to tell of a weakness."""
    if not settings.security_contact:
        raise NotFoundException("SECURITY_CONTACT is not set.")
    return security_text(settings.security_contact, settings.public_url, utc_now())


ROUTES: Final[list[Any]] = [first_page, legal_page, security]


def _page(page: str, own: Path | None, nonce: str) -> str:
    file = own / f"{page}.md" if own else None
    is_own = file is not None and file.is_file()
    text = (file if file and is_own else TEMPLATES / f"{page}.md").read_text("utf-8")[:LONGEST]
    links = "".join(f'<a href="/legal/{name}">{escape(title)}</a>' for name, title in PAGES.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(PAGES[page])} · Real Staging</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/icon.svg" type="image/svg+xml">'
        f'<style nonce="{nonce}">{STYLE}</style></head><body><header><a href="/">Real Staging</a></header>'
        f'<main>{"" if is_own else WARNING}{_html(text)}</main><footer><nav aria-label="Legal pages">{links}</nav></footer></body></html>'
    )


@cache
def _reader() -> MarkdownIt:
    """CommonMark with tables. HTML in a page is text: a page says things, and does nothing."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _html(text: str) -> str:
    # A table that is wider than a phone scrolls by itself, and by keys once it has the focus. Text cannot be taken for one: it is escaped.
    return str(_reader().render(text)).replace("<table>", '<table tabindex="0">')


def security_text(contact: str, public_url: str, now: datetime) -> str:
    """RFC 9116."""
    home = public_url.rstrip("/")
    lines = {
        "Contact": contact,
        "Expires": f"{now + EXPIRES:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages": "en",
        "Canonical": f"{home}/.well-known/security.txt",
        "Policy": f"{home}/legal/acceptable-use",
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
