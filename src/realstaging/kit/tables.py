"""Tables for spreadsheets: CSV (RFC 4180) of which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

# Spreadsheets take a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# An amount below zero is no formula.
NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([cell(one) for one in row] for row in rows)
    return text.getvalue().encode()


def cell(text: str) -> str:
    """A text as a cell of a table: one that a spreadsheet would compute is set behind an apostrophe."""
    if NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
