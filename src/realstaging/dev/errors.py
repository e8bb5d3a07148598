"""Why the embedded set did not come up. The message is the one sentence the developer reads."""

from __future__ import annotations

from realstaging.kit.errors import AppError


class CannotStart(AppError):
    """A part of the development set did not start."""

    code = "cannot_start"
