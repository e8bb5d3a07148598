"""docs/reference/roles.md: which role may do what, and what each route needs, read from the code that enforces it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litestar.routes import HTTPRoute

from realstaging.api import build
from realstaging.domains.accounts.rules import PERMISSIONS, Permission, Role
from realstaging.settings import Settings


def page() -> str:
    return "\n".join([*_head(), *_table(), *_routes()])


def _head() -> Iterator[str]:
    yield "# Roles and permissions\n"
    yield (
        "What a member of an account may do there ([how it works](../explanation/people-and-accounts.md)). Written from the code by `make fix`. Who "
        "is suspended, or whose account is, keeps `own` alone. `operate` is no role's: the setting `OPERATOR_SUBJECTS` names who has it.\n"
    )


def _table() -> Iterator[str]:
    yield f"| | {' | '.join(Role)} |\n|---|{'---|' * len(Role)}"
    for permission in Permission:
        if permission is not Permission.OPERATE:
            yield f"| `{permission}` | {' | '.join('yes' if permission in PERMISSIONS[role] else '' for role in Role)} |"
    yield ""


def _routes() -> Iterator[str]:
    yield "## What each route needs\n"
    yield "*Fresh*: of somebody who signed in within the last ten minutes; else 401 `sign_in_again`. So is whatever makes somebody an owner, or an owner something else, invites or suspends one, or lets one back.\n"
    yield "| permission | routes |\n|---|---|"
    needed: dict[str, list[str]] = {permission: [] for permission in Permission}
    for route in build(Settings(web_folder="")).routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if permission := handler.opt.get("needs"):
                    address = re.sub(":[a-z]+}", "}", route.path).removeprefix("/api/v1")
                    needed[permission].append(f"`{method} {address}`{' (fresh)' if handler.opt.get('fresh') else ''}")
    needed[Permission.READ].append("`GET /events`")
    for permission, routes in needed.items():
        if routes:
            yield f"| `{permission}` | {'<br>'.join(sorted(routes))} |"
    yield ""
