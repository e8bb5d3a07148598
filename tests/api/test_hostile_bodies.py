"""Bodies that are made to be dear to read, or to slip past what reads them."""

import time

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
def test_no_body_takes_longer_to_read_than_its_length_allows(begin, piece):
    """A text that never ends was looked through again from each of its quotes: 16 KB took 15 seconds, 256 KB an hour."""
    body = (begin + piece * (intake.SMALL // len(piece)))[: intake.SMALL]
    began = time.process_time()
    with pytest.raises(Exception) as refused:  # noqa: PT011 - which words it is refused in depends on the body
        intake.decode(body, Body)
    assert time.process_time() - began < 2, refused
    assert isinstance(refused.value, AppError) or refused.type.__name__ == "ValidationException"
