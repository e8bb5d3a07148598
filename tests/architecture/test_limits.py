"""docs/reference/limits.md names every limit: settings, caps, quotas, and constants that are named like bounds."""

import re
from pathlib import Path

import msgspec

from realstaging.runtime.quotas import Resource
from realstaging.runtime.unpaid import Caps
from realstaging.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/limits.md").read_text()
NO_LIMITS = {"port", "metrics_port"}
# Geometry of rooms and marks of the gate, which bound no caller; tools of the developer's.
NOT_THERE = (
    "engines/local/",
    "fidelity/",
    "sandbox/",
    "dev/",
    "cli/",
    "settings.py",
    "engines/catalog.py",
    "engines/brief.py",
)
CONSTANT = re.compile(
    r"^_?(?:MOST|MAX|LONGEST|LARGEST|DEEPEST|LEAST|PATIENCE|LIFE|LEASE|KEPT)\w*(?=: Final = [0-9(t])", re.MULTILINE
)


def test_every_setting_that_bounds_something_is_there():
    numbers = {name for name in Settings.__struct_fields__ if isinstance(getattr(Settings(), name), int | float)}
    bounding = numbers - NO_LIMITS | {name for name in Settings.__struct_fields__ if name.startswith("rate_limit_")}
    assert [name for name in sorted(bounding) if f"`{name.upper()}`" not in PAGE] == []


def test_money_and_quotas_are_there():
    assert len(msgspec.structs.fields(Caps)) == len(re.findall(r"^\|.*`UNPAID_\w+` \| 429", PAGE, re.MULTILINE))
    assert [one for one in Resource if f"| {one.replace('_', ' ')} |" not in PAGE] == []


def test_every_constant_that_is_named_like_a_bound_is_there():
    missing = []
    for path in sorted((ROOT / "src/realstaging").rglob("*.py")):
        where = path.relative_to(ROOT / "src/realstaging").as_posix()
        if not where.startswith(NOT_THERE):
            missing += [f"{where} {name}" for name in CONSTANT.findall(path.read_text()) if f"`{name}`" not in PAGE]
    assert missing == []
