"""MkDocs hook: scripts that the theme writes into its pages become files, so that the pages' policy allows no script of theirs."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from mkdocs.utils import get_relative_url

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FOLDER = "assets/inline"


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Each script of a page into a file named by what is in it."""

    def moved(found: re.Match[str]) -> str:
        name = f"{FOLDER}/{hashlib.sha256(found[1].encode()).hexdigest()[:16]}.js"
        file = Path(config.site_dir) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found[1])
        return f'<script src="{get_relative_url(name, page.url)}"></script>'

    return INLINE.sub(moved, output)
