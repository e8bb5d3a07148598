"""What a worker does with sessions that were ended here."""

from __future__ import annotations

import structlog

from realstaging.domains.sessions.payloads import EndAtIssuer
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.sign_in_identities import NotAllowed

log = structlog.get_logger()


async def end_at_issuer(platform: Platform, job: Claim[EndAtIssuer]) -> None:
    """One by one; done again from the first where the issuer was away. Where it does not let us they are ended here alone."""
    for sid in job.payload.issuer_sessions:
        try:
            await platform.sign_in_identities.end_session(sid)
        except NotAllowed:
            log.warning("sessions.issuer_refuses", wanted="delete:sessions, and a plan that has it")
            return


HANDLERS = by_kind(Handler(EndAtIssuer, end_at_issuer))
