"""Decisions about profiles: what a patch makes of one, and what is wrong with it. Pure."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from msgspec.structs import replace

from realstaging.domains.accounts.schemas import Address, Kept, Preferences
from realstaging.engines import catalog
from realstaging.imaging import mls_profiles
from realstaging.kit.errors import FieldError

PHONE: Final = re.compile(r"\+?[0-9(][0-9 ()./-]{3,28}[0-9)]")
"""As people write them; at least five and at most thirty characters."""
LANGUAGES: Final = {"en": "English"}
NEEDED: Final = ("line1", "city", "country")
"""Of an address, wherever it is."""


@cache
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2, as the time zone database lists them."""
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    return frozenset(line.partition("\t")[0] for line in table.splitlines() if line and not line.startswith("#"))


@cache
def time_zones() -> frozenset[str]:
    """Names of the time zone database (IANA)."""
    return frozenset(zoneinfo.available_timezones())


def merged(target: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON merge patch applied (RFC 7396 §2): what is null is taken out, objects are merged, all else takes the place."""
    result = dict(target)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, Mapping):
            before = result.get(name)
            result[name] = merged(before if isinstance(before, Mapping) else {}, value)
        else:
            result[name] = value
    return result


def without_nothing(kept: Kept) -> Kept:
    """An address with nothing in it is none."""
    return replace(kept, billing_address=None) if kept.billing_address == Address() else kept


def matches(if_match: str | None, version: int) -> bool:
    """Whether what is kept is what a client has (RFC 9110 §13.1.1). A weak tag matches nothing."""
    if if_match is None or if_match.strip() == "*":
        return True
    return tag(version) in {one.strip() for one in if_match.split(",")}


def tag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def nameless(name: str | None) -> Iterator[FieldError]:
    if name is None:
        yield FieldError("A name cannot be taken away. Send another one, or leave it out.", "name")


def wrong(kept: Kept) -> Iterator[FieldError]:
    """Everything that no type can say."""
    if kept.phone is not None and not PHONE.fullmatch(kept.phone):
        yield FieldError("This is no telephone number. Write it as +49 30 123456.", "phone")
    if kept.billing_address is not None:
        yield from _wrong_address(kept.billing_address)
    yield from _wrong_preferences(kept.preferences)


def unknown_mls(patch: Mapping[str, Any]) -> Iterator[FieldError]:
    """Asked of what is changed alone: a profile that was preferred once and is there no more keeps nobody from changing anything else."""
    preferred = (patch.get("preferences") or {}).get("mls_profile")
    if preferred is not None and preferred not in mls_profiles.profiles():
        yield FieldError(
            f"There is no MLS profile of this name. There are: {', '.join(mls_profiles.profiles())}.",
            "preferences.mls_profile",
        )


def _wrong_address(address: Address) -> Iterator[FieldError]:
    for name in NEEDED:
        if not (getattr(address, name) or "").strip():
            yield FieldError(
                f"A billing address needs its {name}. Send it, or null for the whole address.",
                f"billing_address.{name}",
            )
    if address.country and address.country not in countries():
        yield FieldError(
            "This is no country. Send its code of two letters (ISO 3166-1), as US or DE.", "billing_address.country"
        )


def _wrong_preferences(preferences: Preferences) -> Iterator[FieldError]:
    if preferences.default_engine is not None and preferences.default_engine not in catalog.DECLARED:
        yield FieldError(
            f"There is no engine of this name. There are: {', '.join(sorted(catalog.DECLARED))}.",
            "preferences.default_engine",
        )
    if preferences.language not in LANGUAGES:
        yield FieldError("Only English (en) is offered so far.", "preferences.language")
    if preferences.time_zone not in time_zones():
        yield FieldError(
            "This is no time zone. Send its name in the IANA database, as America/New_York.", "preferences.time_zone"
        )
    if len(set(preferences.default_styles)) < len(preferences.default_styles):
        yield FieldError("A style is named twice. Name each once.", "preferences.default_styles")
