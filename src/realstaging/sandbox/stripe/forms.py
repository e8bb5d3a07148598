"""Bodies and queries as Stripe takes them: form-encoded, with brackets for what is nested (https://docs.stripe.com/api)."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qsl

STEP: Final = re.compile(r"\[([^\]]*)\]")


def parsed(text: str) -> dict[str, Any]:
    """``a[b][0][c]=1`` as {"a": {"b": [{"c": "1"}]}}; values stay text."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        head, _, rest = name.partition("[")
        steps = [head, *STEP.findall(f"[{rest}")] if rest else [head]
        _put(tree, steps, value)
    return {name: _listed(value) for name, value in tree.items()}


def _put(tree: dict[str, Any], steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        # `a[]` counts on.
        tree = tree.setdefault(step or str(len(tree)), {})
    tree[steps[-1] or str(len(tree))] = value


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    within = {name: _listed(one) for name, one in value.items()}
    if within and list(within) == [str(place) for place in range(len(within))]:
        return list(within.values())
    return within


def number(text: Any, default: int | None = None) -> int | None:
    return default if text in {None, ""} else int(text)


def truth(value: Any) -> bool:
    return value in {True, "true", "True"}
