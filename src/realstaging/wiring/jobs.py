"""What workers do: jobs by their kind, and chores."""

from __future__ import annotations

from typing import Any, Final

from realstaging.domains.archives import jobs as archives_jobs
from realstaging.domains.archives import service as archives_service
from realstaging.domains.attempts import jobs as attempts_jobs
from realstaging.domains.audit import service as audit_service
from realstaging.domains.billing import free_grants as billing_free_grants
from realstaging.domains.billing import service as billing_service
from realstaging.domains.files import service as files_service
from realstaging.domains.invitations import service as invitations_service
from realstaging.domains.notifications import jobs as notifications_jobs
from realstaging.domains.notifications import service as notifications_service
from realstaging.domains.operations import figures
from realstaging.domains.payments import hooks as payments_hooks
from realstaging.domains.payments import jobs as payments_jobs
from realstaging.domains.payments import plans as payments_plans
from realstaging.domains.payments import reconciling as payments_reconciling
from realstaging.domains.photos import jobs as photos_jobs
from realstaging.domains.photos import originals as photos_originals
from realstaging.domains.photos import retention as photos_retention
from realstaging.domains.photos import uploads as photos_uploads
from realstaging.domains.privacy import erasures as privacy_erasures
from realstaging.domains.privacy import jobs as privacy_jobs
from realstaging.domains.privacy import service as privacy_service
from realstaging.domains.projects import service as projects_service
from realstaging.domains.sessions import jobs as sessions_jobs
from realstaging.domains.sessions import service as sessions_service
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.domains.staging import left_behind
from realstaging.domains.staging import retention as staging_retention
from realstaging.domains.upload_links import service as upload_links_service
from realstaging.domains.webhooks import jobs as webhooks_jobs
from realstaging.domains.webhooks import service as webhooks_service
from realstaging.runtime import retention
from realstaging.runtime.chores import Chore
from realstaging.runtime.jobs import Handler
from realstaging.wiring.account_data import ACCOUNT_DATA

HANDLERS: Final[dict[str, Handler[Any]]] = {
    **notifications_jobs.HANDLERS,
    **sessions_jobs.HANDLERS,
    **photos_jobs.HANDLERS,
    **staging_jobs.HANDLERS,
    **attempts_jobs.HANDLERS,
    **archives_jobs.HANDLERS,
    **payments_jobs.HANDLERS,
    **privacy_jobs.handlers(ACCOUNT_DATA),
    **webhooks_jobs.HANDLERS,
}
# What a worker does every so many seconds, besides the sweep of jobs.
CHORES: Final[list[Chore]] = [
    Chore("sweep_attempts", 5.0, attempts_jobs.sweep),
    Chore("remove_archives", 60.0, archives_service.remove_over),
    Chore("end_left_behind", 30.0, left_behind.end),
    Chore("free_files", 3600.0, photos_originals.free_files),
    Chore("free_quarantine", 3600.0, files_service.free_quarantine),
    Chore("free_uploads", 3600.0, photos_uploads.free_uploads),
    Chore("sweep_webhooks", 15.0, webhooks_service.sweep),
    Chore("forget_webhooks", 3600.0, webhooks_service.forget),
    Chore("look_after_letters", 60.0, notifications_service.look_after),
    Chore("remove_old_tests", 3600.0, photos_retention.remove_old_tests),
    Chore("forget_invitations", 3600.0, invitations_service.forget),
    Chore("forget_sessions", 3600.0, sessions_service.forget),
    Chore("end_old_photos", 3600.0, photos_retention.end_old),
    Chore("end_old_stagings", 3600.0, staging_retention.end_old),
    Chore("forget_deleted_stagings", 3600.0, staging_retention.forget_deleted),
    Chore("forget_deleted_photos", 3600.0, photos_retention.forget_deleted),
    Chore("forget_upload_links", 3600.0, upload_links_service.forget),
    Chore("forget_free_grants", 3600.0, billing_free_grants.forget),
    Chore("follow_payments", 60.0, payments_plans.follow_time),
    Chore("reconcile_payments", 3600.0, payments_reconciling.daily),
    Chore("forget_payments", 3600.0, payments_hooks.forget),
    Chore("forget_deleted_projects", 3600.0, projects_service.forget_deleted),
    Chore("remove_exports", 300.0, privacy_service.remove_over),
    Chore("go_on_erasing", 60.0, privacy_erasures.go_on),
    Chore("forget", 3600.0, retention.forget),
    Chore("lapse_credit", 900.0, billing_service.lapse),
    Chore("forget_audit", 3600.0, audit_service.forget),
    *figures.BY_WORKERS,
]
