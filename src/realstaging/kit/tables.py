"""Tables for spreadsheets: CSV (RFC 4180) of which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

# Spreadsheets take a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection); some of them also where the
# sign is as wide as a Chinese or Japanese one, or where something stands before it that nobody sees.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cf"})
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
    first = next((letter for letter in text if unicodedata.category(letter) not in UNSEEN), "")
    return f"'{text}" if unicodedata.normalize("NFKC", first).startswith(FORMULA) else text
