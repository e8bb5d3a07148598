"""Bodies that are made to be dear to read, or to slip past what reads them."""

import pytest
from msgspec import Struct

from realstaging.api import intake
from realstaging.kit.errors import AppError


class Body(Struct):
    name: str = ""


@pytest.mark.parametrize(
    "piece",
    [rb"\"", rb"\\\"", b'"', b'""', b"\\", b'"\\', b'"[', b'"{', b"1.0", b"1.00,", b'"1.0', b'\\"1.0'],
)
@pytest.mark.parametrize("begin", [b"", b'"', b'{"name": 1.0, "', b'{"name":"'])
def test_no_body_is_looked_through_again_from_each_of_its_quotes(begin, piece):
    """One of texts that never end was: 16 KB took 15 seconds, 256 KB an hour. From a quote on a text is found, to the end if need be."""
    body = (begin + piece * (intake.SMALL // len(piece)))[: intake.SMALL]
    for pattern in (intake.TEXT, intake.TEXT_OR_WHOLE):
        assert b'"' not in pattern.sub(b"", body[:4096])
    with pytest.raises(Exception) as refused:
        intake.decode(body, Body)
    assert isinstance(refused.value, AppError) or refused.type.__name__ == "ValidationException"


async def test_moments_at_the_ends_of_the_calendar_are_refused(ada):
    """Of one zone they are none in another: the database's client could not write them, and the answer was 500."""
    made = await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/in"})
    for body in (
        {"since": "0001-01-01T00:00:00+14:00"},
        {"since": "2026-01-01T00:00:00Z", "until": "9999-12-31T23:59:59-12:00"},
    ):
        await ada.ask("POST", f"webhook-endpoints/{made['id']}/replay", 422, json=body)


async def test_an_address_with_a_line_break_is_no_second_address(service, ada):
    await ada.ask("POST", "invitations", 201, json={"email": "bob@example.com"})
    await ada.ask("POST", "invitations", 409, json={"email": "bob@example.com"})
    await ada.ask("POST", "invitations", 422, json={"email": "bob@example.com\n"})
    await ada.ask("PATCH", "me/profile", 422, json={"company": "Acme\n"})
    assert await service.platform.database.fetchval("select count(*) from letters where kind = 'invitation'") == 1


async def test_the_description_has_patterns_as_everybody_reads_them(ada):
    async with ada.session.get("/docs/openapi.json") as answer:
        described = await answer.text()
    assert "(?!" not in described
    assert "{0,61}[A-Za-z0-9])?)+$" in described
