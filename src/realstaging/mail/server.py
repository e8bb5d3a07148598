"""Where mail is handed in: what `MAIL_URL` says. Pure."""

from __future__ import annotations

import re
from typing import Final, Literal
from urllib.parse import parse_qsl, unquote

import msgspec

from realstaging.kit import addresses

PORTS: Final = {"smtp": 587, "smtps": 465}
TLS: Final = ("starttls", "none")
# Header fields that a provider wants on every message (RFC 5322 §3.6.8), as SES its configuration set.
HEADER: Final = re.compile(r"(X-[A-Za-z0-9-]{1,60}):([\x21-\x7e][\x20-\x7e]{0,200})")
MOST_HEADERS: Final = 5


class MailServer(msgspec.Struct, frozen=True):
    """An SMTP server, and how it is spoken to. Its repr keeps the password to itself."""

    host: str
    port: int
    tls: Literal["implicit", "starttls", "none"]
    user: str = ""
    password: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port}, {self.tls})"


def mail_server(url: str) -> MailServer:
    """``smtp://user:password@host:587?tls=starttls`` or ``smtps://…``. ValueError, which repeats nothing, where it is neither."""
    parts = addresses.split(url)
    if parts is None or parts.scheme not in PORTS or parts.path not in {"", "/"} or parts.fragment:
        raise ValueError("must begin with smtp:// or smtps:// and name a host")
    given = parse_qsl(parts.query, keep_blank_values=True)
    if {name for name, _ in given} - {"tls", "header"}:
        raise ValueError("knows the parameters tls and header only")
    tls = dict(given).get("tls", "starttls")
    if tls not in TLS or (parts.scheme == "smtps" and "tls" in dict(given)):
        raise ValueError("takes tls=starttls or tls=none, and no tls with smtps://")
    headers = [HEADER.fullmatch(value) for name, value in given if name == "header"]
    if len(headers) > MOST_HEADERS or not all(headers):
        raise ValueError("takes a few header=X-Name:value, no other fields")
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        tls="implicit" if parts.scheme == "smtps" else "none" if tls == "none" else "starttls",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        headers=tuple((found[1], found[2]) for found in headers if found),
    )
