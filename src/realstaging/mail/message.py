"""A message as bytes (RFC 5322, MIME). Every header goes through the standard library's encoding, none is joined from strings. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Final

import msgspec

from realstaging.mail.addresses import Mailbox

LARGEST_HTML: Final = 100_000
"""Bytes: Gmail clips what is longer than 102 KB."""
LARGEST_MESSAGE: Final = 1_000_000


class _Wire(EmailPolicy):
    """Folds every header but those that are one long address: the standard library would encode it, and nobody could follow it."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == "List-Unsubscribe":
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


ON_THE_WIRE: Final = _Wire(linesep="\r\n")


class TooLargeToSend(ValueError):
    """The message is larger than any of ours should be."""


class Picture(msgspec.Struct, frozen=True):
    """A JPEG that comes with the message, named in its HTML as ``cid:…``."""

    cid: str
    data: bytes


class Envelope(msgspec.Struct, frozen=True):
    """What stands around the content."""

    message_id: str
    sent_at: datetime
    sender: Mailbox
    recipient: Mailbox
    reply_to: Mailbox | None = None
    unsubscribe: str | None = None
    """The address of one click (RFC 8058)."""
    headers: tuple[tuple[str, str], ...] = ()


class Content(msgspec.Struct, frozen=True):
    subject: str
    text: str
    html: str
    pictures: tuple[Picture, ...] = ()


def composed(envelope: Envelope, content: Content) -> bytes:
    """The message, in ASCII with CRLF, the same words as text and as HTML. TooLargeToSend where it is."""
    message = EmailMessage(ON_THE_WIRE)
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.sent_at)
    message["From"] = _written(envelope.sender)
    message["To"] = _written(envelope.recipient)
    if envelope.reply_to:
        message["Reply-To"] = _written(envelope.reply_to)
    message["Subject"] = _unencoded(content.subject)
    # RFC 3834 §5, and Exchange's own word for it: no answer by a machine.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if envelope.unsubscribe:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for name, value in envelope.headers:
        message[name] = value
    message.set_content(content.text, cte="quoted-printable")
    message.add_alternative(content.html, subtype="html", cte="quoted-printable")
    _add_pictures(message, content.pictures)
    written = message.as_bytes()
    _check_head(written, message.keys())
    if len(written) > LARGEST_MESSAGE or len(content.html.encode()) > LARGEST_HTML:
        raise TooLargeToSend
    return written


def _written(box: Mailbox) -> Address:
    local, _, domain = box.address.rpartition("@")
    return Address(_unencoded(box.name), local, domain)


def _unencoded(text: str) -> str:
    """A text in which nothing is an encoded word (RFC 2047) already: the standard library would decode it, line breaks and all."""
    return text.replace("=?", "= ?")


def _check_head(written: bytes, names: Sequence[str]) -> None:
    """A header that nobody has set would be somebody else's doing."""
    head = written.partition(b"\r\n\r\n")[0].split(b"\r\n")
    found = [line.partition(b":")[0].decode() for line in head if not line.startswith((b" ", b"\t"))]
    if found != list(names):
        raise ValueError("A header holds more than one.")


def _add_pictures(message: EmailMessage, pictures: tuple[Picture, ...]) -> None:
    *_, html = message.iter_parts()
    assert isinstance(html, EmailMessage)
    for number, picture in enumerate(pictures, 1):
        html.add_related(
            picture.data,
            "image",
            "jpeg",
            cid=f"<{picture.cid}>",
            disposition="inline",
            filename=f"picture-{number}.jpg",
        )
