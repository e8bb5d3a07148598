import json

import pytest
import structlog

from realstaging.runtime import logs


@pytest.fixture(autouse=True)
def as_before():
    yield
    structlog.reset_defaults()


def test_lines_are_json_and_keep_no_secret(capsys):
    logs.configure("info", as_json=True)
    structlog.get_logger().info(
        "seen",
        access_token="abc",
        Authorization="Bearer abc",
        url="postgresql://me:word@host/db",
        link="http://x/files/a?expires=1&signature=abc",
        plain="kept",
    )
    line = json.loads(capsys.readouterr().out)
    assert line["event"] == "seen"
    assert line["plain"] == "kept"
    assert line["level"] == "info"
    assert "abc" not in json.dumps(line)
    assert "word" not in json.dumps(line)


def test_the_level_is_kept(capsys):
    logs.configure("warning", as_json=True)
    structlog.get_logger().info("not this")
    structlog.get_logger().warning("but this")
    assert "not this" not in capsys.readouterr().out
