"""A short sample of `make fuzz`: no crash, no hang, bounded memory."""

from tests.fuzz import pictures


async def test_mutated_pictures_are_pictures_or_refused():
    found, findings = await pictures.try_all(160, seed=7)
    assert findings == []
    assert 5 < found < 155, "some still are pictures, most are not"
