from datetime import UTC, datetime
from uuid import UUID

import pytest

from realstaging.domains.files import rules
from realstaging.domains.files.rules import Owner

ID = UUID("01a21779-bfef-7347-a692-3bbef515acff")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "owner"),
    [
        (f"originals/{ID}/abc-1", Owner("originals", ID, f"originals/{ID}/abc-1")),
        (f"originals/{ID}/abc-1.thumb.webp", Owner("originals", ID, f"originals/{ID}/abc-1")),
        (f"results/{ID}/x/web.webp", Owner("results", ID, f"results/{ID}/x/web.webp")),
        (f"uploads/{ID}", Owner("uploads", ID, f"uploads/{ID}")),
        ("attempts/token/answer", Owner("attempts", None, "token")),
        ("originals/nobody/abc", None),
        ("results/1", None),
        ("elsewhere/1", None),
    ],
)
def test_whose_a_file_is(key, owner):
    assert rules.owner_of(key) == owner


@pytest.mark.parametrize(
    ("day", "over"),
    [("2026-11-26", False), ("2026-11-19", False), ("2026-11-18", True), ("2025-01-01", True), ("some-day", False)],
)
def test_quarantine_lasts_seven_whole_days(day, over):
    assert rules.quarantine_over(f"quarantine/{day}/results/x", NOON) is over


def test_whatever_is_kept_in_quarantine_is_looked_for():
    places = rules.quarantine_places("results/x", NOON)
    assert places[0] == "quarantine/2026-11-26/results/x"
    assert "quarantine/2026-11-19/results/x" in places
