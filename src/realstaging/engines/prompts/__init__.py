"""What a generative model is told: by room, style and operation, from the versioned ``library.toml``.

The parts always stand in the same order: what to do, the room's measures, a person's instructions, and last what must not change, so
that no instruction can take its place.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final
from unicodedata import category

import msgspec

from realstaging.engines.brief import RoomType, Style
from realstaging.kit.errors import InvalidInput

LONGEST_INSTRUCTIONS: Final = 500


class RoomSize(msgspec.Struct, frozen=True):
    """What the room reading measured, in metres: the free floor and the ceiling's height."""

    width: float
    depth: float
    height: float


class Prompt(msgspec.Struct, frozen=True):
    """The text, and the version of the library it was made from."""

    text: str
    version: str


@cache
def _library() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "library.toml").read_text("utf-8"))


def write(
    operation: str, room: RoomType, style: Style, *, size: RoomSize | None = None, instructions: str | None = None
) -> Prompt:
    """The prompt for one operation (``stage``, ``declutter`` or ``empty``). InvalidInput for instructions too long to be one."""
    library = _library()
    template = library["operations"].get(operation)
    if template is None:
        raise InvalidInput(f"There is no operation {operation}.")
    place, look = library["rooms"][room], library["styles"][style]
    name = style.replace("_", "-")
    words = {"room": place["name"], "style": name, "style_words": look["words"]}
    parts = [template.format(**words, **{part: place[part] for part in ("pieces", "clutter", "movable")})]
    if size and operation == "stage":
        parts.append(_measures(size))
    if told := _sentence(instructions or ""):
        parts.append(library["instructions"]["appended"].format(instructions=told))
    if operation == "stage":
        parts.append(library["preserve"]["clear"])
    parts.append(library["preserve"]["always"])
    return Prompt("\n\n".join(" ".join(part.split()) for part in parts), library["version"])


def _measures(size: RoomSize) -> str:
    text: str = _library()["room_size"]["measured"]
    # A sofa of three fifths of the wall leaves a lamp and a passage beside it.
    longest = min(3.0, max(1.2, 0.6 * size.width))
    return text.format(
        width=f"{size.width:.1f}", depth=f"{size.depth:.1f}", height=f"{size.height:.1f}", sofa=f"{longest:.1f}"
    )


def _sentence(instructions: str) -> str:
    """One line that ends like a sentence, however it was typed, without characters nobody sees. Empty for nothing."""
    plain = " ".join("".join(" " if category(char).startswith("C") else char for char in instructions).split())
    if len(plain) > LONGEST_INSTRUCTIONS:
        raise InvalidInput(f"Instructions may have at most {LONGEST_INSTRUCTIONS} characters.")
    return plain if not plain or plain.endswith((".", "!", "?")) else f"{plain}."
