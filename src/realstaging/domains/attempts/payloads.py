"""What jobs of attempts are about."""

from __future__ import annotations

import msgspec

from realstaging.runtime.work import Payload


class Notice(Payload, frozen=True, tag="attempts.notice"):
    """Write down what a webhook told."""

    notice_id: str


class Stop(Payload, frozen=True, tag="attempts.stop"):
    """End at the provider what nobody wants any more."""

    # Rows say "wish" until release 0.3: the release before writes and reads them too.
    request_key: str = msgspec.field(name="wish")


class Free(Payload, frozen=True, tag="attempts.free"):
    """Remove the pictures of ended attempts."""

    tokens: list[str]
