"""Words as text and as HTML: one layout for every letter, with its styles in it, readable on a phone and in the dark."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from realstaging.domains.notifications.wording import Words

TEMPLATES: Final = Path(__file__).with_name("templates")


class Links(msgspec.Struct, frozen=True):
    """Whole addresses of ours."""

    home: str
    settings: str
    unsubscribe: str | None = None

    def to(self, path: str) -> str:
        return f"{self.home}{path}"


class Rendered(msgspec.Struct, frozen=True):
    text: str
    html: str


@cache
def _template(name: str) -> Template:
    # Sandboxed and immutable: what stands in a letter is never run, whatever a template is one day made to do with it.
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    return environment.get_template(name)


def rendered(words: Words, links: Links, cids: dict[str, str]) -> Rendered:
    """``cids``: the pictures that come with the letter, by their storage keys."""
    shown = [picture for picture in words.pictures if picture.key in cids]
    given = {"words": words, "links": links, "pictures": shown, "cids": cids}
    return Rendered(_template("letter.txt").render(given).strip() + "\n", _template("letter.html").render(given))


def page(title: str, message: str, *, button: str | None = None) -> str:
    """What the link at the end of a letter leads to: one sentence, and where there is something to do, one button."""
    return _template("page.html").render(title=title, message=message, button=button)
