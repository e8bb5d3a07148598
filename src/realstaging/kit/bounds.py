"""How long, how many, how large: the bounds of everything that is asked for, in one place.

Every text, number and list of a request is one of these or has its own ``msgspec.Meta``; `tests/architecture/test_bounds.py`
walks all routes and finds those that are not. What no type can say (depth, an endless number, the body as a whole) is refused by
`api.intake` before a type is looked at. A picture's own bounds are in `imaging` and `domains/photos/rules`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final, TypeVar

from msgspec import Meta, Struct

T = TypeVar("T")

MOST_AT_ONCE: Final = 50
"""Photos, uploads or stagings in one request: a whole listing."""
MOST_CHOSEN: Final = 500
"""Photos that are moved or deleted at once: a large listing, all of it."""
LONGEST_WORD: Final = 100
LONGEST_NAME: Final = 120
LONGEST_FILE_NAME: Final = 255
"""Bytes that file systems take; we count letters, which is never less strict for what people type."""
LONGEST_KEY: Final = 200
LONGEST_CURSOR: Final = 22
"""Sixteen bytes in base64 without padding."""
LONGEST_TOKEN: Final = 2048
"""A signed claim of ours has about 400 characters."""
LARGEST_SIZE: Final = 2**50
"""Bytes: far above what may be uploaded, so that a file too large is told as that, and far below what a column holds."""
LONGEST_VALUE: Final = 4000
MOST_ENTRIES: Final = 64
"""Names in an object whose names are not ours."""

END: Final = r"$(?!\n)"
"""Where a text ends. To Python's ``$`` it ends before a line break at its end as well; to everybody else's, who read our patterns in the
API's description (`api.description`), it does not.
"""
ID: Final = rf"^([0-9a-fA-F]{{8}}(-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}})?{END}"
"""A UUID in an address, or nothing: there an optional one would take the word null as well."""
LINE: Final = rf"^[^\x00-\x1f\x7f]*{END}"
"""Without control characters, which cannot be part of an address either (`api.intake` refuses them before a route is looked for)."""
TEXT: Final = r"^[^\x00]*$"
"""Anything but NUL, which PostgreSQL cannot keep."""

Word = Annotated[str, Meta(min_length=1, max_length=LONGEST_WORD, pattern=TEXT)]
"""A name out of a list of ours: an engine, a model, a media type."""
WordInAddress = Annotated[str, Meta(min_length=1, max_length=LONGEST_WORD, pattern=LINE)]
"""The same as a parameter of an address."""
Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
FileName = Annotated[str, Meta(min_length=1, max_length=LONGEST_FILE_NAME, pattern=TEXT)]
Digest = Annotated[str, Meta(min_length=64, max_length=64, pattern=f"^[0-9a-f]{{64}}{END}")]
"""SHA-256 in hex."""
Size = Annotated[int, Meta(ge=0, le=LARGEST_SIZE)]
"""Bytes."""
Seed = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Dollars = Annotated[str, Meta(min_length=1, max_length=14, pattern=rf"^[0-9]{{1,7}}(\.[0-9]{{1,6}})?{END}")]
"""US dollars as a decimal: under ten millions, to a millionth. Text, because a JSON number is a binary fraction."""
Cursor = Annotated[
    str, Meta(min_length=LONGEST_CURSOR, max_length=LONGEST_CURSOR, pattern=f"^[A-Za-z0-9_-]{{22}}{END}")
]
Moment = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=35,
        pattern=rf"^2[0-9]{{3}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ][0-9:.]{{5,15}}(Z|[+-][0-9:]{{4,6}})?)?{END}",
    ),
]
"""A day or a moment (RFC 3339), in this millennium."""
Metres = Annotated[float, Meta(ge=-1000, le=1000)]
Turn = Annotated[float, Meta(ge=-10, le=10)]
"""Radians; a little more than once around either way."""
Score = Annotated[float, Meta(ge=-1e6, le=1e6)]
Version = Annotated[int, Meta(ge=1, le=1000)]
Sentences = Annotated[tuple[Annotated[str, Meta(max_length=500, pattern=TEXT)], ...], Meta(max_length=16)]
Value = (
    Annotated[str, Meta(max_length=LONGEST_VALUE, pattern=TEXT)]
    | Annotated[int, Meta(ge=-(2**53), le=2**53)]
    | Annotated[float, Meta(ge=-1e300, le=1e300)]
    | bool
    | Annotated[list[Word], Meta(max_length=MOST_ENTRIES)]
    | None
)
"""What may be set under a name of another's choosing; that other's own schema says more."""
Values = Annotated[dict[Word, Value], Meta(max_length=MOST_ENTRIES)]
Chosen = Annotated[list[T], Meta(min_length=1, max_length=MOST_CHOSEN)]
Several = Annotated[list[T], Meta(min_length=1, max_length=MOST_AT_ONCE)]

FIRST_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST_MOMENT: Final = datetime(3000, 1, 1, tzinfo=UTC)


class Dated(Struct, frozen=True):
    """What is sent with moments in it: they are of this millennium, as `Moment` is. No type can say so, and at either end of the calendar
    a moment of one zone is none in another.
    """

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            sent = getattr(self, name)
            if isinstance(sent, datetime) and not FIRST_MOMENT <= sent < LAST_MOMENT:
                raise ValueError(f"`{name}` is no moment of this millennium, as 2026-11-26T08:00:00Z")
