"""The built web app on the same origin: files with hashes in their names for ever, index.html fresh each time."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import File, Redirect

from realstaging.runtime.rate_limits import Cost

ASSETS: Final = "assets/"
"""Where the build's files lie whose names have hashes."""
NONCE: Final = "__STYLE_NONCE__"
"""Stands in index.html where each answer has a nonce of its own."""
HELP_POLICY: Final = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""The help pages' scripts are files of ours (scripts/help_pages.py); only the theme's own attributes set widths and colours."""


def web_app(folder: Path, policy: Callable[[str], str]) -> Any:
    """A catch-all route: a file of the build where there is one, else the page that draws every address.

    ``policy`` gives the page's Content-Security-Policy by the nonce of its styles.
    """
    root = folder.resolve()

    @get(["/", "/{path:path}"], exclude_from_auth=True, include_in_schema=False, opt={"cost": Cost.FILE})
    async def serve(path: FromPath[str] = "") -> File | Response[str]:
        if path.lstrip("/").startswith(("api/", "health/", "files/")):
            raise NotFoundException("There is nothing here.")
        wanted = _within(root, path.lstrip("/"))
        if wanted is None and path.lstrip("/").startswith(ASSETS):
            # Of another release, while one follows the other: a cache that keeps what is below here must not be given the page for it.
            raise NotFoundException("There is no such file of the web app. Load the page again.")
        wanted = wanted or root / "index.html"
        if wanted.suffix == ".html":
            return _page(wanted, policy)
        hashed = path.lstrip("/").startswith(ASSETS)
        return File(
            wanted,
            media_type=mimetypes.guess_type(wanted.name)[0] or "application/octet-stream",
            content_disposition_type="inline",
            headers={"Cache-Control": "public, max-age=31536000, immutable" if hashed else "no-cache"},
        )

    return serve


def help_pages(folder: Path) -> Any:
    """The built help pages below /help: a page where a folder has one, else a file of the build."""
    root = folder.resolve()

    @get(["/help", "/help/{path:path}"], exclude_from_auth=True, include_in_schema=False, opt={"cost": Cost.FILE})
    async def serve_help(request: Request[Any, Any, Any], path: FromPath[str] = "") -> File | Redirect:
        asked = path.strip("/")
        file = _within(root, asked)
        if file is None:
            page = _within(root, f"{asked}/index.html".lstrip("/"))
            if page is None:
                raise NotFoundException("There is no such page of the help.")
            if not request.scope["raw_path"].partition(b"?")[0].endswith(b"/"):
                # Its links are told from where the page is: without the slash they would lead elsewhere.
                return Redirect(f"/help/{asked}/" if asked else "/help/")
            file = page
        return File(
            file,
            media_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            content_disposition_type="inline",
            headers={"Cache-Control": "no-cache", "Content-Security-Policy": HELP_POLICY},
        )

    return serve_help


@get("/docs/errors", exclude_from_auth=True, include_in_schema=False, opt={"cost": Cost.FILE})
async def error_reference() -> Redirect:
    """Where the `type` of a problem document leads: the error's place in the reference, which browsers keep."""
    return Redirect("/help/reference/errors/")


def _within(root: Path, path: str) -> Path | None:
    """The file of the build at a path; None where there is none, or where no file could have such a name."""
    try:
        wanted = (root / path).resolve()
        return wanted if wanted.is_relative_to(root) and wanted.is_file() else None
    except (OSError, ValueError):
        return None


def _page(file: Path, policy: Callable[[str], str]) -> Response[str]:
    nonce = secrets.token_urlsafe(16)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": policy(nonce)}
    return Response(file.read_text("utf-8").replace(NONCE, nonce), media_type=MediaType.HTML, headers=headers)
