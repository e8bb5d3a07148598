"""Mail, by the settings."""

from __future__ import annotations

from realstaging.mail.mail import Mail
from realstaging.mail.notices import Reader
from realstaging.mail.postmark import PostmarkReader
from realstaging.mail.resend import ResendReader
from realstaging.mail.ses import SesReader
from realstaging.settings import Settings


def of(settings: Settings) -> Mail:
    """What these settings allow; nothing of it connects to anything yet."""
    return Mail(settings.outgoing, readers(settings))


def readers(settings: Settings) -> dict[str, Reader]:
    """Of the providers whose secrets are set."""
    found: dict[str, Reader] = {}
    if settings.postmark_webhook_secret:
        found["postmark"] = PostmarkReader(settings.postmark_webhook_secret)
    if settings.resend_webhook_secret:
        found["resend"] = ResendReader(settings.resend_webhook_secret)
    if settings.ses_topic_arn:
        found["ses"] = SesReader(settings.ses_topic_arn)
    return found
