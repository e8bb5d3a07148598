"""The built web app on the same origin: files with hashes in their names for ever, index.html fresh each time."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any, Final

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import File

from realstaging.runtime.rate_limits import Cost

POLICY: Final = (
    "default-src 'self'; img-src 'self' blob: data: https: http:; connect-src 'self' https: http:; style-src 'self' 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self' https: http:"
)


def web_app(folder: Path) -> Any:
    """A catch-all route: a file of the build where there is one, else the page that draws every address."""
    root = folder.resolve()

    @get(["/", "/{path:path}"], exclude_from_auth=True, include_in_schema=False, opt={"cost": Cost.FILE})
    async def serve(path: FromPath[str] = "") -> File:
        wanted = (root / path.lstrip("/")).resolve()
        if path.lstrip("/").startswith(("api/", "health/", "files/")):
            raise NotFoundException("There is nothing here.")
        if not (wanted.is_relative_to(root) and wanted.is_file()):
            wanted = root / "index.html"
        hashed = "/assets/" in wanted.as_posix()
        return File(
            wanted,
            media_type=mimetypes.guess_type(wanted.name)[0] or "application/octet-stream",
            content_disposition_type="inline",
            headers={
                "Cache-Control": "public, max-age=31536000, immutable" if hashed else "no-cache",
                "Content-Security-Policy": POLICY,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "strict-origin-when-cross-origin",
            },
        )

    return serve
