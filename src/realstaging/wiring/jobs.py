"""What workers do: jobs by their kind, and chores."""

from __future__ import annotations

from typing import Any, Final

from realstaging.domains.archives import jobs as archives_jobs
from realstaging.domains.archives import service as archives_service
from realstaging.domains.attempts import jobs as attempts_jobs
from realstaging.domains.audit import service as audit_service
from realstaging.domains.files import service as files_service
from realstaging.domains.invitations import service as invitations_service
from realstaging.domains.notifications import jobs as notifications_jobs
from realstaging.domains.notifications import service as notifications_service
from realstaging.domains.photos import jobs as photos_jobs
from realstaging.domains.photos import service as photos_service
from realstaging.domains.sessions import service as sessions_service
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.domains.staging import left_behind
from realstaging.domains.webhooks import jobs as webhooks_jobs
from realstaging.domains.webhooks import service as webhooks_service
from realstaging.runtime import retention
from realstaging.runtime.chores import Chore
from realstaging.runtime.jobs import Handler

HANDLERS: Final[dict[str, Handler[Any]]] = {
    **notifications_jobs.HANDLERS,
    **photos_jobs.HANDLERS,
    **staging_jobs.HANDLERS,
    **attempts_jobs.HANDLERS,
    **archives_jobs.HANDLERS,
    **webhooks_jobs.HANDLERS,
}
# What a worker does every so many seconds, besides the sweep of jobs.
CHORES: Final[list[Chore]] = [
    Chore("sweep_attempts", 5.0, attempts_jobs.sweep),
    Chore("remove_archives", 60.0, archives_service.remove_over),
    Chore("end_left_behind", 30.0, left_behind.end),
    Chore("free_files", 3600.0, photos_service.free_files),
    Chore("free_quarantine", 3600.0, files_service.free_quarantine),
    Chore("free_uploads", 3600.0, photos_service.free_uploads),
    Chore("sweep_webhooks", 15.0, webhooks_service.sweep),
    Chore("forget_webhooks", 3600.0, webhooks_service.forget),
    Chore("look_after_letters", 60.0, notifications_service.look_after),
    Chore("remove_old_tests", 3600.0, photos_service.remove_old_tests),
    Chore("forget_invitations", 3600.0, invitations_service.forget),
    Chore("forget_sessions", 3600.0, sessions_service.forget),
    Chore("forget", 3600.0, retention.forget),
    Chore("forget_audit", 3600.0, audit_service.forget),
]
