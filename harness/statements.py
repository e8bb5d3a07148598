"""How many statements something sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from harness.service import Service


@contextmanager
def counted(built: Service) -> Iterator[list[str]]:
    """Every statement that the pool's connections send meanwhile."""
    sent: list[str] = []

    def note(record: Any) -> None:
        sent.append(record.query)

    connections = [holder._con for holder in built.platform.database._holders if holder._con]
    for connection in connections:
        connection.add_query_logger(note)
    try:
        yield sent
    finally:
        for connection in connections:
            connection.remove_query_logger(note)
