"""What the production checklist looks at of mail: the server, and what the sender's domain publishes about itself."""

from __future__ import annotations

from typing import Final, Literal

import dns.asyncresolver
import dns.exception
import dns.resolver

from realstaging.doctor import examination as parts
from realstaging.doctor.examination import IllError
from realstaging.doctor.looks import Look

PATIENCE: Final = 5.0
"""Seconds for one question of DNS."""
HOW_TO: Final = "Publish what the mail provider shows for this domain (docs/how-to/mail.md)."
Found = Literal["there", "missing", "unknown"]


async def mail(look: Look) -> str:
    """The server as `examination.mail` sees it, then the domain's records as far as DNS can be asked."""
    told = await parts.mail(look.settings)
    outgoing = look.settings.outgoing
    assert outgoing is not None
    domain = outgoing.letterhead.sender.domain
    found = {
        "SPF": await _text(domain, "v=spf1", look.nameserver),
        "DKIM": await _any_below(f"_domainkey.{domain}", look.nameserver),
        "DMARC": await _dmarc(domain, look.nameserver),
    }
    missing = [name for name, state in found.items() if state == "missing"]
    if missing:
        raise IllError(f"{told}; {domain} has no {' and no '.join(missing)}", HOW_TO)
    if "unknown" in found.values():
        return f"{told}; DNS could not be asked for {domain}"
    return f"{told}; {domain} has SPF, DKIM and DMARC"


async def _dmarc(domain: str, nameserver: tuple[str, int] | None) -> Found:
    """Its own record, or that of a domain above it (RFC 7489 §6.6.3), which holds for it as well."""
    labels = domain.split(".")
    states = [
        await _text(f"_dmarc.{'.'.join(labels[place:])}", "v=DMARC1", nameserver) for place in range(len(labels) - 1)
    ]
    return "there" if "there" in states else "unknown" if "unknown" in states else "missing"


async def _text(name: str, begins: str, nameserver: tuple[str, int] | None) -> Found:
    try:
        answer = await _resolver(nameserver).resolve(name, "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return "missing"
    except (dns.exception.DNSException, OSError):
        return "unknown"
    texts = [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
    return "there" if any(text.lower().startswith(begins.lower()) for text in texts) else "missing"


async def _any_below(name: str, nameserver: tuple[str, int] | None) -> Found:
    """Whether there are names below one: which selectors a provider uses it alone knows, but without any the name is none (RFC 8020)."""
    try:
        await _resolver(nameserver).resolve(name, "TXT")
    except dns.resolver.NXDOMAIN:
        return "missing"
    except dns.resolver.NoAnswer:
        return "there"
    except (dns.exception.DNSException, OSError):
        return "unknown"
    return "there"


def _resolver(nameserver: tuple[str, int] | None) -> dns.asyncresolver.Resolver:
    """The machine's own, or one at an address."""
    resolver = dns.asyncresolver.Resolver(configure=nameserver is None)
    if nameserver:
        resolver.nameservers, resolver.port = [nameserver[0]], nameserver[1]
    resolver.lifetime = PATIENCE
    return resolver
