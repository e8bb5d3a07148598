"""Why the embedded set did not come up. The message is the one sentence the developer reads."""

from __future__ import annotations

from pathlib import Path

from realstaging.kit.errors import AppError


class CannotStart(AppError):
    """A part of the development set did not start."""

    code = "cannot_start"


def out_of_reach(error: OSError, place: Path) -> CannotStart:
    """What to tell where a file in ``place`` cannot be used: where we may not, an earlier run was another user's."""
    hint = f" Start as the user who ran this before (root?), or have them remove {place} (`make clean`) to begin anew."
    allowed = not isinstance(error, PermissionError)
    return CannotStart(f"{error.filename or place} cannot be used: {error.strerror}.{'' if allowed else hint}")
